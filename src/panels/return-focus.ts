import { app } from '../app/current.ts'
import { focusCanvas } from '../app/view.ts'
import { nobodyHasFocus } from '../ui/nobody-has-focus.ts'

/** Who had the keyboard before the dialog that is open. */
let before: HTMLElement | null = null

/** Remembers who had the keyboard when a dialog is asked for; its code may come later. Returns the way to stop. */
export function rememberFocus(): () => void {
  return app().session.subscribe(({ dialog }, { dialog: last }) => {
    if (last === null && dialog !== null) before = keeper(document.activeElement)
  })
}

/** When a dialog has gone: back to who had the keyboard, to the canvas where that has gone too; unless somebody has it by now. */
export function giveFocusBack(): void {
  if (!before || !nobodyHasFocus()) return
  before.focus({ preventScroll: true })
  if (nobodyHasFocus()) focusCanvas()
}

/** A menu goes when something in it is chosen: the button that opened it stays. */
function keeper(element: Element | null): HTMLElement | null {
  if (element === document.body || !(element instanceof HTMLElement)) return null
  const button = element.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return (button && document.getElementById(button)) || element
}
