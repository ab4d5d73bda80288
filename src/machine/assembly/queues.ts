import { addF, addTo, get, getF, int, set, setF, setInt } from './memory'
import * as L from '../layout'
import { count, fact, level, record } from './figures'
import * as M from './messages'
import { COPY, put, SIGHT } from './lanes'
import { discard, moreWindow, waysOf } from './imports'

/** Queues, exchanges and the broker's side of subscriptions: the steps of systems/amqp/queue.ts, turns.ts, router.ts and settling.ts. */

const ROUTED: i32 = 1
const ENQUEUED: i32 = 2
const HANDED_OUT: i32 = 3
const SETTLED: i32 = 5
const REQUEUED: i32 = 6
const REJECTED: i32 = 7
const REDELIVERED: i32 = 10

export function enqueue(queue: i32, message: i32, delivering: i32): void {
  const ledger = get(queue, L.QUEUE_LEDGER)
  M.move(message, ledger, M.WAITING)
  const limit = get(queue, L.QUEUE_LIMIT)
  if (limit >= 0 && get(queue, L.QUEUE_COUNT) + 1 > limit) {
    count(get(queue, L.QUEUE_DROPPED))
    discard(get(queue, L.QUEUE_NODE), message, L.REASON_QUEUE_FULL, delivering)
    return
  }
  const position = getF(queue, L.F_QUEUE_POSITION) + 1
  setF(queue, L.F_QUEUE_POSITION, position)
  M.setMark(message, position)
  push(queue, message)
  fact(ENQUEUED, ledger, message, 0)
  addF(queue, L.F_QUEUE_ENQUEUED, 1)
  pump(queue)
}

@inline
function push(queue: i32, message: i32): void {
  const ready = get(queue, L.QUEUE_COUNT)
  M.setNext(message, 0)
  if (ready == 0) set(queue, L.QUEUE_HEAD, message)
  else M.setNext(get(queue, L.QUEUE_TAIL), message)
  set(queue, L.QUEUE_TAIL, message)
  set(queue, L.QUEUE_COUNT, ready + 1)
}

/** Back to its old place, which almost always is the head. */
function insert(queue: i32, message: i32): void {
  const position = M.mark(message)
  const ready = get(queue, L.QUEUE_COUNT)
  const tail = get(queue, L.QUEUE_TAIL)
  let before = 0
  let after = ready == 0 ? 0 : get(queue, L.QUEUE_HEAD)
  while (after != 0 && M.mark(after) < position) {
    before = after
    after = after == tail ? 0 : M.next(after)
  }
  if (after == 0) {
    push(queue, message)
    return
  }
  M.setNext(message, after)
  if (before == 0) set(queue, L.QUEUE_HEAD, message)
  else M.setNext(before, message)
  set(queue, L.QUEUE_COUNT, ready + 1)
}

/** Hands out what consumers can take, turn by turn. */
function pump(queue: i32): void {
  while (get(queue, L.QUEUE_COUNT) > 0) {
    const subscription = nextInLine(queue)
    if (subscription == 0) break
    handOut(queue, subscription)
  }
  tell(queue)
}

@inline
function tell(queue: i32): void {
  level(get(queue, L.QUEUE_READY), <f64>get(queue, L.QUEUE_COUNT))
  level(get(queue, L.QUEUE_UNACKED_LEVEL), <f64>get(queue, L.QUEUE_UNACKED))
}

@inline
function isReady(subscription: i32): boolean {
  const prefetch = get(subscription, L.SUBSCRIPTION_PREFETCH)
  return prefetch == 0 || get(subscription, L.SUBSCRIPTION_UNACKED) < prefetch
}

@inline
function join(queue: i32, subscription: i32): void {
  const inLine = get(queue, L.QUEUE_RING_COUNT)
  setInt(get(queue, L.QUEUE_RING) * 2 + ((get(queue, L.QUEUE_RING_HEAD) + inLine) & get(queue, L.QUEUE_RING_MASK)), subscription)
  set(queue, L.QUEUE_RING_COUNT, inLine + 1)
}

function nextInLine(queue: i32): i32 {
  const ring = get(queue, L.QUEUE_RING) * 2
  const mask = get(queue, L.QUEUE_RING_MASK)
  for (let inLine = get(queue, L.QUEUE_RING_COUNT); inLine > 0; inLine = get(queue, L.QUEUE_RING_COUNT)) {
    const head = get(queue, L.QUEUE_RING_HEAD)
    const subscription = int(ring + head)
    // Alone in line it stays where it is.
    if (inLine == 1 && isReady(subscription)) return subscription
    set(queue, L.QUEUE_RING_HEAD, (head + 1) & mask)
    set(queue, L.QUEUE_RING_COUNT, inLine - 1)
    if (!isReady(subscription)) {
      set(subscription, L.SUBSCRIPTION_BLOCKED, 1)
      continue
    }
    join(queue, subscription)
    return subscription
  }
  return 0
}

