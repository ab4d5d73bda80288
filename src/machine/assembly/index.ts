import * as C from './memory'
import { addF, cell, get, getF, int, set, setCell } from './memory'
import * as L from '../layout'
import * as E from './events'
import { compositionFor, deliver, finish, produce } from './applications'
import { arriveFirst, firstA, firstB, firstLane, firstMessage, firstOp, flush } from './at-once'
import * as D from './delays'
import { flushDelays, headA, headB, headCarries, headMessage, headOp, NOTHING, shift, SIGHT } from './lanes'
import { plainness, release } from './messages'
import { enqueue, isOut, route, settle, waysFrom } from './queues'
import { setFlags } from './messages'

/**
 * The machine: what happens again and again in the parts that it knows, event by event, exactly as TypeScript does it. It stops in front of whatever
 * it doesn't know; nothing of that has happened then.
 */

export { factsAt } from './figures'
// What is exported isn't folded into its only caller.
export { settled } from './events'
export { placesAt } from './at-once'
export { delaysAt } from './delays'
export { hopsAt, hopsWritten } from './lanes'
export { lookAhead, seenLast } from './nearby'

/** Records by target of an event, and by number of a lane; 0 where TypeScript has the part. */
let targets: i32 = 0
let lanes: i32 = 0
let instantMax: i32 = 0
let instantLeft: i32 = 0
let fired: i32 = 0
let ways: i32 = 0

export function partsAt(targetsAt: i32, lanesAt: i32): void {
  targets = targetsAt * 2
  lanes = lanesAt * 2
}
/** How many events an instant may have, and how many of the present one are left. */
export function setInstant(most: i32, left: i32): void {
  instantMax = most
  instantLeft = left
}
export function leftOfInstant(): i32 {
  return instantLeft
}
export function firedLast(): i32 {
  return fired
}

/** Fires events up to and including a time, at most so many; says why it stopped. */
export function run(until: f64, budget: i32): i32 {
  let done = 0
  let endless = instantLeft
  let stop = min(budget, endless)
  let why = L.STOP_BUDGET
  while (done < stop) {
    if (firstLane != 0 && comesFirst()) {
      if (!knowsFirst()) {
        why = L.STOP_OTHER
        break
      }
      done += 1
      const lane = firstLane
      const op = firstOp
      const message = firstMessage
      const a = firstA
      const b = firstB
      arriveFirst()
      arrive(lane, op, NOTHING, message, a, b)
      continue
    }
    const event = E.earliest()
    const time = event == 0 ? Infinity : E.earliestTime()
    if (int(C.INSTANTS_COUNT) > 0 && (time > cell(C.NOW) || E.rankOf(E.sourceOf(event)) > E.firstInstantRank()) && (D.delayedTime > cell(C.NOW) || <f64>D.delayedRank() > E.firstInstantRank())) {
      const lane = int(lanes + E.firstInstant())
      if (lane == 0 || !knows(lane, headOp(lane), headMessage(lane), headA(lane), headB(lane))) {
        why = L.STOP_OTHER
        break
      }
      E.takeInstant()
      done += 1
      set(lane, L.LANE_AT_ONCE, get(lane, L.LANE_AT_ONCE) - 1)
      takeHead(lane)
      continue
    }
    if (D.delayedTime < time || (D.delayedTime == time && time < Infinity && D.delayedBefore(event))) {
      if (D.delayedTime > until) {
        why = L.STOP_REACHED
        break
      }
      if (!knowsDelayed()) {
        why = L.STOP_OTHER
        break
      }
      if (D.delayedTime > cell(C.NOW)) {
        setCell(C.NOW, D.delayedTime)
        endless = done + instantMax
        stop = min(budget, endless)
      }
      done += 1
      takeDelayed()
      continue
    }
    if (time > until) {
      why = L.STOP_REACHED
      break
    }
    const part = partOf(event)
    const kind = part == 0 ? 0 : get(part, 0)
    const datum = E.datumOf(event)
    if (kind == 0 || (kind == L.KIND_LANE && !knows(part, headOp(part), headMessage(part), headA(part), headB(part))) || (kind == L.KIND_SERVICE && !hasResult(part, <i32>datum))) {
      why = L.STOP_OTHER
      break
    }
    if (time > cell(C.NOW)) {
      setCell(C.NOW, time)
      endless = done + instantMax
      stop = min(budget, endless)
    }
    E.takeEarliest(event)
    done += 1
    if (kind == L.KIND_LANE) takeHead(part)
    else if (kind == L.KIND_PRODUCER) produce(part)
    else finish(part, <i32>datum, kind)
  }
  if (firstLane != 0) flush()
  flushDelays()
  instantLeft = endless - done
  fired = done
  return why
}

/** Record of the part that the earliest event is for; 0 where TypeScript has it. */
@inline
function partOf(event: i32): i32 {
  const target = E.targetOf(event)
  const part = E.earliestPart()
  return part != 0 && get(part, L.RECORD_TARGET) == target ? part : int(targets + target)
}

