import { ACTIONS, type Action } from './actions.ts'
import type { App } from './app.ts'

/** Listens for the keys of all actions, except while someone types or a dialog or menu is open. Returns the way to stop. */
export function installShortcuts(app: App, target: Window): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTyping(event)) return
    const action = ACTIONS.find(one => one.keys.some(keys => matches(keys, event)))
    if (!action || !(action.enabled?.(app) ?? true)) return
    event.preventDefault()
    action.run(app)
  }
  target.addEventListener('keydown', listener)
  return () => target.removeEventListener('keydown', listener)
}

/** "Ctrl+Z" as people read it. */
export function keyText(action: Action): string {
  const mac = /Mac|iP/.test(navigator.platform)
  return (action.keys[0] ?? '').replace('Mod', mac ? '⌘' : 'Ctrl').replace('+ ', '+Space').replace(/^ $/, 'Space')
}

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys === ' ' ? [' '] : keys.split('+')
  const key = parts.at(-1)!
  const mod = parts.includes('Mod')
  if (mod !== (event.ctrlKey || event.metaKey) || event.altKey) return false
  if (parts.includes('Shift') !== event.shiftKey && !(key.length === 1 && !/[a-z]/i.test(key))) return false
  return event.key.toLowerCase() === key.toLowerCase()
}

function isTyping(event: KeyboardEvent): boolean {
  const element = event.target instanceof HTMLElement ? event.target : null
  if (!element) return false
  if (element.isContentEditable || element.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]')) return true
  // Space and Enter press the button that has the focus.
  return (event.key === ' ' || event.key === 'Enter') && element.closest('button, a, [role="button"], [role="tab"], [role="switch"], summary') !== null
}
