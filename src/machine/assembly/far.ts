import * as C from './memory'
import { cell, copyCell, get, getF, int, set, setCell, setF, setInt } from './memory'
import { moreBlocks } from './imports'
import { bring, expect, nearCount, sort } from './near'
import { lookBeyond } from './nearby'
import { EVENT, PART } from './records'

/** The events from the horizon on: the steps of kernel/far-events.ts and event-chains.ts. */

const RUNG_CELLS: i32 = 517
const START: i32 = 0
const END: i32 = 1
const WIDTH: i32 = 2
const INVERSE: i32 = 3
const BUCKETS: i32 = 8
const CURRENT: i32 = 9
const CHAINS: i32 = 10
const BUCKETS_MAX: f64 = 1024
const BUCKETS_LEAST: f64 = 16
const RUNGS_MAX: i32 = 18
const EVENTS_A_BUCKET: f64 = 4
const REACH: i32 = 6
const BUCKET_WHOLE: i32 = 20
const TOP_WHOLE: i32 = 14
const CHAIN_BLOCK: i32 = 32
const CHAIN_FIRST: i32 = 2
const CHAIN_PAIRS: i32 = 15
const NEAR_KEPT: i32 = 8

export function addFar(event: i32, part: i32, time: f64): void {
  const first = int(C.RUNGS)
  let chain = C.TOP
  for (let rung = int(C.RUNG); rung >= first; rung -= RUNG_CELLS) {
    if (time >= getF(rung, END)) continue
    chain = rung * 2 + CHAINS + <i32>((time - getF(rung, START)) * getF(rung, INVERSE))
    break
  }
  let place = int(chain)
  if ((place & (CHAIN_BLOCK - 1)) == 0) {
    if (int(C.FREE_BLOCK) == 0) moreBlocks()
    const block = int(C.FREE_BLOCK)
    setInt(C.FREE_BLOCK, int(block * 2))
    setInt(block * 2, place == 0 ? 0 : place - CHAIN_BLOCK)
    place = block + CHAIN_FIRST
  }
  setCell(place, time)
  set(place, EVENT, event)
  set(place, PART, part)
  setInt(chain, place + 2)
}

/** Fills the near list, which is empty, with what comes next; false when nothing does. */
export function refill(): boolean {
  while (true) {
    const rung = int(C.RUNG)
    if (rung < int(C.RUNGS)) {
      if (!climb()) return nearCount() > 0
    } else if (open(rung)) {
      if (nearCount() > 0) return true
    } else setInt(C.RUNG, rung - RUNG_CELLS)
  }
}

/** The near list is crowded: most of it goes to the far list, unless all are of one time. */
export function relieve(): void {
  const first = int(C.NEAR)
  const end = int(C.NEAR_END)
  if (cell(first) == cell(end - 2) || !canSplit()) {
    expect(0)
    return
  }
  let kept = end - NEAR_KEPT * 2
  const horizon = cell(kept - 2)
  while (kept < end && cell(kept) == horizon) kept += 2
  const was = cell(C.HORIZON)
  setCell(C.HORIZON, horizon)
  if (was < Infinity) split(horizon, was, (kept - first) >> 1)
  for (let at = first; at < kept; at += 2) addFar(get(at, EVENT), get(at, PART), cell(at))
  for (let at = kept; at < end; at += 2) {
    copyCell(at - kept + first, at)
    copyCell(at - kept + first + 1, at + 1)
  }
  setInt(C.NEAR_END, first + end - kept)
  expect(0)
}

@inline
function canSplit(): boolean {
  return int(C.RUNG) < int(C.RUNGS) + (RUNGS_MAX - 1) * RUNG_CELLS
}

@inline
function blockOf(place: i32): i32 {
  return (place - 1) & -CHAIN_BLOCK
}
@inline
function previous(block: i32): i32 {
  const link = int(block * 2)
  return link == 0 ? 0 : link + CHAIN_BLOCK
}

function countOf(end: i32): i32 {
  let count = 0
  for (let place = end; place != 0; place = previous(blockOf(place))) count += (place - blockOf(place) - CHAIN_FIRST) >> 1
  return count
}

function drop(block: i32): i32 {
  const link = int(block * 2)
  setInt(block * 2, int(C.FREE_BLOCK))
  setInt(C.FREE_BLOCK, block)
  return link == 0 ? 0 : link + CHAIN_BLOCK
}

function open(rung: i32): boolean {
  const at = rung * 2
  const buckets = int(at + BUCKETS)
  let bucket = int(at + CURRENT) + 1
  while (bucket < buckets && int(at + CHAINS + bucket) == 0) bucket += 1
  if (bucket >= buckets) return false
  setInt(at + CURRENT, bucket)
  const place = int(at + CHAINS + bucket)
  setInt(at + CHAINS + bucket, 0)
  const width = getF(rung, WIDTH)
  const end = min(getF(rung, END), getF(rung, START) + <f64>(bucket + 1) * width)
  const count = countOf(place)
  setCell(C.HORIZON, end)
  const next = bucket + 1 < buckets ? int(at + CHAINS + bucket + 1) : 0
  if (next != 0) lookBeyond(blockOf(next) + CHAIN_FIRST, next)
  if (count <= BUCKET_WHOLE || width == 1 || !canSplit()) toNear(place, count)
  else {
    split(least(place), end, count)
    spread(place)
  }
  return true
}

function climb(): boolean {
  const place = int(C.TOP)
  const count = countOf(place)
  setInt(C.TOP, 0)
  if (count <= TOP_WHOLE) {
    setCell(C.HORIZON, Infinity)
    toNear(place, count)
    return false
  }
  const first = least(place)
  const end = first + max<f64>(1, ceil<f64>(<f64>REACH * meanAfter(place, first, count)))
  split(first, end, count * REACH)
  spread(place)
  return true
}

function split(start: f64, end: f64, count: i32): void {
  const span = end - start
  const wanted = min(BUCKETS_MAX, max(BUCKETS_LEAST, <f64>count / EVENTS_A_BUCKET))
  let width: f64 = 1
  while (width * wanted < span) width *= 2
  const rung = int(C.RUNG) + RUNG_CELLS
  setInt(C.RUNG, rung)
  setF(rung, START, start)
  setF(rung, END, end)
  setF(rung, WIDTH, width)
  setF(rung, INVERSE, 1 / width)
  set(rung, BUCKETS, <i32>ceil<f64>(span / width))
  set(rung, CURRENT, -1)
}

function spread(end: i32): void {
  for (let place = end; place != 0; ) {
    const block = blockOf(place)
    for (let at = block + CHAIN_FIRST; at < place; at += 2) addFar(get(at, EVENT), get(at, PART), cell(at))
    place = drop(block)
  }
}

function toNear(end: i32, count: i32): void {
  expect(count)
  for (let place = end; place != 0; ) {
    const block = blockOf(place)
    bring(block + CHAIN_FIRST, place, count)
    place = drop(block)
  }
  if (count > CHAIN_PAIRS) sort(count)
}

function least(end: i32): f64 {
  let found = Infinity
  for (let place = end; place != 0; place = previous(blockOf(place))) {
    for (let at = blockOf(place) + CHAIN_FIRST; at < place; at += 2) if (cell(at) < found) found = cell(at)
  }
  return found
}

function meanAfter(end: i32, time: f64, count: i32): f64 {
  let sum: f64 = 0
  for (let place = end; place != 0; place = previous(blockOf(place))) {
    for (let at = blockOf(place) + CHAIN_FIRST; at < place; at += 2) sum += cell(at) - time
  }
  return sum / <f64>count
}
