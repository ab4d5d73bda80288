import type { Condition } from '../worker/api.ts'
import { hasSelection } from './actions.ts'
import type { Action } from './action.ts'
import type { App } from './app.ts'
import { isNarrow, tokenUnderPointer } from './view.ts'

/** What can be watched for, looked at and followed in a run. */
export const WATCH_ACTIONS: readonly Action[] = [
  { id: 'log', title: 'Show or hide the event log', group: 'View', keys: ['Alt+5'], where: 'fields', words: ['facts', 'trace', 'history', 'what happened', 'filter'], run: app => togglePane(app, 'log') },
  { id: 'breakpoints', title: 'Show or hide the breakpoints', group: 'View', keys: ['Alt+6'], where: 'fields', words: ['pause when', 'stop', 'debug', 'list'], run: app => togglePane(app, 'breakpoints') },
  { id: 'breakpoint', title: 'Pause at what is selected', group: 'Run', keys: ['b'], name: app => (isWatched(app) ? 'Don’t pause at what is selected' : 'Pause at what is selected'), detail: 'When anything happens there', words: ['breakpoint', 'stop', 'debug'], enabled: hasSelection, run: toggleAtSelection },
  { id: 'pause-when', title: 'Pause when …', group: 'Run', keys: ['Shift+b'], detail: 'A breakpoint on a message’s key, a queue’s depth, a loss, …', words: ['breakpoint', 'condition', 'stop', 'debug', 'dead letter', 'depth'], run: app => app.commands.patchSession({ dialog: { dialog: 'breakpoint', when: draftFor(app) } }) },
  { id: 'pause-at-loss', title: 'Pause at the next loss', group: 'Run', keys: [], detail: 'Once, wherever a message is lost', words: ['breakpoint', 'first loss', 'drop', 'discarded'], run: ({ commands }) => commands.addBreakpoint({ watch: 'fact', verb: 'discarded' }, { once: true }) },
  { id: 'pause-at-dead-letter', title: 'Pause at the next dead letter', group: 'Run', keys: [], detail: 'Once, wherever a message becomes one', words: ['breakpoint', 'dlq'], run: ({ commands }) => commands.addBreakpoint({ watch: 'fact', verb: 'dead-lettered' }, { once: true }) },
  { id: 'breakpoints-off', title: 'Turn all breakpoints off', group: 'Run', keys: [], words: ['disable', 'mute'], enabled: app => app.watching.getState().breakpoints.some(one => one.on), run: app => turnAll(app, false) },
  { id: 'breakpoints-on', title: 'Turn all breakpoints on', group: 'Run', keys: [], words: ['enable'], enabled: app => app.watching.getState().breakpoints.some(one => !one.on), run: app => turnAll(app, true) },
  { id: 'breakpoints-remove', title: 'Remove all breakpoints', group: 'Run', keys: [], words: ['delete', 'clear'], enabled: app => app.watching.getState().breakpoints.length > 0, run: ({ commands, watching }) => commands.removeBreakpoints(watching.getState().breakpoints.map(one => one.id)) },
  { id: 'follow', title: 'Follow the message', group: 'View', keys: ['Shift+f'], detail: 'The camera goes along with it', name: app => (tokenUnderPointer() === null ? `Follow ${app.session.getState().message?.identity ?? 'the message'}` : 'Follow the message under the pointer'), words: ['camera', 'track', 'token'], enabled: app => tokenUnderPointer() !== null || app.session.getState().message !== null, run: app => void follow(app) },
  { id: 'unfollow', title: 'Stop following the message', group: 'View', keys: ['Escape'], words: ['camera'], enabled: isFollowing, run: ({ commands }) => commands.follow(null) },
]

export function isFollowing({ watching }: App): boolean {
  return watching.getState().following !== null
}

/** The pane takes the place of the charts; on a narrow screen it is in their drawer. */
export function togglePane({ commands, session }: App, pane: 'log' | 'breakpoints'): void {
  const { pane: open, drawer } = session.getState()
  const narrow = isNarrow()
  const shown = open === pane && (!narrow || drawer === 'charts')
  commands.patchSession(shown ? { pane: 'none', drawer: 'none' } : { pane, chartsOpen: false, drawer: 'charts' })
  commands.announce(`${pane === 'log' ? 'Event log' : 'Breakpoints'}: ${shown ? 'closed' : 'open'}`)
}

/** Of every part that is selected: anything that happens there. */
function conditionsAtSelection({ session }: App): readonly Condition[] {
  const { nodes, channels } = session.getState().selection
  return [...nodes.map((node): Condition => ({ watch: 'fact', node })), ...channels.map((channel): Condition => ({ watch: 'packet', channel }))]
}

/** Whether a run pauses already at all that is selected. */
function isWatched(app: App): boolean {
  const wanted = conditionsAtSelection(app).map(when => JSON.stringify(when))
  const { breakpoints } = app.watching.getState()
  return wanted.every(text => breakpoints.some(one => one.on && JSON.stringify(one.when) === text))
}

function toggleAtSelection(app: App): void {
  const conditions = conditionsAtSelection(app)
  if (!isWatched(app)) return conditions.forEach(when => app.commands.addBreakpoint(when))
  const texts = conditions.map(when => JSON.stringify(when))
  app.commands.removeBreakpoints(app.watching.getState().breakpoints.filter(one => texts.includes(JSON.stringify(one.when))).map(one => one.id))
}

/** What the form begins with: the part that is selected, else a dead letter anywhere. */
function draftFor({ session }: App): Condition {
  const { nodes, channels } = session.getState().selection
  if (nodes[0] !== undefined) return { watch: 'fact', node: nodes[0] }
  return channels[0] === undefined ? { watch: 'fact', verb: 'dead-lettered' } : { watch: 'packet', channel: channels[0] }
}

function turnAll({ commands, watching }: App, on: boolean): void {
  for (const one of watching.getState().breakpoints) if (one.on !== on) commands.changeBreakpoint(one.id, { on })
  commands.announce(on ? 'All breakpoints are on' : 'All breakpoints are off')
}

/** What is under the pointer comes before what is open. */
async function follow({ commands, session }: App): Promise<void> {
  const token = tokenUnderPointer()
  const message = token === null ? session.getState().message : await commands.message(token)
  if (!message) return
  if (token !== null) commands.openMessage(message)
  commands.follow(message)
}
