import * as C from './memory'
import { addF, cell, get, getF, int, set, setF, setInt } from './memory'
import * as L from '../layout'
import { addEvent, numbered } from './events'
import { chance, count, draw, fact, level, record } from './figures'
import * as M from './messages'
import { COPY, NOTHING, put } from './lanes'
import { windowAt } from './queues'
import { moreJobs } from './imports'

/** Applications and the client's side of subscriptions: the steps of behaviours/{producer,consumer,service} and systems/amqp/endpoint.ts. */

const PUBLISHED: i32 = 0
const DELIVERED: i32 = 4
const STARTED: i32 = 9
const FINISHED: i32 = 10
const FAILED: i32 = 11
/** The producer's and the workers' only signal. */
const NEXT: i32 = 1
const DONE: i32 = 1

function publish(composition: i32, ledger: i32, cause: i32): i32 {
  const message = M.create(composition, ledger, cause)
  fact(PUBLISHED, ledger, message, 0)
  return message
}

export function produce(producer: i32): void {
  set(producer, L.PRODUCER_ALARM, 0)
  addF(producer, L.F_PRODUCER_ROWS, 1)
  const limit = getF(producer, L.F_PRODUCER_LIMIT)
  const keys = get(producer, L.PRODUCER_KEYS)
  const ledger = get(producer, L.PRODUCER_LEDGER)
  for (let left = get(producer, L.PRODUCER_BATCH); left > 0; left -= 1) {
    const made = getF(producer, L.F_PRODUCER_COUNT)
    if (made >= limit) break
    setF(producer, L.F_PRODUCER_COUNT, made + 1)
    const turn = keys == 1 ? 0 : <i32>(<i64>made % <i64>keys)
    const message = publish(int(get(producer, L.PRODUCER_COMPOSITIONS) * 2 + turn), ledger, 0)
    put(get(producer, L.PRODUCER_LANE), L.PACKET_PUBLISH, COPY, message, 0, get(producer, L.PRODUCER_BITS))
    addF(producer, L.F_PRODUCER_SENT, 1)
  }
  if (getF(producer, L.F_PRODUCER_COUNT) >= limit) return
  const time = cell(C.NOW) + draw(get(producer, L.PRODUCER_DRAW))
  set(producer, L.PRODUCER_ALARM, addEvent(producer, time, numbered(), get(producer, L.PRODUCER_SOURCE), get(producer, L.PRODUCER_TARGET), NEXT, 0))
}

/** A delivery comes to a client. */
export function deliver(subscription: i32, message: i32, tag: f64): void {
  const app = get(subscription, L.SUBSCRIPTION_APP)
  const at = windowAt(subscription, tag)
  setInt(at, int(at) | L.WITH_CLIENT)
  fact(DELIVERED, app + L.F_APP_SAYS, message, 0)
  addF(app, L.F_APP_RECEIVED, 1)
  if (get(app, L.APP_REDELIVERED) != 0 && M.isRedelivered(message)) count(get(app, L.APP_REDELIVERED))
  M.retain(message)
  if (get(app, L.APP_FREE) < 0) moreJobs(app)
  const row = get(app, L.APP_FREE)
  const job = get(app, L.APP_JOBS) + row * L.JOB_CELLS
  set(app, L.APP_FREE, get(job, L.JOB_NEXT))
  set(job, L.JOB_TAG, <i32>(<u32>tag))
  set(job, L.JOB_MESSAGE, message)
  set(job, L.JOB_SUBSCRIPTION, subscription)
  set(job, L.JOB_NEXT, -1)
  const waiting = get(app, L.APP_WAITING)
  if (waiting == 0) set(app, L.APP_INBOX_HEAD, row)
  else set(get(app, L.APP_JOBS) + get(app, L.APP_INBOX_TAIL) * L.JOB_CELLS, L.JOB_NEXT, row)
  set(app, L.APP_INBOX_TAIL, row)
  set(app, L.APP_WAITING, waiting + 1)
  begin(app)
}

