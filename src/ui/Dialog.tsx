import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './Button.tsx'
import { stayInMenus } from './stay-in-menus.ts'

/** A modal dialog with a title and a way to close it. */
export function Dialog({ title, description, wide = false, onClose, children }: { readonly title: string; readonly description?: string; readonly wide?: boolean; readonly onClose: () => void; readonly children: ReactNode }) {
  return (
    <Radix.Root open onOpenChange={open => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="ui-overlay" />
        <Radix.Content className="ui-dialog" data-wide={wide || undefined} onOpenAutoFocus={focusContent} onInteractOutside={stayInMenus} {...(description === undefined ? { 'aria-describedby': undefined } : {})}>
          <Radix.Title asChild>
            <h2>{title}</h2>
          </Radix.Title>
          {description === undefined ? null : <Radix.Description className="ui-muted">{description}</Radix.Description>}
          {children}
          <div className="ui-dialog-close">
            <Radix.Close asChild>
              <IconButton name="Close">
                <X />
              </IconButton>
            </Radix.Close>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Where nothing is to be filled in, the dialog itself has the focus: its way out would show a tooltip at once. */
function focusContent(event: Event): void {
  const dialog = event.target instanceof HTMLElement ? event.target : null
  if (!dialog || dialog.querySelector('input, textarea, select, button:not(.ui-dialog-close *)')) return
  event.preventDefault()
  dialog.focus()
}
