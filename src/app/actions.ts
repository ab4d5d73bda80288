import type { Action } from './action.ts'
import type { App, Selection, SessionState } from './app.ts'
import { copySelection, cutSelection, pasteFromClipboard } from './clipboard.ts'
import type { Commands } from './commands.ts'
import { rabbitmqBrokers } from './rabbitmq-export.ts'
import { SPEEDS } from './run-commands.ts'
import { isNarrow, uncovered } from './view.ts'
import { emptyTopology } from '../topology/document.ts'

/** What can be done wherever the focus is. */
export const ACTIONS: readonly Action[] = [
  { id: 'palette', title: 'Find anything to do', group: 'Help', keys: ['Mod+k'], where: 'everywhere', words: ['command palette', 'search'], run: openDialog({ dialog: 'palette' }) },
  { id: 'find', title: 'Find a node', group: 'Canvas', keys: ['/', 'Mod+f'], words: ['search', 'go to'], run: openDialog({ dialog: 'palette', search: 'go to ' }) },
  { id: 'toggle', title: 'Play or pause', group: 'Run', keys: [' '], words: ['start', 'stop'], run: ({ commands }) => commands.toggle() },
  { id: 'step', title: 'Step one event', detail: 'To the next fact', group: 'Run', keys: ['.'], run: ({ commands }) => void commands.step('event') },
  { id: 'step-hop', title: 'Step one hop', detail: 'Until a message leaves for somewhere, or arrives', group: 'Run', keys: [','], words: ['packet', 'wire'], run: ({ commands }) => void commands.step('hop') },
  { id: 'step-message', title: 'Step one message', detail: 'Until nothing of a message is on its way any more', group: 'Run', keys: ['m'], words: ['done', 'settled', 'consumed'], run: ({ commands }) => void commands.step('message') },
  { id: 'slower', title: 'Slower', group: 'Run', keys: ['['], words: ['speed'], run: app => changeSpeed(app, -1) },
  { id: 'faster', title: 'Faster', group: 'Run', keys: [']'], words: ['speed'], run: app => changeSpeed(app, 1) },
  { id: 'reset', title: 'Back to the start', group: 'Run', keys: ['Mod+Shift+Backspace'], words: ['reset', 'restart', 'rewind'], run: ({ commands }) => void commands.reset().then(() => commands.announce('Back at the start')) },
  { id: 'undo', title: 'Undo', group: 'Edit', keys: ['Mod+z'], name: app => withTitle('Undo', app.document.getState().past.at(-1)?.title), enabled: app => app.document.getState().past.length > 0, run: ({ commands }) => commands.undo() },
  { id: 'redo', title: 'Redo', group: 'Edit', keys: ['Mod+Shift+z', 'Mod+y'], name: app => withTitle('Redo', app.document.getState().future.at(-1)?.title), enabled: app => app.document.getState().future.length > 0, run: ({ commands }) => commands.redo() },
  { id: 'cut', title: 'Cut', group: 'Edit', keys: ['Mod+x'], native: true, enabled: hasNodes, run: app => void cutSelection(app) },
  { id: 'copy', title: 'Copy', group: 'Edit', keys: ['Mod+c'], native: true, enabled: hasNodes, run: app => void copySelection(app) },
  { id: 'paste', title: 'Paste', group: 'Edit', keys: ['Mod+v'], native: true, run: app => void pasteFromClipboard(app) },
  { id: 'duplicate', title: 'Duplicate', group: 'Edit', keys: ['Mod+d'], words: ['copy'], enabled: hasNodes, run: withSelection((commands, selection) => commands.duplicate(selection)) },
  { id: 'delete', title: 'Delete', group: 'Edit', keys: ['Delete', 'Backspace'], words: ['remove'], enabled: hasSelection, run: withSelection((commands, selection) => commands.remove(selection)) },
  { id: 'select-all', title: 'Select everything', group: 'Edit', keys: ['Mod+a'], run: app => app.commands.select({ nodes: app.document.getState().topology.nodes.map(node => node.id), channels: [] }) },
  { id: 'close-message', title: 'Close the message', group: 'Canvas', keys: ['Escape'], enabled: app => app.session.getState().message !== null && app.watching.getState().following === null, run: ({ commands }) => commands.closeMessage() },
  { id: 'close-drawer', title: 'Close the panel over the canvas', group: 'View', keys: ['Escape'], enabled: isCovered, run: ({ commands }) => commands.patchSession({ drawer: 'none' }) },
  { id: 'new', title: 'Start blank', group: 'File', keys: [], words: ['new', 'empty'], run: ({ commands }) => commands.open(emptyTopology(), { title: 'blank start' }) },
  { id: 'library', title: 'Your topologies', group: 'File', keys: ['Mod+Shift+o'], words: ['open', 'library', 'recent', 'duplicate', 'delete'], run: openDialog({ dialog: 'library' }) },
  { id: 'save', title: 'Save to a file', group: 'File', keys: ['Mod+s'], where: 'everywhere', words: ['export', 'download'], run: ({ commands }) => commands.saveFile() },
  { id: 'open', title: 'Open or import a file', group: 'File', keys: ['Mod+o'], words: ['load', 'rabbitmq definitions'], run: openDialog({ dialog: 'import' }) },
  { id: 'definitions', title: 'Export RabbitMQ definitions', group: 'File', keys: [], words: ['download'], enabled: app => rabbitmqBrokers(app.document.getState().topology).length > 0, run: openDialog({ dialog: 'definitions' }) },
  { id: 'share', title: 'Share as a link', group: 'File', keys: ['Mod+Shift+s'], words: ['url', 'copy link'], run: openDialog({ dialog: 'share' }) },
  { id: 'view-canvas', title: 'Show the canvas', group: 'View', keys: ['Alt+1'], where: 'fields', words: ['picture', 'diagram'], run: showView('canvas') },
  { id: 'view-outline', title: 'Show the outline', group: 'View', keys: ['Alt+2'], where: 'fields', words: ['table', 'tree', 'list'], enabled: isNotPresented, run: showView('outline') },
  { id: 'view-text', title: 'Show the text', group: 'View', keys: ['Alt+3'], where: 'fields', words: ['json', 'source', 'code'], enabled: isNotPresented, run: showView('text') },
  { id: 'theme', title: 'Switch between light and dark', group: 'View', keys: [], words: ['theme', 'colours'], run: ({ commands }) => commands.setTheme(isDark() ? 'light' : 'dark') },
  { id: 'theme-system', title: 'Follow the theme of the system', group: 'View', keys: [], words: ['dark', 'light'], run: ({ commands }) => commands.setTheme('system') },
  { id: 'motion', title: 'Show less or full motion', group: 'View', keys: [], words: ['animation', 'reduced'], run: ({ commands, session }) => commands.patchSession({ motion: session.getState().motion === 'full' ? 'reduced' : 'full' }) },
  { id: 'charts', title: 'Show or hide the charts', group: 'View', keys: [], words: ['graph', 'throughput', 'latency'], run: toggleCharts },
  { id: 'sequence', title: 'Show or hide the sequence view', group: 'View', keys: ['Alt+4'], where: 'fields', words: ['sequence diagram', 'lifelines', 'messages in time', 'order', 'mermaid'], run: toggleSequence },
  { id: 'keys', title: 'Show the keys', group: 'Help', keys: ['?'], words: ['shortcuts', 'keyboard'], run: openDialog({ dialog: 'keys' }) },
]

