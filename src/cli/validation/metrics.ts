import { DISCARD_REASONS } from '../../contract/ledger.ts'
import type { Run } from '../../engine/run.ts'
import type { Histogram } from '../../stats/histogram.ts'
import { LEDGER_PUBLISHED } from '../../stats/ledger.ts'
import type { Built } from './case.ts'
import type { ClassWaits } from './class-waits.ts'

/** A metric as a ratio of two numbers that only grow; the change of one over the change of the other is its value in a batch. */
export interface Ratio {
  readonly kind: 'ratio'
  readonly numerator: () => number
  readonly denominator: () => number
}

/** A percentile of all records of some histograms together, in seconds. */
export interface Percentile {
  readonly kind: 'percentile'
  readonly share: number
  readonly histograms: readonly Histogram[]
}

export type Metric = Ratio | Percentile

const QUEUE_FULL = DISCARD_REASONS.indexOf('queue full')

/** Reads a metric's parts from a run of the built topology, or null for a name it doesn't know. */
export function metricOf(name: string, run: Run, built: Built, waits: ClassWaits): Metric | null {
  const histogram = (id: string, probe: string): Histogram => {
    const node = run.parts.nodes.get(id)!
    return node.probes.whole(node.probe(probe))
  }
  const areaSeconds = (ids: readonly string[], probe: string): number => total(ids, id => areaOf(run, id, probe)) / 1e9
  const counted = (ids: readonly string[], probe: string): number => total(ids, id => counterOf(run, id, probe))
  const queues = built.stations.map(station => station.queue)
  const workers = built.stations.flatMap(station => station.workers)
  const wait = histogram(queues[0]!, 'wait')
  const ratio = (numerator: () => number, denominator: () => number): Metric => ({ kind: 'ratio', numerator, denominator })
  const seconds = (): number => run.nowNs / 1e9
  const percentile = /^p(\d+(?:\.\d+)?)(Sojourn|Wait)$/.exec(name)
  if (percentile) return { kind: 'percentile', share: Number(percentile[1]) / 100, histograms: percentile[2] === 'Wait' ? [wait] : built.ends.map(id => histogram(id, 'latency')) }
  const ofClass = /^meanWaitClass(\d+)$/.exec(name)
  if (ofClass) {
    const source = built.sources[Number(ofClass[1])]
    return source ? ratio(() => waits.seconds(source.node), () => waits.count(source.node)) : null
  }
  switch (name) {
    case 'utilization':
      return ratio(() => areaSeconds(workers, 'busy') / workers.length, seconds)
    case 'meanWait':
      return ratio(() => wait.sum / 1e9, () => wait.count)
    case 'meanSojourn':
      return ratio(() => total(built.ends, id => histogram(id, 'latency').sum) / 1e9, () => total(built.ends, id => histogram(id, 'latency').count))
    case 'meanQueueLength':
      return ratio(() => areaSeconds(queues, 'ready'), seconds)
    case 'meanInSystem':
      return ratio(() => areaSeconds(queues, 'ready') + areaSeconds(workers, 'busy'), seconds)
    case 'probWait':
      // A message that found a free worker was handed out in the instant it arrived.
      return ratio(() => wait.count - wait.zeros, () => wait.count)
    case 'probBlocked':
      return ratio(() => run.totalLedger().reason(QUEUE_FULL), () => total(built.sources.map(source => source.node), id => run.core.ledgers[run.parts.nodes.get(id)!.index]!.total(LEDGER_PUBLISHED)))
    case 'throughput':
      return ratio(() => total(built.ends, id => histogram(id, 'latency').count), seconds)
    case 'deliveriesPerMessage':
      return ratio(() => counted(built.ends, 'received'), () => counted(built.ends, 'processed'))
    default:
      return null
  }
}

function total<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((sum, item) => sum + read(item), 0)
}

function areaOf(run: Run, id: string, probe: string): number {
  const node = run.parts.nodes.get(id)!
  return node.probes.levelArea(node.probe(probe), run.nowNs)
}

function counterOf(run: Run, id: string, probe: string): number {
  const node = run.parts.nodes.get(id)!
  return node.probes.value(node.probe(probe))
}
