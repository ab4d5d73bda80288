import * as L from './layout.ts'

const LINE = 8
const BYTES = 8
/**
 * Writes down what an event of each record looks at, line by line of the processor's cache, so that the machine can fetch it before it is needed:
 * assembly/nearby.ts.
 */
export function tellNearby(i: Int32Array, records: readonly number[]): void {
  const get = (record: number, field: number): number => i[record * 2 + field]!
  const subscriptions = new Map<number, number>()
  for (const record of records) {
    const to = get(record, L.LANE_TO)
    if (get(record, 0) === L.KIND_LANE && get(record, L.LANE_RECEIVER) === L.RECEIVER_CLIENT) subscriptions.set(get(to, L.SUBSCRIPTION_APP), to)
  }
  for (const record of records) {
    const { looks, message } = nearbyOf(get, record, subscriptions)
    const at = record * 2 + L.RECORD_NEARBY
    for (let n = 0; n < L.NEARBY_MESSAGE; n += 1) i[at + n] = (looks[n] ?? 0) * BYTES
    i[at + L.NEARBY_MESSAGE] = message
  }
}

type Get = (record: number, field: number) => number

interface Nearby {
  /** Addresses; those beyond the room for them are left out. */
  readonly looks: readonly number[]
  /** Address in bytes of the integer that says which message it is about. */
  readonly message: number
}

function nearbyOf(get: Get, record: number, subscriptions: ReadonlyMap<number, number>): Nearby {
  const here = [record, record + LINE]
  switch (get(record, 0)) {
    case L.KIND_LANE: {
      const block = get(record, L.LANE_HEAD_BLOCK)
      return { looks: [...way(get, record), ...receiver(get, record)], message: block === 0 ? 0 : block * BYTES + L.PACKET_MESSAGE * 4 }
    }
    case L.KIND_PRODUCER:
      return { looks: [...here, get(record, L.PRODUCER_LEDGER), get(record, L.PRODUCER_DRAW), get(get(record, L.PRODUCER_COMPOSITIONS), 0), ...way(get, get(record, L.PRODUCER_LANE))], message: 0 }
    default: {
      const from = subscriptions.get(record) ?? 0
      const answers = from === 0 ? [] : [from, get(from, L.SUBSCRIPTION_WINDOW), ...way(get, get(from, L.SUBSCRIPTION_ANSWERS))]
      return { looks: [...here, ...work(get, record), get(record, L.APP_LATENCY), ...answers, ...jobs(get, record)], message: get(record, L.APP_JOBS) * BYTES + L.JOB_MESSAGE * 4 }
    }
  }
}

/** What happens at the end of a lane. */
function receiver(get: Get, lane: number): number[] {
  const to = get(lane, L.LANE_TO)
  switch (get(lane, L.LANE_RECEIVER)) {
    case L.RECEIVER_QUEUE:
    case L.RECEIVER_BINDING: {
      const first = get(get(to, L.QUEUE_RING), get(to, L.QUEUE_RING_HEAD))
      return [...queue(get, to), get(lane, L.LANE_LEDGER), ...(first === 0 ? [] : [first, get(first, L.SUBSCRIPTION_WINDOW), ...way(get, get(first, L.SUBSCRIPTION_LANE))])]
    }
    case L.RECEIVER_EXCHANGE:
      return [to, get(to, L.EXCHANGE_LEDGER), get(to, L.EXCHANGE_IN), get(to, L.EXCHANGE_WAYS), get(lane, L.LANE_LEDGER)]
    case L.RECEIVER_CLIENT: {
      const app = get(to, L.SUBSCRIPTION_APP)
      return [to, get(to, L.SUBSCRIPTION_WINDOW), app, app + LINE, ...work(get, app), ...jobs(get, app)]
    }
    case L.RECEIVER_BROKER:
      return [to, get(to, L.SUBSCRIPTION_WINDOW), ...queue(get, get(to, L.SUBSCRIPTION_QUEUE)), ...way(get, get(to, L.SUBSCRIPTION_LANE))]
    default:
      return []
  }
}

function queue(get: Get, queue: number): number[] {
  return [queue, queue + LINE, get(queue, L.QUEUE_LEDGER), get(queue, L.QUEUE_READY), get(queue, L.QUEUE_WAIT)]
}

/** An application that takes up the next job. */
function work(get: Get, app: number): number[] {
  return [get(app, L.APP_BUSY), get(app, L.APP_SERVICE), get(app, L.APP_DRAW)]
}

/** The first dozen, as far as there are so many: free ones are taken last in, first out. */
function jobs(get: Get, app: number): number[] {
  const first = get(app, L.APP_JOBS)
  return [0, 1, 2].filter(line => line * LINE < get(app, L.APP_JOBS_ROOM) * L.JOB_CELLS).map(line => first + line * LINE)
}

/** What sending along a lane looks at, and what an arrival does: packets that are in a line of their latency need its first line only. */
function way(get: Get, lane: number): number[] {
  if (get(lane, L.LANE_TAKES_TIME) >= L.LANE_DELAYED) return [lane]
  return [lane, lane + LINE, get(lane, L.LANE_HEAD_BLOCK)]
}
