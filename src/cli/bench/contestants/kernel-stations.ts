import type { Draw } from '../../../kernel/draw.ts'
import { CELL_NOW, CELL_SCRATCH } from '../../../kernel/memory.ts'
import { Histogram } from '../../../stats/histogram.ts'
import { ARRIVAL_RATE, STATIONS, SUBSCRIBERS, SUBSCRIBER_QUEUE_MAX, UNIT_NS, type Outcome } from '../workload.ts'
import { BORN, KernelRun, NEXT, SINCE } from './kernel-run.ts'

/** A station's record: delivered and refused; then integers from twice the address: first and last that wait, who is served, how many wait. */
const STATION = 4
const DELIVERED = 0
const REFUSED = 1
const FIRST = 4
const LAST = 5
const SERVED = 6
const WAITING = 7

const ARRIVE = 0
const SERVE = 1

/** W1 to W3: stations of one server each, fed by one source, in series or side by side. */
class Stations {
  readonly run: KernelRun
  readonly waits: readonly Histogram[]
  readonly #arrival: Draw
  readonly #services: readonly Draw[]
  readonly #at: number
  readonly #queueMax: number

  constructor(options: { seed: number; stations: number; queueMax: number; histograms: number }) {
    const { seed, stations, queueMax, histograms } = options
    this.run = new KernelRun(seed, stations + 1)
    this.#queueMax = queueMax
    this.#arrival = this.run.exponential('source', 1 / ARRIVAL_RATE)
    this.#services = Array.from({ length: stations }, (_, n) => this.run.exponential(`station-${n}`, 1))
    this.waits = Array.from({ length: histograms }, () => new Histogram(this.run.memory))
    this.#at = this.run.memory.reserve(stations * STATION)
    this.scheduleArrival()
  }

  scheduleArrival(): void {
    this.#arrival.toScratch()
    this.run.schedule(0, ARRIVE, 0)
  }

  enter(station: number, message: number, waits: Histogram): void {
    const { memory } = this.run
    const { f, i } = memory
    const at = (this.#at + station * STATION) * 2
    if (i[at + SERVED] === 0) {
      f[CELL_SCRATCH] = 0
      this.#serve(station, message, waits)
      return
    }
    const waiting = i[at + WAITING]!
    if (waiting === this.#queueMax) {
      f[(at >> 1) + REFUSED]! += 1
      this.run.release(message)
      return
    }
    f[message + SINCE] = f[CELL_NOW]!
    if (waiting === 0) i[at + FIRST] = message
    else i[i[at + LAST]! * 2 + NEXT] = message
    i[at + LAST] = message
    i[at + WAITING] = waiting + 1
  }

  /** Ends the service at a station and begins the next one; who was served. */
  leave(station: number, waits: Histogram): number {
    const { f, i } = this.run.memory
    const at = (this.#at + station * STATION) * 2
    const served = i[at + SERVED]!
    f[(at >> 1) + DELIVERED]! += 1
    const waiting = i[at + WAITING]!
    if (waiting === 0) i[at + SERVED] = 0
    else {
      const message = i[at + FIRST]!
      i[at + FIRST] = i[message * 2 + NEXT]!
      i[at + WAITING] = waiting - 1
      f[CELL_SCRATCH] = f[CELL_NOW]! - f[message + SINCE]!
      this.#serve(station, message, waits)
    }
    return served
  }

  /** Share of refused messages. */
  refused(stations: number): number {
    const { f } = this.run.memory
    let refused = 0
    let all = 0
    for (let n = 0; n < stations; n += 1) {
      refused += f[this.#at + n * STATION + REFUSED]!
      all += f[this.#at + n * STATION + REFUSED]! + f[this.#at + n * STATION + DELIVERED]!
    }
    return refused / all
  }

  /** Begins a service after the wait in CELL_SCRATCH. */
  #serve(station: number, message: number, waits: Histogram): void {
    waits.recordScratch()
    this.run.memory.i[(this.#at + station * STATION) * 2 + SERVED] = message
    this.#services[station]!.toScratch()
    this.run.schedule(station + 1, SERVE, station)
  }
}

function outcome(run: KernelRun, messages: number, histogram: Histogram): Outcome {
  return { messages, events: run.fired, mean: histogram.mean() / UNIT_NS, p99: histogram.percentile(0.99) / UNIT_NS }
}

export function single(messages: number, seed: number): Outcome {
  const stations = new Stations({ seed, stations: 1, queueMax: Infinity, histograms: 1 })
  const { run } = stations
  const waits = stations.waits[0]!
  let done = 0
  while (done < messages) {
    if (run.next() === ARRIVE) {
      stations.scheduleArrival()
      stations.enter(0, run.create(), waits)
    } else {
      run.release(stations.leave(0, waits))
      done += 1
    }
  }
  return outcome(run, done, waits)
}

export function series(messages: number, seed: number): Outcome {
  const stations = new Stations({ seed, stations: STATIONS, queueMax: Infinity, histograms: STATIONS })
  const { run, waits } = stations
  const { memory } = run
  const whole = new Histogram(memory)
  let done = 0
  while (done < messages) {
    if (run.next() === ARRIVE) {
      stations.scheduleArrival()
      stations.enter(0, run.create(), waits[0]!)
      continue
    }
    const station = run.events.datum
    const message = stations.leave(station, waits[station]!)
    if (station + 1 < STATIONS) {
      stations.enter(station + 1, message, waits[station + 1]!)
      continue
    }
    const { f } = memory
    f[CELL_SCRATCH] = f[CELL_NOW]! - f[message + BORN]!
    whole.recordScratch()
    run.release(message)
    done += 1
  }
  return outcome(run, done, whole)
}

export function fanOut(messages: number, seed: number): Outcome {
  const stations = new Stations({ seed, stations: SUBSCRIBERS, queueMax: SUBSCRIBER_QUEUE_MAX, histograms: 1 })
  const { run } = stations
  const waits = stations.waits[0]!
  let done = 0
  while (done < messages) {
    if (run.next() === ARRIVE) {
      stations.scheduleArrival()
      for (let station = 0; station < SUBSCRIBERS; station += 1) stations.enter(station, run.create(), waits)
    } else {
      run.release(stations.leave(run.events.datum, waits))
      done += 1
    }
  }
  return { ...outcome(run, done, waits), share: stations.refused(SUBSCRIBERS) }
}
