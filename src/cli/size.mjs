// What the page loads before it can be used: builds it, follows the static imports of its entry, and holds their gzipped size against a budget.
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { ensureInstalled } from './install.mjs'
import { root } from './tasks.mjs'

/** kB (1000 bytes) of JavaScript (adr 23 and 24). */
const BUDGET_KB = 160

export async function measure() {
  const { output } = await build({ root, logLevel: 'error', build: { write: false } })
  const chunks = new Map(output.filter(file => file.type === 'chunk').map(chunk => [chunk.fileName, chunk]))
  const first = new Set([...chunks.values()].filter(chunk => chunk.isEntry).map(chunk => chunk.fileName))
  // A set that grows while it is walked: what is added is walked, too.
  for (const name of first) for (const imported of chunks.get(name)?.imports ?? []) first.add(imported)
  const sizes = [...first].map(name => ({ name, kB: gzipSync(chunks.get(name).code, { level: 9 }).length / 1000 }))
  return { sizes, kB: sizes.reduce((sum, one) => sum + one.kB, 0) }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  ensureInstalled(root)
  const { sizes, kB } = await measure()
  for (const one of sizes) console.log(`${one.kB.toFixed(1).padStart(7)} kB  ${one.name}`)
  console.log(`${kB.toFixed(1).padStart(7)} kB  gzipped before the page can be used, charts and what else comes later not counted; budget ${BUDGET_KB} kB`)
  if (kB > BUDGET_KB) console.error(`${(kB - BUDGET_KB).toFixed(1)} kB over the budget: load what isn't needed at first with import(), see src/adr/0023-first-load.md`)
  process.exitCode = kB > BUDGET_KB ? 1 : 0
}
