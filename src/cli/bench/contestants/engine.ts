import { DISCARD_REASONS } from '../../../contract/ledger.ts'
import { createRun, type Run } from '../../../engine/run.ts'
import { readRelayJson } from '../../../formats/json/relay-json.ts'
import type { Topology } from '../../../topology/document.ts'
import { catalogue, models } from '../../../worker/catalogue.ts'
import { CONSUMERS, HOP, STATIONS, SUBSCRIBERS, UNIT_NS, type Kernels, type Outcome, type Workload } from '../workload.ts'
import { competing, fanOut, series, single } from './engine-topologies.ts'

/** How often a run is asked whether it is done. */
const SLICES = 100

/** Ours: the engine that the app runs, its AMQP model, every statistic and the ledger, from ordinary documents. */
export const kernels: Kernels = {
  W1: (messages, seed) => {
    const run = load(single(seed))
    return { ...advance(run, 80, messages, counter(run, 'consumer', 'processed')), ...waits(run, ['queue']) }
  },
  W2: (messages, seed) => {
    const run = load(series(seed))
    const last = `worker-${STATIONS - 1}`
    return { ...advance(run, 80, messages, counter(run, last, 'processed')), ...sojourn(run, [last], 0) }
  },
  W3: (messages, seed) => {
    const run = load(fanOut(seed))
    const numbers = Array.from({ length: SUBSCRIBERS }, (_, n) => n)
    const processed = numbers.map(n => counter(run, `consumer-${n}`, 'processed'))
    const done = advance(run, 80 * SUBSCRIBERS, messages, () => processed.reduce((sum, one) => sum + one(), 0))
    const refused = run.ledger().discarded[DISCARD_REASONS.indexOf('queue full')]!
    return { ...done, ...waits(run, numbers.map(n => `queue-${n}`)), share: refused / (refused + done.messages) }
  },
  W4: (messages, seed) => {
    const run = load(competing(seed))
    const done = advance(run, 1400, messages, counter(run, 'queue', 'acknowledged'))
    const redelivered = counter(run, 'queue', 'redelivered')()
    // The latency ends with the work: the acknowledgement's hop comes on top.
    return { ...done, ...sojourn(run, Array.from({ length: CONSUMERS }, (_, n) => `consumer-${n}`), HOP), share: redelivered / (redelivered + done.messages) }
  },
}

/** Why a workload can't be run yet, or null. */
export function waitsFor(workload: Workload): string | null {
  const queue = catalogue().node('amqp.queue')
  return workload === 'W3' && queue?.fields.some(field => field.id === 'maxLength') !== true ? 'length limits of queues' : null
}

/** A run of a topology that went through the document's text. */
export function load(topology: Topology): Run {
  const read = readRelayJson(JSON.stringify(topology))
  if (!read.ok) throw new Error(read.problems.map(problem => problem.says).join(' '))
  const run = createRun({ topology: read.value.topology, catalogue: catalogue(), models: models() })
  if (run.problems.length > 0) throw new Error(run.problems.map(problem => problem.says).join(' '))
  return run
}

/** Goes on in slices until so many messages are done. */
export function advance(run: Run, perSecond: number, messages: number, done: () => number): { messages: number; events: number } {
  const slice = Math.ceil((messages / perSecond / SLICES) * 1e9)
  while (done() < messages) run.proceed(run.nowNs + slice)
  return { messages: done(), events: run.events }
}

/** Reads a figure, which is in the memory whoever carries the node. */
function counter(run: Run, id: string, probe: string): () => number {
  const { probes } = run.parts.nodes.get(id)!
  const slot = probes.slot(probe)
  return () => probes.value(slot)
}

function durations(run: Run, ids: readonly string[], probe: string, added: number): Pick<Outcome, 'mean' | 'p99'> {
  const histograms = ids.map(id => {
    const node = run.parts.nodes.get(id)!
    return node.probes.whole(node.probe(probe))
  })
  const sum = histograms.reduce((total, one) => total + one.sum, 0)
  const count = histograms.reduce((total, one) => total + one.count, 0)
  const p99 = histograms.reduce((total, one) => total + one.percentile(0.99), 0) / histograms.length
  return { mean: sum / count / UNIT_NS + added, p99: p99 / UNIT_NS + added }
}

function waits(run: Run, queues: readonly string[]): Pick<Outcome, 'mean' | 'p99'> {
  return durations(run, queues, 'wait', 0)
}

function sojourn(run: Run, workers: readonly string[], added: number): Pick<Outcome, 'mean' | 'p99'> {
  return durations(run, workers, 'latency', added)
}
