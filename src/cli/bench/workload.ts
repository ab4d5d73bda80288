/**
 * The contest's workloads. The unit of time is the mean service; each random process has a stream of its own.
 * W1: M/M/1, rate 0.8. A message counts when its service ends.
 * W2: ten W1 stations in series. Counts at the end of the tenth.
 * W3: one publisher, rate 0.8, and 100 subscribers with a queue of at most 16, the newest refused, and one server each. Counts every service.
 * W4: four producers, rate 3.5 each, one queue, 16 consumers that take turns with at most 10 unacknowledged messages each; every hop takes 0.02; 5 % of
 * the services fail and their message goes back to the head of the queue. Counts when an acknowledgement reaches the broker.
 */
export const WORKLOADS = ['W1', 'W2', 'W3', 'W4'] as const
export type Workload = (typeof WORKLOADS)[number]

/** The unit of time, for contestants whose clock is in nanoseconds or that take milliseconds. */
export const UNIT_MS = 10
export const UNIT_NS = 1e7

export const STATIONS = 10
export const SUBSCRIBERS = 100
export const SUBSCRIBER_QUEUE_MAX = 16
export const PRODUCERS = 4
export const CONSUMERS = 16
export const PREFETCH = 10
export const ARRIVAL_RATE = 0.8
export const PRODUCER_RATE = 3.5
export const HOP = 0.02
export const FAILURE_RATE = 0.05
export const KEYS = ['orders.eu.created', 'orders.eu.paid', 'orders.us.created', 'orders.us.paid', 'stock.eu.low', 'stock.us.low', 'users.created', 'users.deleted']

/** What a run of a workload found; times in units. W1 and W3: wait; W2 and W4: from birth to the end. */
export interface Outcome {
  readonly messages: number
  readonly events: number
  readonly mean: number
  readonly p99: number
  /** W3: share of refused deliveries; W4: share of failed ones. */
  readonly share?: number
}

export type Kernels = Partial<Readonly<Record<Workload, (messages: number, seed: number) => Outcome | Promise<Outcome>>>>

/** What theory says: M/M/1, ten of them by Burke, M/M/1/17; W4 has no closed form, its mean is what all contestants agreed on. */
const MEAN: Readonly<Record<Workload, number>> = { W1: 4, W2: 50, W3: 3.608, W4: 5.06 }
/** Standard deviation of the mean of a single message, as a share of the mean: correlated waits converge slowly. W3's queues share their arrivals. */
const SLOWNESS: Readonly<Record<Workload, (messages: number) => number>> = {
  W1: messages => Math.sqrt(1976 / messages),
  W2: messages => 6 * (Math.sqrt(19_760 / messages) / 50),
  W3: messages => 26 / Math.sqrt(messages / SUBSCRIBERS),
  W4: messages => 30 / Math.sqrt(messages * 2),
}

/** Why a result can't be right, or null. */
export function suspicion(workload: Workload, outcome: Outcome): string | null {
  const expected = MEAN[workload]
  const tolerance = Math.max(0.03, SLOWNESS[workload](outcome.messages))
  if (Math.abs(outcome.mean / expected - 1) <= tolerance) return null
  return `mean ${outcome.mean.toFixed(3)} instead of ${expected} ± ${(tolerance * 100).toFixed(0)} %`
}
