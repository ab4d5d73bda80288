import type { StoreApi } from 'zustand/vanilla'
import { readRelayJson, writeRelayJson } from '../formats/json/relay-json.ts'
import type { Topology } from '../topology/document.ts'
import type { DocumentState } from './app.ts'

const KEY = 'relayground.topology'
const DELAY_MS = 300

/** What was saved last time, or null: nothing there, storage denied, or unreadable. */
export function savedTopology(): Topology | null {
  try {
    const text = localStorage.getItem(KEY)
    if (text === null) return null
    const outcome = readRelayJson(text)
    return outcome.ok ? outcome.value.topology : null
  } catch {
    return null
  }
}

/** Saves the document a moment after each change, and at once when the page is left. */
export function installAutosave(store: StoreApi<DocumentState>): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  const save = (): void => {
    timer = null
    try {
      localStorage.setItem(KEY, writeRelayJson(store.getState().topology))
      store.setState({ saved: 'saved' })
    } catch {
      store.setState({ saved: 'failed' })
    }
  }
  store.subscribe((state, before) => {
    if (state.topology === before.topology) return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(save, DELAY_MS)
    if (state.saved !== 'saving') store.setState({ saved: 'saving' })
  })
  window.addEventListener('pagehide', () => {
    if (timer !== null) save()
  })
}