/** Whether the first packet of the instant comes before every event. */
@inline
function comesFirst(): boolean {
  const now = cell(C.NOW)
  const top = E.earliestTime()
  if (D.delayedTime <= now && D.delayedRank() <= get(firstLane, L.LANE_RANK)) return false
  return (top > now && (top < Infinity || cell(C.HORIZON) > now)) || comesBefore(now)
}

function comesBefore(now: f64): boolean {
  const event = E.earliest()
  return event == 0 || E.earliestTime() > now || E.rankOf(E.sourceOf(event)) > <f64>get(firstLane, L.LANE_RANK)
}

/** Whether the machine can take the first packet, which it has sent itself. */
@inline
function knowsFirst(): boolean {
  const receiver = get(firstLane, L.LANE_RECEIVER)
  return receiver == L.RECEIVER_CLIENT || (receiver == L.RECEIVER_BROKER && firstOp == L.PACKET_ACK) || knows(firstLane, firstOp, firstMessage, firstA, firstB)
}

@inline
function knowsDelayed(): boolean {
  const packet = D.delayed
  return knows(get(packet, D.LANE), get(packet, D.OP) & 255, get(packet, D.MESSAGE), getF(packet, D.A), get(packet, D.B))
}

/** Whether the machine can take a packet. */
function knows(lane: i32, op: i32, message: i32, a: f64, b: i32): boolean {
  const receiver = get(lane, L.LANE_RECEIVER)
  if (receiver == L.RECEIVER_BROKER) {
    if (op != L.PACKET_ACK && op != L.PACKET_NACK) return false
    const subscription = get(lane, L.LANE_TO)
    if (!isOut(subscription, a)) return false
    if (op == L.PACKET_ACK) return b == 0
    return b == L.BIT_REQUEUE || (b == 0 && get(get(subscription, L.SUBSCRIPTION_QUEUE), L.QUEUE_DEAD_LETTERS) == 0)
  }
  if (receiver == L.RECEIVER_CLIENT) return op == L.PACKET_DELIVER && b == get(get(lane, L.LANE_TO), L.SUBSCRIPTION_NUMBER) && isOut(get(lane, L.LANE_TO), a)
  if (receiver == L.RECEIVER_OTHER || (plainness(message) & L.CONTENT_IS_PLAIN) == 0) return false
  if (receiver == L.RECEIVER_QUEUE) return op == L.PACKET_PUBLISH && a == 0 && (b & ~L.BIT_MANDATORY) == 0
  if (receiver == L.RECEIVER_BINDING) return op == L.PACKET_ROUTE && b == 0 && a == <f64>get(get(lane, L.LANE_TO), L.QUEUE_NUMBER)
  if (op != L.PACKET_PUBLISH || a != 0 || b != 0) return false
  ways = waysFrom(get(lane, L.LANE_TO), message)
  return ways != 0
}

/** Whether a service's job ends with a result that was said before. */
function hasResult(app: i32, row: i32): boolean {
  return compositionFor(app, get(get(app, L.APP_JOBS) + row * L.JOB_CELLS, L.JOB_MESSAGE)) != 0
}

/** The head of a lane arrives; the machine knows it. */
function takeHead(lane: i32): void {
  const op = headOp(lane)
  const carries = headCarries(lane)
  const message = headMessage(lane)
  const a = headA(lane)
  const b = headB(lane)
  shift(lane, message)
  arrive(lane, op, carries, message, a, b)
}

/** The next packet of those that take the same time arrives; the machine knows it. */
@inline
function takeDelayed(): void {
  const packet = D.delayed
  const lane = get(packet, D.LANE)
  const op = get(packet, D.OP)
  const message = get(packet, D.MESSAGE)
  D.leave()
  if (message != 0) addF(lane, L.F_LANE_CARRIED, 1)
  arrive(lane, op & 255, op >> D.CARRIES_SHIFT, message, getF(packet, D.A), get(packet, D.B))
}

function arrive(lane: i32, op: i32, carries: i32, message: i32, a: f64, b: i32): void {
  const receiver = get(lane, L.LANE_RECEIVER)
  const to = get(lane, L.LANE_TO)
  const delivering = get(lane, L.LANE_CHANNEL) * 2 + get(lane, L.LANE_WAY)
  if (receiver == L.RECEIVER_BROKER) settle(to, a, op == L.PACKET_ACK, b, delivering)
  else if (receiver == L.RECEIVER_CLIENT) deliver(to, message, a)
  else if (receiver == L.RECEIVER_EXCHANGE) route(to, message, ways, delivering)
  else {
    setFlags(message, get(lane, L.LANE_FLAGS))
    enqueue(to, message, delivering)
  }
  if (carries == SIGHT) release(message)
}