export function hasSelection(app: App): boolean {
  const { selection } = app.session.getState()
  return selection.nodes.length + selection.channels.length > 0
}

export function hasNodes(app: App): boolean {
  return app.session.getState().selection.nodes.length > 0
}

/** On a narrow screen, by the palette or the inspector; a message there goes first. */
function isCovered(app: App): boolean {
  const { drawer, message } = app.session.getState()
  return (drawer === 'palette' || drawer === 'inspector') && message === null && isNarrow()
}

/** What is presented is the canvas: nothing else has a place there. */
function isNotPresented(app: App): boolean {
  return app.session.getState().presenting === null
}

/** Whether the page is dark now, by choice or as the system has it. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme']
  return chosen === undefined ? window.matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark'
}

function openDialog(dialog: Parameters<Commands['patchSession']>[0]['dialog'] & object): (app: App) => void {
  return ({ commands }) => commands.patchSession({ dialog })
}

function showView(view: SessionState['view']): (app: App) => void {
  return ({ commands, session }) => commands.patchSession({ view, ...uncovered(session.getState()) })
}

function withSelection(act: (commands: Commands, selection: Selection) => void): (app: App) => void {
  return app => act(app.commands, app.session.getState().selection)
}

function withTitle(verb: string, title: string | undefined): string {
  return title === undefined ? verb : `${verb} ${title}`
}

function toggleSequence({ commands, session }: App): void {
  const shown = session.getState().pane === 'sequence'
  commands.patchSession({ pane: shown ? 'none' : 'sequence', chartsOpen: false, drawer: 'none' })
  commands.announce(`Sequence view: ${shown ? 'closed' : 'open'}`)
}

function toggleCharts({ commands, session }: App): void {
  const { chartsOpen, drawer, pane } = session.getState()
  const inSight = !isNarrow() || drawer === 'charts'
  const shown = inSight && chartsOpen && pane === 'none'
  commands.patchSession({ chartsOpen: !shown, pane: 'none', drawer: shown ? 'none' : 'charts' })
  commands.announce(`Charts: ${shown ? 'closed' : 'open'}`)
}

export function speedText(speed: (typeof SPEEDS)[number]): string {
  return speed === 'max' ? 'As fast as possible' : `Speed ${speed}×`
}

function changeSpeed(app: App, by: 1 | -1): void {
  const now = SPEEDS.indexOf(app.run.getState().speed as (typeof SPEEDS)[number])
  const next = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, (now < 0 ? 4 : now) + by))]!
  app.commands.setSpeed(next)
  app.commands.announce(speedText(next))
}
