import { ContextMenu } from 'radix-ui'
import { createContext, useContext, useId, type ReactNode } from 'react'
import { actionOf, isEnabled, keyText, nameOf } from '../app/action.ts'
import { app } from '../app/current.ts'

/** Where menus are put in the page: beside the canvas, inside its landmark. */
export const MenuHome = createContext<HTMLElement | null>(null)

interface ItemProps {
  readonly icon: ReactNode
  readonly act: () => void
  readonly keys?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  /** One line more, for what its name can't say. */
  readonly says?: string
  readonly children: ReactNode
}

export function MenuItem({ icon, act, keys = '', danger = false, disabled = false, says, children }: ItemProps) {
  const id = useId()
  const described = says === undefined ? {} : { 'aria-labelledby': `${id}name`, 'aria-describedby': `${id}says` }
  return (
    <ContextMenu.Item className="cv-menu__item" data-danger={danger || undefined} disabled={disabled} onSelect={act} {...described}>
      <span className="cv-menu__icon">{icon}</span>
      <span className="cv-menu__text">
        <span id={`${id}name`}>{children}</span>
        {says !== undefined && (
          <small className="cv-menu__says" id={`${id}says`}>
            {says}
          </small>
        )}
      </span>
      {keys !== '' && <kbd className="cv-menu__keys">{keys}</kbd>}
    </ContextMenu.Item>
  )
}

interface ActionProps {
  /** Id of the action; what it says and its keys come from it. */
  readonly id: string
  readonly icon: ReactNode
  readonly danger?: boolean
  /** Shown greyed rather than not at all while it can't be done. */
  readonly always?: boolean
  readonly act?: () => void
}

/** An action as a menu item. */
export function ActionItem({ id, icon, danger = false, always = false, act }: ActionProps) {
  const action = actionOf(app(), id)
  const enabled = isEnabled(app(), action)
  if (!enabled && !always) return null
  const says = action.says?.(app())
  return (
    <MenuItem icon={icon} {...(says === undefined ? {} : { says })} act={act ?? (() => action.run(app()))} keys={keyText(action)} danger={danger} disabled={!enabled}>
      {nameOf(app(), action)}
    </MenuItem>
  )
}

export function SubMenu({ icon, title, children }: { readonly icon: ReactNode; readonly title: string; readonly children: ReactNode }) {
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className="cv-menu__item">
        <span className="cv-menu__icon">{icon}</span>
        <span className="cv-menu__text">{title}</span>
        <span className="cv-menu__more" aria-hidden="true">
          ›
        </span>
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal container={useContext(MenuHome)}>
        <ContextMenu.SubContent className="cv-menu" collisionPadding={8} sideOffset={2}>
          {children}
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  )
}

export function MenuRule() {
  return <ContextMenu.Separator className="cv-menu__rule" />
}
