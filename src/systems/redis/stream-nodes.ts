import { EMPTY_BYTES, integerBytes, textBytes } from './listpack.ts'

/** Redis's defaults: a block of a stream takes entries until one of these is reached, deleted ones included. */
const NODE_ENTRIES_MAX = 100
const NODE_BYTES_MAX = 4096

/** The blocks that a stream's entries stand in: trimming with `~` drops whole blocks only. */
export class StreamNodes {
  /** Entries that are left, by number of the node. */
  readonly #live = new Map<number, number>()
  #node = 0
  #entries = 0
  #bytes = 0
  /** Of the node's first entry: those with the same field names are stored without them. */
  #fields: readonly string[] = []
  #ms = 0
  #seq = 0

  /** The node that an entry added now stands in. `fields` are names and values by turns. */
  add(ms: number, seq: number, fields: readonly string[]): number {
    const bare = fields.reduce((sum, text) => sum + text.length, 0)
    if (!this.#live.has(this.#node) || this.#entries >= NODE_ENTRIES_MAX || this.#bytes + bare >= NODE_BYTES_MAX) this.#begin(ms, seq, fields)
    const same = fields.length === this.#fields.length && fields.every((text, n) => n % 2 === 1 || text === this.#fields[n])
    const count = fields.length / 2
    let bytes = integerBytes(same ? 2 : 0) + integerBytes(ms - this.#ms) + integerBytes(seq - this.#seq) + integerBytes(same ? count + 3 : 2 * count + 4)
    if (!same) bytes += integerBytes(count)
    fields.forEach((text, n) => {
      if (!same || n % 2 === 1) bytes += textBytes(text)
    })
    this.#bytes += bytes
    this.#entries += 1
    this.#live.set(this.#node, this.#live.get(this.#node)! + 1)
    return this.#node
  }

  removed(node: number): void {
    const left = this.#live.get(node)! - 1
    if (left === 0) this.#live.delete(node)
    else this.#live.set(node, left)
  }

  live(node: number): number {
    return this.#live.get(node) ?? 0
  }
  get count(): number {
    return this.#live.size
  }

  #begin(ms: number, seq: number, fields: readonly string[]): void {
    this.#node += 1
    this.#live.set(this.#node, 0)
    this.#entries = 0
    this.#ms = ms
    this.#seq = seq
    this.#fields = fields
    // The head of a node: entries, deleted, number of fields, their names, an end mark.
    this.#bytes = EMPTY_BYTES + integerBytes(1) + integerBytes(0) + integerBytes(fields.length / 2) + integerBytes(0)
    fields.forEach((text, n) => {
      if (n % 2 === 0) this.#bytes += textBytes(text)
    })
  }
}
