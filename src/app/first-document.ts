import { readRelayJson } from '../formats/json/relay-json.ts'
import type { Topology } from '../topology/document.ts'
import type { DocumentState } from './app.ts'
import { idOfTab, unsavedAtLeaving } from './autosave.ts'
import { freshId, type Library, type StoredTopology } from './library.ts'
import type { TabClaims } from './tab-claim.ts'

/** Where topologies were kept before there could be several. */
const OLD_KEY = 'relayground.topology'

export interface FirstDocument extends Pick<DocumentState, 'id' | 'edited' | 'topology' | 'past' | 'future'> {
  /** True when another tab has the original. */
  readonly copy: boolean
}

/** What this tab shows first when no link and no starter says: what it had, else what was changed last and no other tab has; else undefined. */
export async function keptDocument(library: Library, claims: TabClaims): Promise<FirstDocument | undefined> {
  const kept = await all(library)
  const own = kept.find(one => one.id === idOfTab())
  if (own) return (await claims.claim(own.id)) ? { ...own, copy: false } : { ...own, id: freshId(), edited: false, topology: { ...own.topology, title: `${own.topology.title} copy` }, copy: true }
  const taken = await claims.taken().catch(() => new Set<string>())
  const free = kept.filter(one => !taken.has(one.id))
  // What was only looked at, in tabs that are gone.
  for (const one of free) if (!one.edited) void library.remove(one.id).catch(() => undefined)
  for (const one of free) if (one.edited && (await claims.claim(one.id))) return { ...one, copy: false }
  const old = oldTopology()
  return old ? { id: freshId(), edited: true, topology: old, past: [], future: [], copy: false } : undefined
}

async function all(library: Library): Promise<readonly StoredTopology[]> {
  try {
    const kept = await library.all()
    const newer = unsavedAtLeaving().filter(one => (kept.find(stale => stale.id === one.id)?.savedAt ?? 0) < one.savedAt)
    for (const one of newer) await library.write(one)
    return [...newer, ...kept.filter(one => !newer.some(each => each.id === one.id))].sort((x, y) => y.savedAt - x.savedAt)
  } catch {
    return []
  }
}

function oldTopology(): Topology | null {
  try {
    const text = localStorage.getItem(OLD_KEY)
    localStorage.removeItem(OLD_KEY)
    const outcome = text === null ? null : readRelayJson(text)
    return outcome?.ok ? outcome.value.topology : null
  } catch {
    return null
  }
}
