import { createStore } from 'zustand/vanilla'
import { ENDED_INSTANT, FIGURES_HEAD, type FiguresLayout } from '../contract/figures.ts'
import type { Catalogue } from '../contract/manifest.ts'
import type { Edit } from '../topology/edit.ts'
import type { Problem } from '../topology/problem.ts'
import { startSimulation } from '../worker/client.ts'
import type { Action } from './action.ts'
import type { App, GeometryState, RunState, Starter } from './app.ts'
import { arrangeCommands } from './arrange-commands.ts'
import { installAutosave } from './autosave.ts'
import type { Commands } from './commands.ts'
import { documentCommands } from './document-commands.ts'
import { createDocumentStore, pushOpening } from './document-store.ts'
import { PulledFigures } from './figures-feed.ts'
import { fileCommands } from './file-commands.ts'
import { createFindings } from './findings.ts'
import type { FirstDocument } from './first-document.ts'
import { freshId, type Library } from './library.ts'
import { libraryCommands, tellOfCopy } from './library-commands.ts'
import { messageCommands } from './message-commands.ts'
import { noticeCommands } from './notice-commands.ts'
import { readRabbitmqImport } from './rabbitmq-import.ts'
import { readQuery } from './query.ts'
import { runCommands } from './run-commands.ts'
import { sequenceCommands } from './sequence-commands.ts'
import { createSessionStore } from './session-store.ts'
import type { TabClaims } from './tab-claim.ts'
import { selectionOf, tellTroubles } from './troubles.ts'
import { createWatching } from './watching.ts'

const EMPTY_LAYOUT: FiguresLayout = { version: -1, length: FIGURES_HEAD, nodes: [], channels: [], ways: [] }
const ENDLESS = 'The run ended: a hundred million events happened in one instant, in a loop in which nothing takes time. Give one of its wires a latency, or its work a duration.'
const CLOCK_FULL = 'The run ended: its clock is full after 2^53 ns, 104 days of simulated time.'
const MARKS_MAX = 2000

/** Builds the page's App around a first topology; the simulation starts with it, paused. */
export function createApp(options: { readonly catalogue: Catalogue; readonly texts: App['texts']; readonly starters: readonly Starter[]; readonly first: FirstDocument; readonly library: Library; readonly claims: TabClaims; readonly actions: readonly Action[]; readonly entries: readonly ((app: App) => readonly Action[])[] }): App {
  const { catalogue, starters, library, claims } = options
  const document = createDocumentStore(options.first)
  const session = createSessionStore(readQuery(location.search))
  const run = createStore<RunState>(() => ({ status: 'loading', speed: 1, problems: [], troubles: [], marks: [], inputs: 0, layout: EMPTY_LAYOUT }))
  const geometry = createStore<GeometryState>(() => ({ curves: new Map(), boxes: new Map(), map: false, lifted: new Set(), colours: new Map() }))

  const { notify, announce, dismiss } = noticeCommands(session)
  const client = startSimulation(says => {
    run.setState({ status: 'failed' })
    notify('problem', says, { label: 'Reload', run: () => location.reload() })
  })
  const onTroubles = (troubles: readonly Problem[]): void => tellTroubles({ run, session, show: problem => commands.showProblem(problem) }, troubles)
  const figures = new PulledFigures(client.figures, {
    onMarks: marks => run.setState(state => ({ marks: [...state.marks, ...marks].slice(-MARKS_MAX) })),
    onLayout: layout => run.setState({ layout }),
    onHits: hits => watching.onHits(hits),
    onTroubles,
    onEnd: why => {
      if (run.getState().status === 'ended') return
      run.setState({ status: 'ended' })
      figures.setRunning(false)
      notify('problem', why === ENDED_INSTANT ? ENDLESS : CLOCK_FULL, { label: 'Start again', run: () => void running.reset() })
    },
  })

  const running = runCommands({ client, document, run, figures, announce, onMove: () => watching.onMove(), onTroubles, catalogue })
  const messages = messageCommands(session, running.nodeDetail)
  const watching = createWatching({ client, catalogue, document, session, notify, dismiss, announce, play: running.play, stopped: running.stopped, openMessage: messages.openMessage })
  const toRun = (edits: readonly Edit[]): void => void running.input({ input: 'edit', edits })
  const editing = documentCommands({ catalogue, document, session, toRun, reload: () => void running.reset(), notify, announce })
  const files = fileCommands({
    document,
    session,
    load: running.load,
    play: running.play,
    pushOpening: (title, edits) => pushOpening(document, title, edits, freshId()),
    edit: editing.edit,
    journal: running.journal,
    notify,
    announce,
    readRabbitmq: (text, name) => readRabbitmqImport(text, name, catalogue),
  })

  const autosave = installAutosave(document, { library, claims, onCopy: title => tellOfCopy(notify, title) })

  const commands: Commands = {
    ...editing,
    ...files,
    ...running,
    ...libraryCommands({ library, claims, autosave, document, session, reload: running.reset, notify }),
    ...arrangeCommands({ catalogue, document, session, edit: editing.edit, announce }),
    select: selection => session.setState({ selection }),
    ...messages,
    ...sequenceCommands(client),
    ...watching.commands,
    showProblem: ({ part }) => session.setState({ selection: selectionOf(document.getState().topology, part), drawer: 'inspector' }),
    setTheme: theme => session.setState({ theme }),
    patchSession: patch => session.setState(patch),
    notify,
    dismiss,
    announce,
  }
  void running.load(options.first.topology)
  if (options.first.copy) tellOfCopy(notify, options.first.topology.title.replace(/ copy$/, ''))
  const app: App = { catalogue, texts: options.texts, document, session, run, figures, geometry, watching: watching.store, findings: createFindings(catalogue, document), commands, starters, actions: options.actions, entries: () => options.entries.flatMap(source => source(app)) }
  return app
}
