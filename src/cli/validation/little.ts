import type { NodeRuntime } from '../../engine/node-runtime.ts'
import type { Run } from '../../engine/run.ts'

/** Little's law at one node: how many are there on average, against how many come in a second times how long each stays. */
export interface LittleCheck {
  readonly node: string
  readonly what: 'waiting' | 'in work'
  readonly length: number
  /** Stays of those that left, and of those that are still there up to now, in seconds per second. */
  readonly rateTimesStay: number
  readonly passed: boolean
}

/** Sums of doubles: both sides are made of the same whole nanoseconds in another order. */
const ROUNDING = 1e-9
/** A consumer is looked at when it is idle; this many events must bring such a moment. */
const EVENTS_MAX = 2_000_000

/**
 * L = λW, exactly: over any time, the integral of how many are there is the sum of how long each was there. Checked at every queue (ready messages
 * against the recorded waits and the waits so far of those still there) and at everything that works (busy against the recorded times of service), from the start
 * of the run. It holds whatever the model; queues must not have lost messages that waited.
 */
export function littleOf(run: Run): readonly LittleCheck[] {
  const nodes = [...run.parts.nodes.values()]
  const has = (node: NodeRuntime, ...probes: string[]): boolean => probes.every(id => node.manifest.probes.some(probe => probe.id === id))
  return [...nodes.filter(node => has(node, 'ready', 'wait')).map(node => ofQueue(run, node)), ...nodes.filter(node => has(node, 'busy', 'service')).map(node => ofWorker(run, node))]
}

function ofQueue(run: Run, node: NodeRuntime): LittleCheck {
  const ready = node.probe('ready')
  const there: number[] = []
  run.system(node.id)?.contents(node, there, 0, node.probes.value(ready))
  let stays = node.probes.whole(node.probe('wait')).sum
  for (const message of there.slice(0, node.probes.value(ready))) stays += run.nowNs - run.core.messages.sinceNs(message)
  return checked(node.id, 'waiting', node.probes.levelArea(ready, run.nowNs), stays, run.nowNs)
}

/** A time of service is recorded when work begins, so both sides agree when nobody works. */
function ofWorker(run: Run, node: NodeRuntime): LittleCheck {
  const busy = node.probe('busy')
  for (let n = 0; n < EVENTS_MAX && node.probes.value(busy) > 0; n += 1) if (!run.step()) break
  const servers = Number(node.config()['concurrency'] ?? 1)
  return checked(node.id, 'in work', node.probes.levelArea(busy, run.nowNs) * servers, node.probes.whole(node.probe('service')).sum, run.nowNs)
}

function checked(node: string, what: LittleCheck['what'], area: number, stays: number, nowNs: number): LittleCheck {
  return { node, what, length: area / nowNs, rateTimesStay: stays / nowNs, passed: Math.abs(area - stays) <= ROUNDING * Math.max(area, 1) }
}
