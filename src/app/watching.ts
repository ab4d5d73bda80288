import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Catalogue } from '../contract/manifest.ts'
import type { Breakpoint, Condition, Hit, MessageAddress } from '../worker/api.ts'
import type { SimulationClient } from '../worker/client.ts'
import type { DocumentState, SessionState, WatchingState } from './app.ts'
import { keepBreakpoints, keptBreakpoints } from './breakpoint-store.ts'
import { conditionText } from './breakpoint-text.ts'
import type { Commands } from './commands.ts'
import { freshId } from './library.ts'

export interface WatchingContext {
  readonly client: SimulationClient
  readonly catalogue: Catalogue
  readonly document: StoreApi<DocumentState>
  readonly session: StoreApi<SessionState>
  readonly notify: Commands['notify']
  readonly dismiss: Commands['dismiss']
  readonly announce: Commands['announce']
  readonly play: () => void
  /** The run stands still now, by itself. */
  readonly stopped: () => void
  readonly openMessage: (message: MessageAddress) => void
}

type WatchingCommands = Pick<Commands, 'addBreakpoint' | 'changeBreakpoint' | 'removeBreakpoints' | 'log' | 'whereabouts' | 'follow'>

export interface Watching {
  readonly store: StoreApi<WatchingState>
  readonly commands: WatchingCommands
  /** The run has stopped at these. */
  readonly onHits: (hits: readonly Hit[]) => void
  /** It goes on from there. */
  readonly onMove: () => void
}

/** Breakpoints, what they stopped at, and the message that is followed: how somebody looks at a run. Nothing of it is in the document, nor undone with it. */
export function createWatching(context: WatchingContext): Watching {
  const { client, document, session } = context
  const store = createStore<WatchingState>(() => ({ breakpoints: keptBreakpoints(document.getState().id), stoppedAt: [], following: null }))
  const set = (breakpoints: readonly Breakpoint[]): void => store.setState({ breakpoints })
  void client.api.watch(store.getState().breakpoints)
  store.subscribe((state, before) => {
    if (state.breakpoints === before.breakpoints) return
    void client.api.watch(state.breakpoints)
    keepBreakpoints(document.getState().id, state.breakpoints)
  })
  document.subscribe((state, before) => {
    if (state.id === before.id) return
    // The same topology under another id is a copy of it: it keeps what was looked for.
    if (state.topology === before.topology) keepBreakpoints(state.id, store.getState().breakpoints)
    else store.setState({ breakpoints: keptBreakpoints(state.id), stoppedAt: [], following: null })
  })
  const text = (when: Condition): string => conditionText({ topology: document.getState().topology, catalogue: context.catalogue }, when)

  /** What says where the run stands. */
  let notice: number | null = null
  return {
    store,
    onHits: hits => {
      context.stopped()
      const { breakpoints } = store.getState()
      const spent = new Set(hits.map(hit => hit.breakpoint))
      store.setState({ stoppedAt: hits, breakpoints: breakpoints.map(one => (one.once && spent.has(one.id) ? { ...one, on: false } : one)) })
      const [first] = hits
      if (!first) return
      show(context, first)
      const hit = breakpoints.find(one => one.id === first.breakpoint)
      notice = context.notify('info', `Paused${hit ? `: ${text(hit.when)}` : ''}. ${first.says}`, { label: 'Continue', run: context.play })
    },
    onMove: () => {
      if (notice !== null) context.dismiss(notice)
      notice = null
      if (store.getState().stoppedAt.length > 0) store.setState({ stoppedAt: [] })
    },
    commands: {
      addBreakpoint: (when, { once = false } = {}) => {
        const { breakpoints } = store.getState()
        const same = breakpoints.find(one => JSON.stringify(one.when) === JSON.stringify(when))
        if (same) set(breakpoints.map(one => (one === same ? { ...one, on: true, once } : one)))
        else set([...breakpoints, { id: freshId(), on: true, once, when }])
        context.announce(`Will pause when ${text(when)}`)
      },
      changeBreakpoint: (id, changes) => set(store.getState().breakpoints.map(one => (one.id === id ? { ...one, ...changes } : one))),
      removeBreakpoints: ids => {
        const before = store.getState().breakpoints
        const left = before.filter(one => !ids.includes(one.id))
        if (left.length === before.length) return
        set(left)
        const gone = before.length - left.length
        context.notify('info', gone === 1 ? 'One breakpoint is removed.' : `${gone} breakpoints are removed.`, { label: 'Put back', run: () => set([...before, ...store.getState().breakpoints.filter(one => !before.some(other => other.id === one.id))]) })
      },
      log: async query => client.api.log(query),
      whereabouts: async ({ identity, handle }) => client.api.whereabouts(identity, handle),
      follow: message => {
        const { following } = store.getState()
        if (message === null && following === null) return
        store.setState({ following: message && { ...message, says: `Following ${message.identity}.` } })
        if (message) session.setState({ view: 'canvas', drawer: 'none' })
        context.announce(message ? `The camera follows ${message.identity}` : 'The camera stays where it is')
      },
    },
  }
}

/** Where it happened; and to which message. */
function show({ session, openMessage }: WatchingContext, { part, message }: Hit): void {
  if (part.id !== '') session.setState({ selection: part.part === 'node' ? { nodes: [part.id], channels: [] } : { nodes: [], channels: [part.id] } })
  if (message) openMessage(message)
}
