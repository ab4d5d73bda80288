import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SessionState } from './app.ts'
import type { Query } from './query.ts'

const THEME_KEY = 'relayground.theme'

export function createSessionStore(query: Query): StoreApi<SessionState> {
  const store = createStore<SessionState>(() => ({
    selection: { nodes: [], channels: [] },
    several: false,
    view: 'canvas',
    theme: query.theme ?? storedTheme(),
    motion: query.motion ?? (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'reduced' : 'full'),
    message: null,
    inspectorTab: 'live',
    chartsOpen: window.innerHeight >= 700,
    pane: 'none',
    logQuery: '',
    drawer: 'none',
    dialog: null,
    connecting: null,
    notices: [],
    welcome: true,
    presenting: query.present ? { charts: false, inspector: false, spot: null } : null,
    viewport: { x: 0, y: 0, zoom: 1 },
  }))
  applyTheme(store.getState().theme)
  store.subscribe((state, before) => {
    if (state.selection !== before.selection && state.message !== null && state.message === before.message) store.setState({ message: null })
  })
  store.subscribe((state, before) => {
    // A presentation begins without the inspector: whoever asks for what it shows asks for it.
    const asked = (state.drawer === 'inspector' && before.drawer !== 'inspector') || (state.message !== null && state.message !== before.message)
    if (asked && state.presenting?.inspector === false) store.setState({ presenting: { ...state.presenting, inspector: true } })
  })
  store.subscribe((state, before) => {
    if (state.theme === before.theme) return
    applyTheme(state.theme)
    try {
      localStorage.setItem(THEME_KEY, state.theme)
    } catch {
      // Storage is denied in some frames: the theme lasts as long as the page.
    }
  })
  return store
}

function storedTheme(): SessionState['theme'] {
  try {
    const stored = localStorage.getItem(THEME_KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

function applyTheme(theme: SessionState['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