function begin(app: i32): void {
  const concurrency = get(app, L.APP_CONCURRENCY)
  while (get(app, L.APP_WAITING) > 0 && get(app, L.APP_WORKING) < concurrency) {
    const row = get(app, L.APP_INBOX_HEAD)
    const job = get(app, L.APP_JOBS) + row * L.JOB_CELLS
    set(app, L.APP_INBOX_HEAD, get(job, L.JOB_NEXT))
    set(app, L.APP_WAITING, get(app, L.APP_WAITING) - 1)
    set(app, L.APP_WORKING, get(app, L.APP_WORKING) + 1)
    addF(app, L.F_APP_STARTS, 1)
    fact(STARTED, app + L.F_APP_SAYS, get(job, L.JOB_MESSAGE), 0)
    const time = draw(get(app, L.APP_DRAW))
    record(get(app, L.APP_SERVICE), get(app, L.APP_SERVICE_LATE), time)
    set(job, L.JOB_ALARM, addEvent(app, cell(C.NOW) + time, numbered(), get(app, L.APP_SOURCE), get(app, L.APP_TARGET), DONE, <f64>row))
  }
  level(get(app, L.APP_BUSY), <f64>get(app, L.APP_WORKING) / <f64>concurrency)
  level(get(app, L.APP_INBOX), <f64>get(app, L.APP_WAITING))
}

/** A service's result is said by a composition for the key of its cause; 0 where there is none yet. */
export function compositionFor(app: i32, message: i32): i32 {
  if ((M.plainness(message) & L.CONTENT_IS_PLAIN) == 0) return 0
  const key = get(app, L.APP_KEEPS_KEY) == 0 ? 0 : M.keyOf(message)
  return key >= get(app, L.APP_COMPOSITIONS_ROOM) ? 0 : int(get(app, L.APP_COMPOSITIONS) * 2 + key)
}

export function finish(app: i32, row: i32, kind: i32): void {
  const says = app + L.F_APP_SAYS
  const job = get(app, L.APP_JOBS) + row * L.JOB_CELLS
  const message = get(job, L.JOB_MESSAGE)
  const subscription = get(job, L.JOB_SUBSCRIPTION)
  const tag = <f64>(<u32>get(job, L.JOB_TAG))
  set(app, L.APP_WORKING, get(app, L.APP_WORKING) - 1)
  set(job, L.JOB_NEXT, get(app, L.APP_FREE))
  set(app, L.APP_FREE, row)
  const failures = get(app, L.APP_FAILURE_STREAM)
  if (failures != 0 && chance(failures, getF(app, L.F_APP_FAILURE_RATE))) {
    count(get(app, L.APP_FAILED))
    fact(FAILED, says, message, 0)
    answer(subscription, tag, L.PACKET_NACK, get(app, L.APP_FAILURE_BITS))
  } else {
    if (kind == L.KIND_SERVICE) {
      fact(FINISHED, says, message, 0)
      record(get(app, L.APP_LATENCY), get(app, L.APP_LATENCY_LATE), M.age(message))
      addF(app, L.F_APP_COUNT, 1)
      const result = publish(compositionFor(app, message), get(app, L.APP_LEDGER), message)
      put(get(app, L.APP_LANE), L.PACKET_PUBLISH, COPY, result, 0, get(app, L.APP_BITS))
      addF(app, L.F_APP_DONE, 1)
    } else {
      addF(app, L.F_APP_DONE, 1)
      record(get(app, L.APP_LATENCY), get(app, L.APP_LATENCY_LATE), M.age(message))
      fact(FINISHED, says, message, 0)
    }
    answer(subscription, tag, L.PACKET_ACK, 0)
  }
  M.release(message)
  begin(app)
}

/** The client settles a delivery, unless it has. */
function answer(subscription: i32, tag: f64, op: i32, bits: i32): void {
  const at = windowAt(subscription, tag)
  const delivery = int(at)
  if ((delivery & L.WITH_CLIENT) == 0) return
  setInt(at, delivery ^ L.WITH_CLIENT)
  put(get(subscription, L.SUBSCRIPTION_ANSWERS), op, NOTHING, 0, tag, bits)
}
