import type { App } from './app.ts'

/**
 * One thing that can be done. The same object feeds the command palette, the keys, the key map and the menus, so that they can't say different things.
 * Those of the whole app are in actions.ts; the canvas adds its own (canvas/canvas-actions.ts).
 */
export interface Action {
  readonly id: string
  readonly title: string
  /** As it is called where it stands: "Crash RabbitMQ"; the title where nothing is selected. */
  readonly name?: (app: App) => string
  /** One line more where it stands, for what its name can't say. */
  readonly says?: (app: App) => string | undefined
  /** A line about it, in the palette. */
  readonly detail?: string
  readonly group: ActionGroup
  /** As `KeyboardEvent.key`, with `Mod+`, `Alt+`, `Shift+` in front; Mod is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[]
  /** Other words that people look for. */
  readonly words?: readonly string[]
  /** 'canvas', 'sequence': its keys count while that has the focus. 'fields': while someone types, too, unless that is in a dialog or a menu. 'everywhere': there, too. */
  readonly where?: 'canvas' | 'sequence' | 'fields' | 'everywhere'
  /** The browser sends an event of its own for the keys, which somebody listens to. */
  readonly native?: true
  /** The line of the key map for several actions of one kind (walking with arrows); such actions are not in the palette. */
  readonly family?: { readonly keys: string; readonly title: string }
  readonly enabled?: (app: App) => boolean
  readonly run: (app: App) => void
}

export type ActionGroup = 'Run' | 'Edit' | 'Canvas' | 'Arrange' | 'Break' | 'View' | 'File' | 'Help' | 'Add a part' | 'Go to' | 'Open'

/** The action of this name. Throws when there is none: menus and bars name actions in code. */
export function actionOf(app: App, id: string): Action {
  const action = app.actions.find(one => one.id === id)
  if (!action) throw new Error(`no action "${id}"`)
  return action
}

export function isEnabled(app: App, action: Action): boolean {
  return action.enabled?.(app) ?? true
}

export function nameOf(app: App, action: Action): string {
  return action.name?.(app) ?? action.title
}

/** What the key map and the menus show: "Ctrl+Shift+Z". */
export function keyText(action: Action): string {
  return action.keys[0] === undefined ? '' : readableKeys(action.keys[0])
}

const READABLE: Readonly<Record<string, string>> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Delete: 'Del', Escape: 'Esc' }

function readableKeys(keys: string): string {
  const mac = /Mac|iP/.test(navigator.platform)
  const { modifiers, key } = partsOf(keys)
  const shown = READABLE[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  return [...modifiers.map(one => (one === 'Mod' ? (mac ? '⌘' : 'Ctrl') : one)), shown].join('+')
}

/** Whether a key press is one of an action's keys. */
export function pressed(action: Action, event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): boolean {
  return action.keys.some(keys => {
    const { modifiers, key } = partsOf(keys)
    if (modifiers.includes('Mod') !== (event.ctrlKey || event.metaKey) || modifiers.includes('Alt') !== event.altKey) return false
    // Whether a sign such as "?" needs Shift is the keyboard's business; that of letters and named keys is meant.
    const sign = key.length === 1 && !/[a-z]/i.test(key)
    if (!sign && modifiers.includes('Shift') !== event.shiftKey) return false
    // With Alt a Mac writes other letters: the key itself counts.
    if (modifiers.includes('Alt') && /^[a-z0-9]$/i.test(key)) return event.code === (/[0-9]/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`)
    return event.key.toLowerCase() === key.toLowerCase()
  })
}

function partsOf(keys: string): { readonly modifiers: readonly string[]; readonly key: string } {
  const parts = keys.split(/(?<=[a-z])\+/)
  return { modifiers: parts.slice(0, -1), key: parts.at(-1)! }
}
