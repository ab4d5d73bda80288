import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Topology } from '../topology/document.ts'
import type { Step } from './app.ts'

/** A topology as this browser keeps it: with what can be undone and done again. */
export interface StoredTopology {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly savedAt: number
  /** False while it is what it was opened as, unchanged: such a one is not kept when it is left. */
  readonly edited: boolean
  readonly topology: Topology
  readonly past: readonly Step[]
  readonly future: readonly Step[]
}

/** Topologies that this browser keeps. Every method may fail, with an Error, where storage is denied or full. */
export interface Library {
  all(): Promise<readonly StoredTopology[]>
  read(id: string): Promise<StoredTopology | undefined>
  write(stored: StoredTopology): Promise<void>
  remove(id: string): Promise<void>
}

interface Schema extends DBSchema {
  topologies: { key: string; value: StoredTopology }
}

/** Opened when it is first needed; a browser that denies storage says so at each use. */
export function openLibrary(name = 'relayground'): Library {
  let opening: Promise<IDBPDatabase<Schema>> | undefined
  const database = (): Promise<IDBPDatabase<Schema>> => {
    opening ??= openDB<Schema>(name, 1, {
      upgrade: db => void db.createObjectStore('topologies', { keyPath: 'id' }),
      // A newer version of the page in another tab wants to change the store: let it.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return opening
  }
  return {
    all: async () => {
      const stored = await (await database()).getAll('topologies')
      return stored.sort((a, b) => b.savedAt - a.savedAt)
    },
    read: async id => (await database()).get('topologies', id),
    write: async stored => void (await (await database()).put('topologies', stored)),
    remove: async id => (await database()).delete('topologies', id),
  }
}

export function freshId(): string {
  return crypto.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.trunc(Math.random() * 2 ** 40).toString(36)}`
}
