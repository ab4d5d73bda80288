import * as C from '../../../../../machine/assembly/memory'
import { addF, cell, get, getF, set, setF } from '../../../../../machine/assembly/memory'
import { datumOf, signalOf } from '../../../../../machine/assembly/events'
import { chance, draw, record } from '../../../../../machine/assembly/figures'
import { reserve } from '../../../../../machine/assembly/imports'
import { BORN, create, FLAGS, KEY, NEXT, next, NUMBER, release, schedule } from './happening'

/** W4: the steps of ../../kernel-queue.ts. */

const PRODUCERS: i32 = 4
const CONSUMERS: i32 = 16
const PREFETCH: i32 = 10
const HOP: f64 = 200000
const FAILURE_RATE: f64 = 0.05

const PUBLISH: i32 = 0
const ENQUEUE: i32 = 1
const RECEIVE: i32 = 2
const DONE: i32 = 3
const ACKNOWLEDGE: i32 = 4
const REQUEUE: i32 = 5
const REDELIVERED: i32 = 1
const ATTEMPT: i32 = 256

/** A consumer's record: how many it handled; then integers: draw of services, stream of failures, how many are unacknowledged, its line's head and length; then the line, a ring. */
const HANDLED: i32 = 0
const SERVICE: i32 = 2
const FAILURES: i32 = 3
const UNACKNOWLEDGED: i32 = 4
const HEAD: i32 = 5
const LENGTH: i32 = 6
const LINE: i32 = 8
const LINE_MASK: i32 = 15
const CONSUMER: i32 = 12

/** Cells: the time-weighted sum of the queue's length, when it changed last; then how many messages each key had. */
const AREA: i32 = 0
const CHANGED: i32 = 1
const KEYS: i32 = 2
const KEY_MASK: i32 = 7
const QUEUE: i32 = 10

let consumers: i32 = 0
let queue: i32 = 0
/** Draws of the producers, as integers. */
let arrivals: i32 = 0
let sojourn: i32 = 0
let first: i32 = 0
let last: i32 = 0
let length: i32 = 0
let turn: i32 = 0
let number: i32 = 0
let done: i32 = 0
let again: i32 = 0

/** `histogram`: of the times from birth to the end. */
export function beginQueue(histogram: i32): void {
  consumers = reserve(CONSUMERS * CONSUMER)
  queue = reserve(QUEUE)
  arrivals = reserve(PRODUCERS)
  sojourn = histogram
}

/** Record of a producer's draw of gaps; schedules its first message. */
export function setProducer(producer: i32, gaps: i32): void {
  set(arrivals, producer, gaps)
  produce(producer)
}

/** Record of a consumer's draw of services, and the index of its stream of failures. */
export function setConsumer(consumer: i32, service: i32, failures: i32): void {
  const at = consumers + consumer * CONSUMER
  set(at, SERVICE, service)
  set(at, FAILURES, failures)
}

/** How many failed and went back. */
export function requeued(): i32 {
  return again
}

/** Goes on until so many messages are done, for at most so many events; how many are. */
export function competing(messages: i32, budget: i32): i32 {
  while (done < messages && budget > 0) {
    budget -= 1
    const event = next()
    const signal = signalOf(event)
    const who = signal >> 3
    const message = <i32>datumOf(event)
    switch (signal & 7) {
      case PUBLISH:
        produce(who)
        publish(who)
        break
      case ENQUEUE:
        addF(queue + KEYS, get(message, KEY) & KEY_MASK, 1)
        append(message)
        dispatch()
        break
      case RECEIVE:
        receive(who, message)
        break
      case DONE:
        finish(who, message)
        break
      case ACKNOWLEDGE:
        settled(who)
        done += 1
        record(sojourn, 0, cell(C.NOW) - getF(message, BORN))
        release(message)
        dispatch()
        break
      default:
        settled(who)
        again += 1
        set(message, FLAGS, (get(message, FLAGS) | REDELIVERED) + ATTEMPT)
        prepend(message)
        dispatch()
    }
  }
  return done
}

@inline
function produce(producer: i32): void {
  schedule(draw(get(arrivals, producer)), producer, PUBLISH + producer * 8, 0)
}

@inline
function publish(producer: i32): void {
  const message = create()
  setF(message, NUMBER, <f64>number)
  set(message, FLAGS, 0)
  set(message, KEY, (number & 7) | ((number & 15) << 16))
  number += 1
  schedule(HOP, producer, ENQUEUE, <f64>message)
}

@inline
function receive(consumer: i32, message: i32): void {
  const at = consumers + consumer * CONSUMER
  const waiting = get(at, LENGTH)
  if (waiting == 0) serve(consumer, message)
  set(at, LINE + ((get(at, HEAD) + waiting) & LINE_MASK), message)
  set(at, LENGTH, waiting + 1)
}

@inline
function serve(consumer: i32, message: i32): void {
  schedule(draw(get(consumers + consumer * CONSUMER, SERVICE)), PRODUCERS + 1 + consumer, DONE + consumer * 8, <f64>message)
}

@inline
function finish(consumer: i32, message: i32): void {
  const at = consumers + consumer * CONSUMER
  addF(at, HANDLED, 1)
  const verb = chance(get(at, FAILURES), FAILURE_RATE) ? REQUEUE : ACKNOWLEDGE
  schedule(HOP, PRODUCERS + 1 + consumer, verb + consumer * 8, <f64>message)
  const head = (get(at, HEAD) + 1) & LINE_MASK
  const waiting = get(at, LENGTH) - 1
  set(at, HEAD, head)
  set(at, LENGTH, waiting)
  if (waiting > 0) serve(consumer, get(at, LINE + head))
}

@inline
function settled(consumer: i32): void {
  const at = consumers + consumer * CONSUMER
  set(at, UNACKNOWLEDGED, get(at, UNACKNOWLEDGED) - 1)
}

@inline
function append(message: i32): void {
  set(message, NEXT, 0)
  if (first == 0) first = message
  else set(last, NEXT, message)
  last = message
  changed(1)
}

@inline
function prepend(message: i32): void {
  set(message, NEXT, first)
  if (first == 0) last = message
  first = message
  changed(1)
}

/** Messages go to consumers in turn, as long as one has room. */
function dispatch(): void {
  while (first != 0) {
    let consumer = turn
    let tried = 0
    while (tried < CONSUMERS && get(consumers + consumer * CONSUMER, UNACKNOWLEDGED) >= PREFETCH) {
      consumer = (consumer + 1) & (CONSUMERS - 1)
      tried += 1
    }
    if (tried == CONSUMERS) return
    turn = (consumer + 1) & (CONSUMERS - 1)
    const at = consumers + consumer * CONSUMER
    set(at, UNACKNOWLEDGED, get(at, UNACKNOWLEDGED) + 1)
    const message = first
    first = get(message, NEXT)
    changed(-1)
    schedule(HOP, PRODUCERS, RECEIVE + consumer * 8, <f64>message)
  }
}

@inline
function changed(by: i32): void {
  const now = cell(C.NOW)
  addF(queue, AREA, (now - getF(queue, CHANGED)) * <f64>length)
  setF(queue, CHANGED, now)
  length += by
}
