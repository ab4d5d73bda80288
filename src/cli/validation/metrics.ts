import type { NodeRuntime } from '../../engine/node-runtime.ts'
import type { Run } from '../../engine/run.ts'
import type { Built } from './models.ts'

/** A metric as a ratio of two numbers that only grow; the change of one over the change of the other is its value in a stretch. */
export interface Ratio {
  readonly numerator: () => number
  readonly denominator: () => number
}

/** A percentile of a histogram that is cleared after each stretch. */
export interface Percentile {
  readonly share: number
  readonly whole: () => number
  readonly late: () => number
  readonly lateCount: () => number
}

export type Metric = ({ readonly kind: 'ratio' } & Ratio) | ({ readonly kind: 'percentile' } & Percentile)

/** Reads a metric's parts from a run of the built topology, or null for a name it doesn't know. */
export function metricOf(name: string, run: Run, built: Built): Metric | null {
  const node = (id: string): NodeRuntime => run.parts.nodes.get(id)!
  const first = built.stations[0]!
  const last = built.stations.at(-1)!
  const area = (id: string, probe: string): number => node(id).probes.levelArea(node(id).probe(probe), run.nowNs)
  const histogram = (id: string, probe: string) => node(id).probes.whole(node(id).probe(probe))
  const total = (ids: readonly string[], read: (id: string) => number): number => ids.reduce((sum, id) => sum + read(id), 0)
  const workers = built.stations.flatMap(station => station.workers)
  const queues = built.stations.map(station => station.queue)
  const ratio = (numerator: () => number, denominator: () => number): Metric => ({ kind: 'ratio', numerator, denominator })
  const seconds = (): number => run.nowNs / 1e9
  const areaSeconds = (ids: readonly string[], probe: string): number => total(ids, id => area(id, probe)) / 1e9
  switch (name) {
    case 'utilization':
      return ratio(() => areaSeconds(workers, 'busy') / workers.length, seconds)
    case 'meanWait':
      return ratio(() => histogram(first.queue, 'wait').sum / 1e9, () => histogram(first.queue, 'wait').count)
    case 'meanSojourn':
      return ratio(() => total(last.workers, id => histogram(id, 'latency').sum) / 1e9, () => total(last.workers, id => histogram(id, 'latency').count))
    case 'meanQueueLength':
      return ratio(() => areaSeconds(queues, 'ready'), seconds)
    case 'meanInSystem':
      return ratio(() => areaSeconds(queues, 'ready') + areaSeconds(workers, 'busy'), seconds)
    case 'probWait': {
      // A message that found a free worker was handed out in the instant it arrived.
      const wait = histogram(first.queue, 'wait')
      return ratio(() => wait.count - wait.zeros, () => wait.count)
    }
    case 'throughput':
      return ratio(() => total(last.workers, id => node(id).probes.value(node(id).probe('processed'))), seconds)
    case 'deliveriesPerMessage':
      return ratio(() => total(last.workers, id => node(id).probes.value(node(id).probe('received'))), () => total(last.workers, id => node(id).probes.value(node(id).probe('processed'))))
    case 'p50Sojourn':
    case 'p90Sojourn':
    case 'p99Sojourn': {
      const worker = node(last.workers[0]!)
      const slot = worker.probe('latency')
      const share = Number(name.slice(1, 3)) / 100
      return { kind: 'percentile', share, whole: () => worker.probes.whole(slot).percentile(share) / 1e9, late: () => worker.probes.late(slot).percentile(share) / 1e9, lateCount: () => worker.probes.late(slot).count }
    }
    default:
      return null
  }
}

/** Clears what percentiles of the next stretch are read from. */
export function clearLate(run: Run, built: Built): void {
  for (const id of built.stations.at(-1)!.workers) {
    const node = run.parts.nodes.get(id)!
    node.probes.late(node.probe('latency')).clear()
  }
}
