import type { Action } from '../app/action.ts'
import type { App } from '../app/app.ts'
import type { Step } from './walk.ts'

interface Family {
  readonly keys: string
  readonly title: string
}
const TIME_WALK = { keys: '↑ ↓', title: 'Walk the messages in time' }
const MESSAGE_WALK = { keys: '← →', title: 'Walk along one message' }
const ENDS = { keys: 'Home End', title: 'To the first or last message in sight' }
const WALKS: readonly (readonly [Step, string, Family])[] = [['next', 'ArrowDown', TIME_WALK], ['previous', 'ArrowUp', TIME_WALK], ['onward', 'ArrowRight', MESSAGE_WALK], ['back', 'ArrowLeft', MESSAGE_WALK], ['first', 'Home', ENDS], ['last', 'End', ENDS]]
const ZOOM = { keys: '+ −', title: 'Zoom the time' }
const PAN = { keys: 'PgUp PgDn', title: 'Earlier or later' }

/** One press of a key, one click of a button. */
const ZOOM_STEP = 1.6
const PAN_SHARE = 0.6

/** What it does comes with the view: nothing of it is needed before. */
const inView = (act: (acts: typeof import('./acts.ts'), app: App) => void): Action['run'] => app => void import('./acts.ts').then(acts => act(acts, app))
const inFile = (act: (files: typeof import('./export-files.ts'), app: App) => void): Action['run'] => app => void import('./export-files.ts').then(files => act(files, app))
const isOpen = (app: App): boolean => app.session.getState().pane === 'sequence'

/** What can be done in the sequence view. */
export const SEQUENCE_ACTIONS: readonly Action[] = [
  { id: 'sequence-order', title: 'Compare the orders that nodes saw', group: 'View', keys: [], words: ['sequence', 'swapped', 'mesh'], run: inView((acts, app) => acts.openAs(app, 'order')) },
  { id: 'sequence-time', title: 'Show messages in time', group: 'View', keys: [], words: ['sequence', 'lifelines'], run: inView((acts, app) => acts.openAs(app, 'time')) },
  { id: 'sequence-svg', title: 'Save the sequence as SVG', group: 'File', keys: [], words: ['export', 'picture', 'download'], enabled: isOpen, run: inFile((files, app) => files.saveSvg(app)) },
  { id: 'sequence-mermaid', title: 'Save the sequence as Mermaid', group: 'File', keys: [], words: ['export', 'sequenceDiagram', 'download'], enabled: isOpen, run: inFile((files, app) => files.saveMermaid(app)) },
  { id: 'sequence-copy', title: 'Copy the sequence as Mermaid', group: 'File', keys: [], words: ['export', 'sequenceDiagram', 'clipboard'], enabled: isOpen, run: inFile((files, app) => files.copyMermaid(app)) },
  ...WALKS.map(([step, key, family]): Action => ({ id: `sequence-${step}`, title: family.title, group: 'View', keys: [key], where: 'sequence', family, run: inView((acts, app) => acts.walk(app, step)) })),
  { id: 'sequence-message', title: 'Open the message', group: 'View', keys: ['Enter'], where: 'sequence', family: { keys: 'Enter', title: 'Open the message, and show where it crosses' }, run: inView((acts, app) => acts.openActive(app)) },
  { id: 'sequence-nearer', title: 'Zoom in', group: 'View', keys: ['+', '='], where: 'sequence', family: ZOOM, run: inView((acts, app) => acts.zoom(app, ZOOM_STEP)) },
  { id: 'sequence-farther', title: 'Zoom out', group: 'View', keys: ['-'], where: 'sequence', family: ZOOM, run: inView((acts, app) => acts.zoom(app, 1 / ZOOM_STEP)) },
  { id: 'sequence-earlier', title: 'Earlier', group: 'View', keys: ['PageUp'], where: 'sequence', family: PAN, run: inView((acts, app) => acts.pan(app, -PAN_SHARE)) },
  { id: 'sequence-later', title: 'Later', group: 'View', keys: ['PageDown'], where: 'sequence', family: PAN, run: inView((acts, app) => acts.pan(app, PAN_SHARE)) },
  { id: 'sequence-latest', title: 'Go along with the run', group: 'View', keys: ['0'], where: 'sequence', family: { keys: '0', title: 'Go along with the run, or stay' }, run: inView(acts => acts.toggleFollow()) },
  { id: 'sequence-leave', title: 'Close', group: 'View', keys: ['Escape'], where: 'sequence', family: { keys: 'Esc', title: 'Close the message, then the view' }, run: inView((acts, app) => acts.leave(app)) },
]
