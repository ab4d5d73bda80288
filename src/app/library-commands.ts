import type { StoreApi } from 'zustand/vanilla'
import type { DocumentState, SessionState } from './app.ts'
import { storedOf, type Autosave } from './autosave.ts'
import type { Commands, KeptTopology } from './commands.ts'
import { freshId, type Library, type StoredTopology } from './library.ts'
import type { TabClaims } from './tab-claim.ts'

export interface LibraryContext {
  readonly library: Library
  readonly claims: TabClaims
  readonly autosave: Autosave
  readonly document: StoreApi<DocumentState>
  readonly session: StoreApi<SessionState>
  /** A new run of the document, playing when the last one was. */
  readonly reload: () => Promise<void>
  readonly notify: Commands['notify']
}

type LibraryCommands = Pick<Commands, 'keptTopologies' | 'openKept' | 'duplicateKept' | 'deleteKept'>

/** The topologies that this browser keeps. */
export function libraryCommands(context: LibraryContext): LibraryCommands {
  const { library, claims, autosave, document } = context
  const failed = (): void => void context.notify('problem', 'This browser keeps no topologies for this page: it denies storage, or is full. Save yours to a file.')
  return {
    keptTopologies: async () => {
      await autosave.flush()
      const [kept, taken] = await Promise.all([library.all(), claims.taken()]).catch((): [readonly StoredTopology[], ReadonlySet<string>] => [[], new Set()])
      const here = document.getState().id
      return kept.filter(one => one.edited || one.id === here).map(one => headOf(one, one.id === here ? 'here' : taken.has(one.id) ? 'elsewhere' : 'nowhere'))
    },
    openKept: async id => {
      if (id === document.getState().id) return
      await autosave.flush()
      const stored = await library.read(id).catch(() => undefined)
      if (!stored) return void context.notify('problem', 'This topology is gone: another tab has deleted it.')
      const own = await claims.claim(id)
      const shown = own ? stored : copyOf(stored)
      context.session.setState({ selection: { nodes: [], channels: [] } })
      document.setState({ id: shown.id, edited: true, topology: shown.topology, past: shown.past, future: shown.future })
      if (!own) tellOfCopy(context.notify, stored.topology.title)
      await context.reload()
    },
    duplicateKept: async id => {
      const stored = id === document.getState().id ? storedOf(document.getState()) : await library.read(id).catch(() => undefined)
      if (stored) await library.write(copyOf(stored)).catch(failed)
    },
    deleteKept: async id => {
      const stored = await library.read(id).catch(() => undefined)
      if (!stored) return
      await library.remove(id).catch(failed)
      context.notify('info', `“${stored.topology.title}” is deleted.`, { label: 'Undo', run: () => void library.write(stored).catch(failed) })
    },
  }
}

export function tellOfCopy(notify: Commands['notify'], title: string): void {
  notify('info', `“${title}” is open in another tab. This is a copy of it: what you change here stays here.`)
}

/** Named so that it can be told from its original. */
function copyOf(stored: StoredTopology): StoredTopology {
  return { ...stored, id: freshId(), edited: true, savedAt: Date.now(), topology: { ...stored.topology, title: `${stored.topology.title} copy` } }
}

function headOf({ id, savedAt, topology }: StoredTopology, open: KeptTopology['open']): KeptTopology {
  return { id, title: topology.title, savedAt, nodes: topology.nodes.length, channels: topology.channels.length, open }
}
