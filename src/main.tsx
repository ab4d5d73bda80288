import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { setApp } from './app/current.ts'
import { createApp } from './app/create-app.ts'
import { readQuery } from './app/query.ts'
import { savedTopology } from './app/autosave.ts'
import { installShortcuts } from './app/shortcuts.ts'
import { Canvas } from './canvas/Canvas.tsx'
import { Palette } from './canvas/Palette.tsx'
import { catalogueOf, type ManifestModule } from './contract/manifest.ts'
import type { LinkContent } from './formats/url/columns.ts'
import { decodeLink } from './formats/url/link.ts'
import { Inspector } from './inspector/Inspector.tsx'
import type { Starter } from './lessons/starter.ts'
import { Shell } from './panels/Shell.tsx'
import { StageLayer } from './stage/StageLayer.tsx'
import type { Topology } from './topology/document.ts'
import './ui/fonts.ts'
import './ui/tokens.css'
import './ui/base.css'

const manifests = [
  ...Object.values(import.meta.glob<ManifestModule>('./systems/*/manifest.ts', { eager: true })),
  ...Object.values(import.meta.glob<ManifestModule>('./behaviours/*/manifest.ts', { eager: true })),
]
const starters = Object.values(import.meta.glob<{ starter: Starter }>('./lessons/*/topology.ts', { eager: true }))
  .map(module => module.starter)
  .sort((a, b) => a.order - b.order)

const query = readQuery(location.search)

/** A link wins, then a starter that the address names, then what was saved, then the first starter. */
function firstTopology(): { readonly topology: Topology; readonly problem?: string; readonly link?: LinkContent } {
  const outcome = location.hash.startsWith('#t=') ? decodeLink(location.hash) : null
  if (outcome?.ok) return { topology: outcome.value.topology, link: outcome.value }
  const topology = starters.find(starter => starter.id === query.starter)?.topology ?? (query.starter === undefined ? savedTopology() : null) ?? starters[0]!.topology
  return outcome ? { topology, problem: outcome.problems[0]?.says ?? 'This link can’t be read.' } : { topology }
}

const first = firstTopology()
const app = createApp({
  catalogue: catalogueOf(
    manifests.map(module => module.manifest),
    manifests.flatMap(module => module.refusals ?? []),
  ),
  starters,
  topology: first.topology,
})
setApp(app)
// For scripts and tests: the same commands and stores that the page uses.
Object.assign(window, { relayground: app })

if (first.link?.journal) app.commands.open(first.topology, { title: 'opening of a link', journal: first.link.journal, play: query.play })
else if (query.play) app.commands.play()
if (first.problem !== undefined) app.commands.notify('problem', first.problem)

installShortcuts(app, window)
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

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Shell palette={<Palette />} canvas={<Canvas underlay={<StageLayer />} />} inspector={<Inspector />} />
  </StrictMode>,
)
