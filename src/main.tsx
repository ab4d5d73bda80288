import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { families, refusals } from 'virtual:kinds'
import type { App } from './app/app.ts'
import { ACTIONS } from './app/actions.ts'
import { ARRANGE_ACTIONS } from './app/arrange-actions.ts'
import { setApp } from './app/current.ts'
import { createApp } from './app/create-app.ts'
import { appEntries } from './app/entries.ts'
import { FAULT_ACTIONS } from './app/fault-actions.ts'
import { PRESENT_ACTIONS } from './app/present.ts'
import { readQuery } from './app/query.ts'
import { keptDocument, type FirstDocument } from './app/first-document.ts'
import { fixEntries } from './app/findings.ts'
import { freshId, openLibrary } from './app/library.ts'
import { SEVERAL_ACTIONS } from './app/select-several.ts'
import { installShortcuts } from './app/shortcuts.ts'
import { tabClaims } from './app/tab-claim.ts'
import { WATCH_ACTIONS } from './app/watch-actions.ts'
import { Canvas } from './canvas/Canvas.tsx'
import { CANVAS_ACTIONS } from './canvas/canvas-actions.ts'
import { canvasEntries } from './canvas/canvas-entries.ts'
import { Palette } from './canvas/Palette.tsx'
import { catalogueOf } from './contract/manifest.ts'
import { joinTexts } from './contract/manifest-texts.ts'
import type { LinkContent } from './formats/url/columns.ts'
import { manifest as notes } from './contract/notes.ts'
import { Inspector } from './inspector/Inspector.tsx'
import type { Starter } from './lessons/starter.ts'
import { Shell } from './panels/Shell.tsx'
import { SEQUENCE_ACTIONS } from './sequence/sequence-actions.ts'
import { StageLayer } from './stage/StageLayer.tsx'
import type { Topology } from './topology/document.ts'
import './ui/fonts.ts'
import './ui/tokens.css'
import './ui/base.css'

const starters = Object.values(import.meta.glob<{ starter: Starter }>('./lessons/*/topology.ts', { eager: true }))
  .map(module => module.starter)
  .sort((a, b) => a.order - b.order)

const query = readQuery(location.search)

const library = openLibrary()
const claims = tabClaims()

let whole: Promise<void> | undefined
/** Completes the manifests, once. */
function kindTexts(): Promise<void> {
  whole ??= import('virtual:kind-texts').then(({ texts }) => joinTexts(families, texts))
  return whole
}

/** A link wins, then a starter that the address names, then what this browser keeps, then the first starter. */
async function firstDocument(): Promise<FirstDocument & { readonly link?: LinkContent; readonly problem?: string }> {
  const opened = (topology: Topology): FirstDocument => ({ id: freshId(), edited: false, topology, past: [], future: [], copy: false })
  const linked = location.hash.startsWith('#t=') ? (await import('./formats/url/link.ts')).decodeLink(location.hash) : null
  if (linked?.ok) return { ...opened(linked.value.topology), link: linked.value }
  const named = starters.find(starter => starter.id === query.starter)
  const kept = query.starter === undefined ? await keptDocument(library, claims) : undefined
  const first = named || !kept ? opened((named ?? starters[0]!).topology) : kept
  return linked ? { ...first, problem: linked.problems[0]?.says ?? 'This link can’t be read.' } : first
}

/** Builds the app around what is shown first. No top-level await: what comes later could not share code with this module then. */
async function start(): Promise<void> {
  const first = await firstDocument()
  const app = createApp({
    catalogue: catalogueOf([...families, notes], refusals),
    texts: kindTexts,
    starters,
    first,
    library,
    claims,
    actions: [...PRESENT_ACTIONS, ...SEVERAL_ACTIONS, ...ACTIONS, ...FAULT_ACTIONS, ...ARRANGE_ACTIONS, ...WATCH_ACTIONS, ...CANVAS_ACTIONS, ...SEQUENCE_ACTIONS],
    entries: [canvasEntries, appEntries, fixEntries],
  })
  setApp(app)
  // For scripts and tests: the same commands and stores that the page uses.
  Object.assign(window, { relayground: app })

  if (first.link?.journal) app.commands.open(first.topology, { title: 'opening of a link', journal: first.link.journal, play: query.play })
  else if (query.play) app.commands.play()
  if (first.problem !== undefined) app.commands.notify('problem', first.problem)

  installShortcuts(app, window)
  followAddress(app)
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <Shell palette={<Palette />} canvas={<Canvas underlay={<StageLayer />} />} inspector={<Inspector />} />
    </StrictMode>,
  )
}

function followAddress(app: App): void {
  // Once edited, the page is no longer what its address says: a reload must come back to what was saved.
  app.document.subscribe((state, before) => {
    if (state.topology === before.topology || (location.hash === '' && query.starter === undefined)) return
    const parameters = new URLSearchParams(location.search)
    parameters.delete('starter')
    const rest = parameters.toString()
    history.replaceState(null, '', location.pathname + (rest === '' ? '' : `?${rest}`))
  })
  window.addEventListener('hashchange', () => {
    if (location.hash.startsWith('#t=')) void app.commands.openLink(location.hash)
  })
}

void start()
