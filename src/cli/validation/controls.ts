import type { NodeRuntime } from '../../engine/node-runtime.ts'
import type { Run } from '../../engine/run.ts'
import type { Histogram } from '../../stats/histogram.ts'
import { lawMoments } from '../../stats/law-moments.ts'
import { LEDGER_PUBLISHED } from '../../stats/ledger.ts'
import type { Built, Source, Station } from './case.ts'

/**
 * Control variates: what chance did to the times that were drawn, apart from what the simulation made of them. In each stretch of time
 * - how many messages each source made beyond its rate,
 * - how much longer the services begun were than their mean, and how many more of them failed,
 * and from these, at the busiest station, the work they brought beyond the mean, and its square less its mean; each times a slope that is known before the
 * stretch begins: a function of the backlog of a reference queue (a walk over the stretches' work that never goes below zero).
 *
 * Each is zero on average whatever happened before (sums over drawn times less their means, stopped by what was seen before: martingales), so their means are
 * known without any theory of queues, and an estimate stays what the simulation measured. Waits are long where work came in lumps and on top of a
 * backlog, so the controls explain most of what makes their means vary (Henderson and Glynn 2002, approximating martingales). The slopes are those of reflected
 * Brownian motion: for a mean the backlog itself, for a percentile an exponential of it up to there.
 */
export class Controls {
  /** Of the batch so far. */
  #sums: Float64Array
  readonly #sources: readonly SourceReading[]
  readonly #stations: readonly StationReading[]
  readonly #stretchSeconds: number
  readonly #busiest: StationReading
  /** Seconds of work that the servers of the busiest station can do beyond what comes, in a stretch. */
  readonly #slack: number
  #backlog = 0

  readonly #shares: readonly number[]
  /** The backlog's distribution falls by e in one over this many seconds of work. */
  readonly #decay: number

  /** `shares` are the percentiles that are measured, from 0 to 1. */
  constructor(run: Run, built: Built, { stretchSeconds, shares }: { readonly stretchSeconds: number; readonly shares: readonly number[] }) {
    this.#shares = shares
    this.#stretchSeconds = stretchSeconds
    this.#sources = built.sources.map(source => new SourceReading(run, source))
    this.#stations = built.stations.map(station => new StationReading(run, station))
    const rate = built.sources.reduce((sum, source) => sum + source.rate, 0)
    const spare = (station: StationReading): number => station.servers - rate * station.workMean
    this.#busiest = this.#stations.reduce((busiest, one) => (spare(one) / one.servers < spare(busiest) / busiest.servers ? one : busiest))
    this.#slack = Math.max(0, spare(this.#busiest)) * stretchSeconds
    const square = built.sources.reduce((sum, source) => sum + source.rate * (source.batch * this.#busiest.workMean ** 2 + this.#busiest.variance), 0) * stretchSeconds
    this.#decay = square > 0 ? (2 * this.#slack) / square : 0
    this.#sums = new Float64Array(this.#count())
  }

  /** After each stretch. */
  step(): void {
    const sums = this.#sums
    const busiest = this.#busiest
    let at = 0
    let work = 0
    let expectedSquare = 0
    for (const source of this.#sources) {
      const messages = source.read() - source.rate * this.#stretchSeconds
      sums[at++]! += messages
      work += messages * busiest.workMean
      expectedSquare += source.rate * source.batch * this.#stretchSeconds * busiest.workMean ** 2
    }
    for (const station of this.#stations) {
      station.read()
      sums[at++]! += station.longer
      if (station.failure > 0) sums[at++]! += station.failed
    }
    work += busiest.longer + busiest.failed * busiest.workMean
    expectedSquare += busiest.expectedSquare
    if (!Number.isFinite(expectedSquare)) return
    const beyond = work * work - expectedSquare
    sums[at++]! += this.#backlog * work
    sums[at++]! += beyond
    for (const share of this.#shares) {
      const rise = (1 - share) * Math.exp(this.#decay * this.#backlog)
      sums[at++]! += Math.min(share, rise - (1 - share)) * work
      if (rise < 1) sums[at]! += rise * beyond
      at += 1
    }
    this.#backlog = Math.max(0, this.#backlog + work - this.#slack)
  }

  /** The sums of the batch that ends here. */
  take(): Float64Array {
    const sums = this.#sums
    this.#sums = new Float64Array(sums.length)
    return sums
  }

  #count(): number {
    return this.#sources.length + this.#stations.reduce((sum, station) => sum + (station.failure > 0 ? 2 : 1), 0) + 2 + 2 * this.#shares.length
  }
}

class SourceReading {
  readonly rate: number
  readonly batch: number
  readonly #published: () => number
  #last = 0

  constructor(run: Run, source: Source) {
    const ledger = run.core.ledgers[run.parts.nodes.get(source.node)!.index]!
    this.rate = source.rate
    this.batch = source.batch
    this.#published = () => ledger.total(LEDGER_PUBLISHED)
    this.#last = this.#published()
  }

  /** Messages made since the last reading. */
  read(): number {
    const now = this.#published()
    const made = now - this.#last
    this.#last = now
    return made
  }
}

class StationReading {
  readonly servers: number
  readonly failure: number
  /** Seconds of work a message means, deliveries that fail included. */
  readonly workMean: number
  /** Of the last stretch: seconds that services took beyond their mean, failures beyond their share, and what the square of their work is on average. */
  longer = 0
  failed = 0
  expectedSquare = 0
  /** Of one service, in seconds squared. */
  readonly variance: number
  readonly #mean: number
  readonly #workers: readonly { readonly node: NodeRuntime; readonly service: Histogram; readonly failedSlot: number; readonly doneSlot: number }[]
  #lastSum = 0
  #lastCount = 0
  #lastFailed = 0
  #lastDone = 0

  constructor(run: Run, station: Station) {
    const { mean, variance } = lawMoments(station.service)
    this.#mean = mean / 1e3
    this.variance = variance / 1e6
    this.servers = station.workers.length
    this.failure = station.failure
    this.workMean = this.#mean / (1 - station.failure)
    this.#workers = station.workers.map(id => {
      const node = run.parts.nodes.get(id)!
      const done = node.manifest.probes.some(probe => probe.id === 'processed') ? 'processed' : 'sent'
      return { node, service: node.probes.whole(node.probe('service')), failedSlot: station.failure > 0 ? node.probe('failed') : 0, doneSlot: station.failure > 0 ? node.probe(done) : 0 }
    })
    this.read()
  }

  read(): void {
    let sum = 0
    let count = 0
    let failed = 0
    let done = 0
    for (const { node, service, failedSlot, doneSlot } of this.#workers) {
      sum += service.sum
      count += service.count
      if (this.failure === 0) continue
      failed += node.probes.value(failedSlot)
      done += node.probes.value(doneSlot)
    }
    const begun = count - this.#lastCount
    const ended = failed + done - this.#lastFailed - this.#lastDone
    // Times that don't vary have no say: what is left of them is rounding.
    this.longer = this.variance === 0 ? 0 : (sum - this.#lastSum) / 1e9 - begun * this.#mean
    this.failed = failed - this.#lastFailed - this.failure * ended
    this.expectedSquare = begun * this.variance + ended * this.failure * (1 - this.failure) * this.workMean ** 2
    this.#lastSum = sum
    this.#lastCount = count
    this.#lastFailed = failed
    this.#lastDone = done
  }
}
