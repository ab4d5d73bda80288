import { ContextMenu } from 'radix-ui'
import { createContext, useContext, useId, type ReactNode } from 'react'

/** Where menus are put in the page: beside the canvas, inside its landmark. */
export const MenuHome = createContext<HTMLElement | null>(null)

interface ItemProps {
  readonly icon: ReactNode
  readonly act: () => void
  readonly keys?: string
  readonly danger?: boolean
  /** One line more, for what its name can't say. */
  readonly says?: string
  readonly children: ReactNode
}

export function MenuItem({ icon, act, keys, danger = false, says, children }: ItemProps) {
  const id = useId()
  const described = says === undefined ? {} : { 'aria-labelledby': `${id}name`, 'aria-describedby': `${id}says` }
  return (
    <ContextMenu.Item className="cv-menu__item" data-danger={danger || undefined} onSelect={act} {...described}>
      <span className="cv-menu__icon">{icon}</span>
      <span className="cv-menu__text">
        <span id={`${id}name`}>{children}</span>
        {says !== undefined && (
          <small className="cv-menu__says" id={`${id}says`}>
            {says}
          </small>
        )}
      </span>
      {keys !== undefined && <kbd className="cv-menu__keys">{keys}</kbd>}
    </ContextMenu.Item>
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
