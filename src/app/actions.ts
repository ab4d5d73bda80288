import type { App, Commands } from './app.ts'
import { SPEEDS } from './run-commands.ts'

/** One thing that can be done from a menu, a key, or the key map. */
export interface Action {
  readonly id: string
  readonly title: string
  readonly group: 'Run' | 'Edit' | 'Canvas' | 'File' | 'Help'
  /** As `KeyboardEvent.key`, with `Mod+`, `Shift+` in front; Mod is Ctrl, or Cmd on a Mac. */
  readonly keys: readonly string[]
  readonly run: (app: App) => void
  readonly enabled?: (app: App) => boolean
}

export const ACTIONS: readonly Action[] = [
  { id: 'toggle', title: 'Play or pause', group: 'Run', keys: [' '], run: ({ commands }) => commands.toggle() },
  { id: 'step', title: 'Step one event', group: 'Run', keys: ['.'], run: ({ commands }) => void commands.step() },
  { id: 'slower', title: 'Slower', group: 'Run', keys: ['['], run: app => changeSpeed(app, -1) },
  { id: 'faster', title: 'Faster', group: 'Run', keys: [']'], run: app => changeSpeed(app, 1) },
  { id: 'reset', title: 'Back to the start', group: 'Run', keys: ['Mod+Shift+Backspace'], run: ({ commands }) => void commands.reset() },
  { id: 'crash', title: 'Crash what is selected, or restart it', group: 'Run', keys: ['x'], run: app => faultSelected(app, 'crash'), enabled: hasNodes },
  { id: 'stop', title: 'Stop it in good order, or restart it', group: 'Run', keys: ['Shift+x'], run: app => faultSelected(app, 'stop'), enabled: hasNodes },
  { id: 'undo', title: 'Undo', group: 'Edit', keys: ['Mod+z'], run: ({ commands }) => commands.undo(), enabled: app => app.document.getState().past.length > 0 },
  { id: 'redo', title: 'Redo', group: 'Edit', keys: ['Mod+Shift+z', 'Mod+y'], run: ({ commands }) => commands.redo(), enabled: app => app.document.getState().future.length > 0 },
  { id: 'delete', title: 'Delete the selection', group: 'Edit', keys: ['Delete', 'Backspace'], run: withSelection((commands, selection) => commands.remove(selection)), enabled: hasSelection },
  { id: 'duplicate', title: 'Duplicate the selection', group: 'Edit', keys: ['Mod+d'], run: withSelection((commands, selection) => commands.duplicate(selection)), enabled: hasSelection },
  { id: 'select-all', title: 'Select everything', group: 'Edit', keys: ['Mod+a'], run: app => app.commands.select({ nodes: app.document.getState().topology.nodes.map(node => node.id), channels: [] }) },
  { id: 'close-message', title: 'Close the message', group: 'Canvas', keys: ['Escape'], run: ({ commands }) => commands.closeMessage(), enabled: app => app.session.getState().message !== null },
  { id: 'fit', title: 'Fit everything into view', group: 'Canvas', keys: ['f'], run: () => window.dispatchEvent(new Event('relayground:fit')) },
  { id: 'save', title: 'Save to a file', group: 'File', keys: ['Mod+s'], run: ({ commands }) => commands.saveFile() },
  { id: 'open', title: 'Open or import a file', group: 'File', keys: ['Mod+o'], run: ({ commands }) => commands.patchSession({ dialog: { dialog: 'import' } }) },
  { id: 'share', title: 'Share as a link', group: 'File', keys: ['Mod+Shift+s'], run: ({ commands }) => commands.patchSession({ dialog: { dialog: 'share' } }) },
  { id: 'keys', title: 'Show the keys', group: 'Help', keys: ['?'], run: ({ commands }) => commands.patchSession({ dialog: { dialog: 'keys' } }) },
]

/** Keys that the canvas handles while it has the focus; listed here for the key map. */
export const CANVAS_KEYS: readonly { readonly keys: string; readonly title: string }[] = [
  { keys: 'Arrows', title: 'Walk the topology along its channels' },
  { keys: 'Shift+Arrows', title: 'Move the selected node' },
  { keys: 'c', title: 'Connect from the selected node' },
  { keys: 'l', title: 'Step through the node’s channels' },
  { keys: 'Shift+F10', title: 'Open its menu' },
  { keys: 'Enter', title: 'Open the inspector' },
  { keys: 'F2', title: 'Rename' },
  { keys: 'Escape', title: 'Leave' },
]

function hasSelection(app: App): boolean {
  const { selection } = app.session.getState()
  return selection.nodes.length + selection.channels.length > 0
}

function hasNodes(app: App): boolean {
  return app.session.getState().selection.nodes.length > 0
}

/** What is down comes back; an application that is stopped is one that crashes. */
function faultSelected({ commands, figures, session }: App, how: 'crash' | 'stop'): void {
  const { nodes } = session.getState().selection
  const down = nodes.some(node => figures.node(node)?.state === 'down')
  for (const node of nodes) void commands.fault({ fault: down ? 'restart' : how, node })
}

function withSelection(act: (commands: Commands, selection: { nodes: readonly string[]; channels: readonly string[] }) => void): (app: App) => void {
  return app => act(app.commands, app.session.getState().selection)
}

function changeSpeed(app: App, by: 1 | -1): void {
  const now = SPEEDS.indexOf(app.run.getState().speed as (typeof SPEEDS)[number])
  const next = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (now < 0 ? 4 : now) + by))]!
  app.commands.setSpeed(next)
  app.commands.announce(next === 'max' ? 'As fast as possible' : `Speed ${next}×`)
}
