import type { Draw } from '../../../../kernel/draw.ts'
import { DRAW_CELLS, DRAW_EXPONENTIAL, DRAW_KIND, DRAW_STREAM, F_DRAW_VALUE } from '../../../../machine/layout.ts'
import type { Host } from '../../../../machine/machine.ts'
import { Program } from '../../../../machine/program.ts'
import { addPage, carry, logOf } from '../../../../stats/histogram.ts'
import type { KernelRun } from '../kernel-run.ts'
import code from './assembly/index.ts?machine'

/** What assembly/index.ts exports. */
interface Exports {
  fired(): number
  beginStations(count: number, queueMax: number, gaps: number): void
  setStation(number: number, service: number, waits: number): void
  refusedShare(): number
  single(messages: number, budget: number): number
  series(messages: number, budget: number, whole: number): number
  fanOut(messages: number, budget: number): number
  beginQueue(histogram: number): void
  setProducer(number: number, gaps: number): void
  setConsumer(number: number, service: number, failures: number): void
  requeued(): number
  competing(messages: number, budget: number): number
  hold(turns: number, sources: number, delays: number, count: number): void
}

/** A stretch of events: the code is replaced by faster code between two, never inside one. */
export const STRETCH = 200_000
const program = new Program(code)

/** The workloads' code over the memory of a run. */
export class KernelCode {
  readonly steps: Exports
  readonly #run: KernelRun

  constructor(run: KernelRun) {
    this.#run = run
    const { memory, events } = run
    const host: Partial<Host> = {
      reserve: cells => memory.reserve(cells),
      moreEvents: () => events.moreEvents(),
      moreBlocks: () => events.moreBlocks(),
      growNear: more => events.growNear(more),
      log: histogram => logOf(memory, histogram),
      page: (histogram, octave) => addPage(memory, histogram, octave),
      carry: (histogram, octave, bucket) => carry(memory, histogram, octave, bucket),
      draw: number => {
        throw new Error(`draw ${number} is not exponential`)
      },
    }
    const steps = program.over(memory, { ...host })
    if (steps === null) throw new Error('there is no WebAssembly here')
    this.steps = steps as unknown as Exports // what the assembly exports
  }

  /** The record of exponential durations of this mean, in units. */
  exponential(name: string, mean: number): number {
    const draw: Draw = this.#run.exponential(name, mean)
    const { memory } = this.#run
    const record = memory.reserve(DRAW_CELLS)
    memory.i[record * 2 + DRAW_KIND] = DRAW_EXPONENTIAL
    memory.i[record * 2 + DRAW_STREAM] = draw.stream.at
    memory.f[record + F_DRAW_VALUE] = draw.value
    return record
  }

  /** Lets a workload go on in stretches until so many messages are done. */
  untilDone(messages: number, go: (messages: number, budget: number) => number): void {
    while (go(messages, STRETCH) < messages);
  }
}
