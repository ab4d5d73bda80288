import { Draw } from '../../../kernel/draw.ts'
import { EventList } from '../../../kernel/event-list.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, CELL_NOW, CELL_SCRATCH, Memory } from '../../../kernel/memory.ts'
import { randomStream } from '../../../kernel/random.ts'
import { UNIT_MS } from '../workload.ts'

/** A message's record: born, came to where it is, number; then integers from twice the address: the next one, attempts and flags, key and tenant. */
const RECORD = 5
export const BORN = 0
export const SINCE = 1
export const NUMBER = 2
export const NEXT = 6
export const FLAGS = 7
export const KEY = 8
const RECORDS_A_BLOCK = 512

/** What the kernel's workloads share: memory, events, and a table of messages. */
export class KernelRun {
  readonly memory = new Memory()
  readonly events = new EventList(this.memory)
  readonly #seed: number
  #free = 0
  fired = 0

  constructor(seed: number, sources: number) {
    this.#seed = seed
    for (let source = 0; source < sources; source += 1) this.events.setRank(source, source)
  }

  /** Exponential durations of this mean, in units. */
  exponential(name: string, mean: number): Draw {
    return new Draw(this.memory, randomStream(this.#seed, name, this.memory), { law: 'exponential', mean: mean * UNIT_MS })
  }

  /** Takes the next event: its signal is in `events`. */
  next(): number {
    const { events, memory } = this
    events.take()
    memory.f[CELL_NOW] = memory.f[CELL_EVENT_TIME]!
    this.fired += 1
    return events.signal
  }

  /** Schedules an event after the delay in CELL_SCRATCH. */
  schedule(source: number, signal: number, datum: number): void {
    const { f } = this.memory
    f[CELL_EVENT_TIME] = f[CELL_NOW]! + f[CELL_SCRATCH]!
    f[CELL_EVENT_COUNTER]! += 1
    this.events.add(source, 1, signal, datum)
  }

  /** A message that is born now. */
  create(): number {
    if (this.#free === 0) this.#more()
    const { f, i } = this.memory
    const message = this.#free
    this.#free = i[message * 2 + NEXT]!
    f[message + BORN] = f[CELL_NOW]!
    return message
  }

  release(message: number): void {
    this.memory.i[message * 2 + NEXT] = this.#free
    this.#free = message
  }

  #more(): void {
    const block = this.memory.reserve(RECORDS_A_BLOCK * RECORD)
    for (let n = RECORDS_A_BLOCK - 1; n >= 0; n -= 1) this.release(block + n * RECORD)
  }
}
