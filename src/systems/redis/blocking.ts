import type { Connection } from './connection.ts'
import type { EntryId } from './entry-id.ts'

export type Side = 'LEFT' | 'RIGHT'

/** What a blocked client waits for. */
export type Wait =
  | { readonly wait: 'pop'; readonly keys: readonly string[]; readonly from: Side }
  | { readonly wait: 'move'; readonly keys: readonly string[]; readonly to: string; readonly from: Side; readonly into: Side }
  | { readonly wait: 'read'; readonly keys: readonly string[]; readonly after: readonly EntryId[]; readonly count: number }
  | { readonly wait: 'read-group'; readonly keys: readonly string[]; readonly group: string; readonly consumer: string; readonly count: number; readonly noAck: boolean }

/** Who waits for which key, longest first, and which keys have something for them. */
export class BlockedClients {
  readonly #lines = new Map<string, Connection[]>()
  #ready: string[] = []
  count = 0

  block(connection: Connection, wait: Wait): void {
    connection.wait = wait
    this.count += 1
    for (const key of new Set(wait.keys)) {
      const line = this.#lines.get(key)
      if (line) line.push(connection)
      else this.#lines.set(key, [connection])
    }
  }

  release(connection: Connection): void {
    const { wait } = connection
    if (!wait) return
    connection.wait = null
    this.count -= 1
    for (const key of new Set(wait.keys)) {
      const line = this.#lines.get(key)!.filter(one => one !== connection)
      if (line.length > 0) this.#lines.set(key, line)
      else this.#lines.delete(key)
    }
  }

  /** What it waits for is called otherwise: it goes on waiting, at the end of that line. */
  rename(connection: Connection, before: string, after: string): void {
    const { wait } = connection
    if (!wait?.keys.includes(before)) return
    this.release(connection)
    const keys = wait.keys.map(key => (key === before ? after : key))
    this.block(connection, wait.wait === 'move' ? { ...wait, keys, to: wait.to.replaceAll(before, after) } : { ...wait, keys })
  }

  line(key: string): readonly Connection[] {
    return this.#lines.get(key) ?? []
  }

  /** Something happened to a key that somebody may be waiting for. Those who wait are served when the command (or the transaction) is over, keys in this order. */
  signal(key: string): void {
    if (this.#lines.has(key) && !this.#ready.includes(key)) this.#ready.push(key)
  }

  /** The keys signalled since the last call. */
  takeReady(): readonly string[] {
    if (this.#ready.length === 0) return NONE
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  clear(): void {
    this.#lines.clear()
    this.#ready = []
    this.count = 0
  }
}

const NONE: readonly string[] = []