function handOut(queue: i32, subscription: i32): void {
  const ledger = get(queue, L.QUEUE_LEDGER)
  const message = get(queue, L.QUEUE_HEAD)
  const ready = get(queue, L.QUEUE_COUNT) - 1
  set(queue, L.QUEUE_COUNT, ready)
  set(queue, L.QUEUE_HEAD, ready == 0 ? 0 : M.next(message))
  const again = M.isRedelivered(message)
  if (again) addF(ledger, REDELIVERED, 1)
  addF(queue, L.F_QUEUE_DELIVERED, 1)
  record(get(queue, L.QUEUE_WAIT), get(queue, L.QUEUE_WAIT_LATE), M.stay(message))
  if (again) count(get(queue, L.QUEUE_REDELIVERED))
  M.move(message, ledger, M.UNACKNOWLEDGED)
  set(queue, L.QUEUE_UNACKED, get(queue, L.QUEUE_UNACKED) + 1)
  fact(HANDED_OUT, ledger, message, 0)
  set(subscription, L.SUBSCRIPTION_UNACKED, get(subscription, L.SUBSCRIPTION_UNACKED) + 1)
  const last = getF(subscription, L.F_SUBSCRIPTION_LAST)
  if (last - getF(subscription, L.F_SUBSCRIPTION_OLDEST) + 1 == <f64>(get(subscription, L.SUBSCRIPTION_MASK) + 1)) moreWindow(subscription)
  const tag = last + 1
  setF(subscription, L.F_SUBSCRIPTION_LAST, tag)
  setInt(windowAt(subscription, tag), message)
  put(get(subscription, L.SUBSCRIPTION_LANE), L.PACKET_DELIVER, SIGHT, message, tag, get(subscription, L.SUBSCRIPTION_NUMBER))
}

/** Index of a tag's integer. */
@inline
export function windowAt(subscription: i32, tag: f64): i32 {
  return get(subscription, L.SUBSCRIPTION_WINDOW) * 2 + (<i32>(<i64>tag) & get(subscription, L.SUBSCRIPTION_MASK))
}

/** Whether a tag names a delivery that is out. */
@inline
export function isOut(subscription: i32, tag: f64): boolean {
  return tag >= getF(subscription, L.F_SUBSCRIPTION_OLDEST) && tag <= getF(subscription, L.F_SUBSCRIPTION_LAST) && (int(windowAt(subscription, tag)) & ~L.WITH_CLIENT) != 0
}

/** A client has settled a delivery: `bits` of a refusal say whether it goes back. */
export function settle(subscription: i32, tag: f64, accepted: boolean, bits: i32, delivering: i32): void {
  const queue = get(subscription, L.SUBSCRIPTION_QUEUE)
  const ledger = get(queue, L.QUEUE_LEDGER)
  const at = windowAt(subscription, tag)
  const message = int(at) & ~L.WITH_CLIENT
  set(subscription, L.SUBSCRIPTION_UNACKED, get(subscription, L.SUBSCRIPTION_UNACKED) - 1)
  setInt(at, 0)
  const last = getF(subscription, L.F_SUBSCRIPTION_LAST)
  let oldest = getF(subscription, L.F_SUBSCRIPTION_OLDEST)
  while (oldest <= last && int(windowAt(subscription, oldest)) == 0) oldest += 1
  setF(subscription, L.F_SUBSCRIPTION_OLDEST, oldest)
  if (get(subscription, L.SUBSCRIPTION_BLOCKED) != 0 && isReady(subscription)) {
    set(subscription, L.SUBSCRIPTION_BLOCKED, 0)
    join(queue, subscription)
  }
  set(queue, L.QUEUE_UNACKED, get(queue, L.QUEUE_UNACKED) - 1)
  if (accepted) {
    fact(SETTLED, ledger, message, 0)
    addF(queue, L.F_QUEUE_ACKNOWLEDGED, 1)
    M.process(message, ledger)
  } else if ((bits & L.BIT_REQUEUE) != 0) {
    M.setFlags(message, M.FLAG_REDELIVERED)
    M.move(message, ledger, M.WAITING)
    insert(queue, message)
    fact(REQUEUED, ledger, message, 0)
    if (get(queue, L.QUEUE_LIMIT) >= 0) tell(queue)
  } else {
    fact(REJECTED, ledger, message, 0)
    count(get(queue, L.QUEUE_DROPPED))
    discard(get(queue, L.QUEUE_NODE), message, L.REASON_REJECTED, delivering)
  }
  pump(queue)
}

/** Address of a content's ways, or 0 where only TypeScript can take them. */
export function waysFrom(exchange: i32, message: i32): i32 {
  const content = M.contentOf(message)
  const at = (get(exchange, L.EXCHANGE_WAYS) + ((content >> 2) & (L.WAYS_REMEMBERED - 1))) * 2
  if (int(at) == content) return int(at + 1)
  const ways = waysOf(get(exchange, L.EXCHANGE_NUMBER), message)
  if (ways == 0) return 0
  setInt(at, content)
  setInt(at + 1, ways)
  return ways
}

/** A message comes to an exchange: copies of it leave along every way. */
export function route(exchange: i32, message: i32, ways: i32, delivering: i32): void {
  const ledger = get(exchange, L.EXCHANGE_LEDGER)
  M.move(message, ledger, M.WAITING)
  M.setVia(message, get(exchange, L.EXCHANGE_VIA))
  count(get(exchange, L.EXCHANGE_IN))
  const many = int(ways * 2)
  if (many == 0) {
    count(get(exchange, L.EXCHANGE_UNROUTABLE))
    discard(get(exchange, L.EXCHANGE_NODE), message, L.REASON_UNROUTABLE, delivering)
    return
  }
  addTo(get(exchange, L.EXCHANGE_ROUTED), <f64>many)
  fact(ROUTED, ledger, message, many)
  for (let n = 1; n < many; n += 1) forward(ways * 2 + n * 2, M.copyOf(message, ledger), delivering)
  forward(ways * 2 + many * 2, message, delivering)
}

@inline
function forward(way: i32, message: i32, delivering: i32): void {
  const lane = int(way)
  const queue = int(way + 1)
  if (lane != 0) put(lane, L.PACKET_ROUTE, COPY, message, <f64>get(queue, L.QUEUE_NUMBER), 0)
  else enqueue(queue, message, delivering)
}
