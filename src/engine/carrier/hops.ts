import { HOP_BYTES, HOP_CHANNEL, HOP_LOOK, HOP_MESSAGE, HOP_WAY } from '../../contract/hops.ts'
import type { Memory } from '../../kernel/memory.ts'
import type { HopTaker } from '../hop-sink.ts'

/** As many as a slice shows. */
const HOPS_MAX = 8192
const CELLS = HOP_BYTES / 8

/** Where the machine writes hops, until they are handed to whoever collects them. */
export class Hops {
  readonly #memory: Memory
  #at = 0

  constructor(memory: Memory) {
    this.#memory = memory
  }

  get address(): number {
    if (this.#at === 0) this.#at = this.#memory.reserve(HOPS_MAX * CELLS)
    return this.#at
  }

  hand(sink: HopTaker, count: number): void {
    const { f, i } = this.#memory
    for (let at = this.#at; at < this.#at + count * CELLS; at += CELLS) {
      const n = at * 2
      sink.push(i[n + HOP_CHANNEL]!, i[n + HOP_LOOK]!, f[at]!, f[at + 1]!, i[n + HOP_MESSAGE]!, i[n + HOP_WAY]!)
    }
  }
}
