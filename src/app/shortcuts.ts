import { isEnabled, pressed, type Action } from './action.ts'
import type { App } from './app.ts'

/** Listens for the keys of all actions, except while someone types or a dialog, a menu or a list to choose from is open. Returns the way to stop. */
export function installShortcuts(app: App, target: Window): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    const busy = busyWith(event)
    const counts = ({ where, native }: Action): boolean => {
      if (native || where === 'canvas' || where === 'sequence') return false
      return busy === null || where === 'everywhere' || (where === 'fields' && busy === 'field' && !writesSign(event))
    }
    const action = app.actions.find(one => counts(one) && pressed(one, event) && isEnabled(app, one))
    if (!action) return
    event.preventDefault()
    action.run(app)
  }
  target.addEventListener('keydown', listener)
  return () => target.removeEventListener('keydown', listener)
}

/** What the key is meant for, rather than for the page. */
function busyWith(event: KeyboardEvent): 'field' | 'window' | 'button' | null {
  const element = event.target instanceof HTMLElement ? event.target : null
  if (!element) return null
  if (element.closest('[role="dialog"], [role="menu"], [role="listbox"]:not([data-page-keys])')) return 'window'
  if (element.isContentEditable || element.closest('input, textarea, select')) return 'field'
  // Space and Enter press the button that has the focus.
  const presses = event.key === ' ' || event.key === 'Enter'
  return presses && element.closest('button, a, [role="button"], [role="tab"], [role="switch"], summary') ? 'button' : null
}

/** On a Mac, Alt and a digit write a sign, such as the # of a Spanish keyboard. */
function writesSign({ altKey, key, code }: KeyboardEvent): boolean {
  return altKey && key.length === 1 && code !== `Digit${key}`
}
