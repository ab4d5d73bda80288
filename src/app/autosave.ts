import type { StoreApi } from 'zustand/vanilla'
import type { DocumentState } from './app.ts'
import { freshId, type Library, type StoredTopology } from './library.ts'
import { Overtaken } from './overtaken.ts'
import type { TabClaims } from './tab-claim.ts'

const TAB_KEY = 'relayground.tab'
/** One for each topology: tabs that are left together must not write over each other here either. */
const UNSAVED_PREFIX = 'relayground.unsaved/'
const DELAY_MS = 300
/** Steps that are kept with a topology; a session can undo more. */
const STEPS_KEPT = 100

export interface Autosave {
  /** Writes at once what is not written yet. */
  flush(): Promise<void>
}

/** Id of the topology that this tab had before it was loaded again. */
export function idOfTab(): string | null {
  try {
    return sessionStorage.getItem(TAB_KEY)
  } catch {
    return null
  }
}

/** What was not written any more when pages were left, each newer or not than what was. */
export function unsavedAtLeaving(): readonly StoredTopology[] {
  try {
    const keys = Object.keys(localStorage).filter(key => key.startsWith(UNSAVED_PREFIX))
    return keys.map(key => {
      const text = localStorage.getItem(key)!
      localStorage.removeItem(key)
      return JSON.parse(text) as StoredTopology // written by this page's pagehide below
    })
  } catch {
    return []
  }
}

/** Saves the document a moment after each change, under its id; a topology that is left unchanged is not kept. */
export function installAutosave(store: StoreApi<DocumentState>, { library, claims, onCopy }: { readonly library: Library; readonly claims: TabClaims; readonly onCopy: (title: string) => void }): Autosave {
  let timer: ReturnType<typeof setTimeout> | null = null
  let writing: Promise<void> = Promise.resolve()
  /** Topologies that another tab has: they are its to write. */
  const foreign = new Set<string>()
  const overtaken = new Overtaken(library)
  const save = async (): Promise<void> => {
    timer = null
    const { id } = store.getState()
    if (!(await claims.claim(id)) || (!claims.exclusive && (await overtaken.byAnother(id)))) {
      // An undo led back to a topology that another tab has meanwhile, or nothing kept another one from it.
      foreign.add(id)
      onCopy(store.getState().topology.title)
      store.setState({ id: freshId() })
      return
    }
    rememberTab(id)
    try {
      const stored = storedOf(store.getState())
      await library.write(stored)
      overtaken.wrote(stored.savedAt)
      if (timer === null) store.setState({ saved: 'saved' })
    } catch {
      store.setState({ saved: 'failed' })
    }
  }
  const soon = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      writing = save()
    }, DELAY_MS)
    if (store.getState().saved !== 'saving') store.setState({ saved: 'saving' })
  }
  store.subscribe((state, before) => {
    if (state.id !== before.id) overtaken.took()
    if (state.id !== before.id && !foreign.has(before.id)) void (before.edited ? library.write(storedOf(before)) : library.remove(before.id)).catch(() => undefined)
    if (state.topology !== before.topology || state.id !== before.id || state.past !== before.past) soon()
  })
  window.addEventListener('pagehide', () => {
    if (timer === null) return
    try {
      localStorage.setItem(UNSAVED_PREFIX + store.getState().id, JSON.stringify(storedOf(store.getState())))
    } catch {
      // Too big, or denied: the write below may still get through.
    }
    writing = save()
  })
  return {
    flush: async () => {
      if (timer !== null) {
        clearTimeout(timer)
        writing = save()
      }
      await writing
    },
  }
}

function rememberTab(id: string): void {
  try {
    sessionStorage.setItem(TAB_KEY, id)
  } catch {
    // Denied: a reload opens what was saved last.
  }
}

export function storedOf({ id, edited, topology, past, future }: DocumentState): StoredTopology {
  return { id, savedAt: Date.now(), edited, topology, past: past.slice(-STEPS_KEPT), future: future.slice(-STEPS_KEPT) }
}
