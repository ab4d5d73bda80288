import { isEnabled, pressed } from './action.ts'
import type { App } from './app.ts'

/** Listens for the keys of all actions, except while someone types or a dialog, a menu or a list to choose from is open. Returns the way to stop. */
export function installShortcuts(app: App, target: Window): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return
    const typing = isTyping(event)
    const action = app.actions.find(one => one.where !== 'canvas' && one.where !== 'sequence' && !one.native && (!typing || one.where === 'everywhere') && pressed(one, event) && isEnabled(app, one))
    if (!action) return
    event.preventDefault()
    action.run(app)
  }
  target.addEventListener('keydown', listener)
  return () => target.removeEventListener('keydown', listener)
}

function isTyping(event: KeyboardEvent): boolean {
  const element = event.target instanceof HTMLElement ? event.target : null
  if (!element) return false
  if (element.isContentEditable || element.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]:not([data-page-keys])')) return true
  // Space and Enter press the button that has the focus.
  return (event.key === ' ' || event.key === 'Enter') && element.closest('button, a, [role="button"], [role="tab"], [role="switch"], summary') !== null
}
