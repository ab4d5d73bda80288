import * as C from './memory'
import { cell, copyCell, get, getF, int, set, setCell, setF, setInt } from './memory'
import { growNear, moreBlocks } from './imports'
import { lookAt, lookBeyond } from './nearby'
import { before, COUNTED_TARGET, EVENT, PART } from './records'

/** The events from the horizon on: the steps of kernel/far-events.ts, event-chains.ts and near-events.ts. */

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
const CROWD: i32 = 24
const NEAR_KEPT: i32 = 8
const FEW: i32 = 64
/** So many pairs of a block are put into order by comparing each with every other one. */
const RANKED: i32 = 12

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
function nearCount(): i32 {
  return (int(C.NEAR_END) - int(C.NEAR)) >> 1
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
  if (count > CHAIN_PAIRS && count > FEW) sort()
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

function expect(more: i32): void {
  if (int(C.NEAR_END) + (more + CROWD) * 2 > int(C.NEAR_ROOM)) growNear(more + CROWD)
  setInt(C.NEAR_CROWDED, max(int(C.NEAR) + CROWD * 2, int(C.NEAR_END) + more * 2 + CROWD))
}

function bring(from: i32, to: i32, count: i32): void {
  // All records are looked at before one is put in its place: with many pending they are far away, and this way they come at the same time.
  let targets = 0
  for (let at = from; at < to; at += 2) targets |= get(get(at, EVENT), COUNTED_TARGET)
  lookAt(from, to)
  let end = int(C.NEAR_END)
  if (to - from <= RANKED * 2 && targets >= 0 && end == int(C.NEAR) && rank(from, to, end)) return
  for (let at = from; at < to; at += 2) {
    const event = get(at, EVENT)
    if (targets < 0 && get(event, COUNTED_TARGET) < 0) {
      setInt(C.CANCELLED, int(C.CANCELLED) - 1)
      set(event, COUNTED_TARGET, ~int(C.FREE_EVENT))
      setInt(C.FREE_EVENT, event)
      continue
    }
    const time = cell(at)
    let place = end
    end += 2
    while (count <= FEW) {
      const other = cell(place - 2)
      if (other > time) break
      const otherEvent = int(place * 2 - 2)
      if (other == time && before(event, otherEvent)) break
      setCell(place, other)
      copyCell(place + 1, place - 1)
      place -= 2
    }
    setCell(place, time)
    copyCell(place + 1, at + 1)
  }
  setInt(C.NEAR_END, end)
}

/**
 * Up to RANKED pairs into the empty near list, each to the place that the number of later ones says: nothing is guessed, whatever their order. False
 * when some are of one time, with nothing done that matters. Places of the block beyond the last pair are free: they get a time before all.
 */
function rank(from: i32, to: i32, first: i32): boolean {
  for (let at = to; at < from + RANKED * 2; at += 2) setCell(at, -1)
  const block = <usize>from << 3
  const a = f64x2(load<f64>(block), load<f64>(block, 16))
  const b = f64x2(load<f64>(block, 32), load<f64>(block, 48))
  const c = f64x2(load<f64>(block, 64), load<f64>(block, 80))
  const d = f64x2(load<f64>(block, 96), load<f64>(block, 112))
  const e = f64x2(load<f64>(block, 128), load<f64>(block, 144))
  const f = f64x2(load<f64>(block, 160), load<f64>(block, 176))
  const list = <usize>first << 3
  let ranks = 0
  for (let at = block; at < <usize>to << 3; at += 16) {
    const time = f64x2.splat(load<f64>(at))
    const front = i64x2.add(i64x2.add(f64x2.gt(a, time), f64x2.gt(b, time)), f64x2.gt(c, time))
    const later = i64x2.add(i64x2.add(f64x2.gt(d, time), f64x2.gt(e, time)), i64x2.add(f64x2.gt(f, time), front))
    const place = -<i32>(i64x2.extract_lane(later, 0) + i64x2.extract_lane(later, 1))
    ranks += place
    v128.store(list + <usize>(place << 4), v128.load(at))
  }
  const count = (to - from) >> 1
  // Two of one time have one rank: the sum is less than that of all.
  if (ranks != (count * (count - 1)) >> 1) return false
  setInt(C.NEAR_END, first + to - from)
  return true
}

/** By Ciura's gaps; beyond, each is 2.25 times the one before. */
function sort(): void {
  const count = nearCount()
  let gap = 701
  while (<f64>gap * 2.25 < <f64>count) gap = <i32>(<f64>gap * 2.25)
  for (; gap > 701; gap = <i32>ceil<f64>(<f64>gap / 2.25)) sortByGap(gap, count)
  sortByGap(701, count)
  sortByGap(301, count)
  sortByGap(132, count)
  sortByGap(57, count)
  sortByGap(23, count)
  sortByGap(10, count)
  sortByGap(4, count)
  sortByGap(1, count)
}

function sortByGap(gap: i32, count: i32): void {
  const first = int(C.NEAR)
  const stop = first + count * 2
  const step = gap * 2
  for (let from = first + step; from < stop; from += 2) {
    const time = cell(from)
    const event = get(from, EVENT)
    const part = get(from, PART)
    let place = from
    while (place >= first + step) {
      const other = cell(place - step)
      if (other > time) break
      const otherEvent = int((place - step) * 2 + 2)
      if (other == time && before(event, otherEvent)) break
      setCell(place, other)
      copyCell(place + 1, place - step + 1)
      place -= step
    }
    setCell(place, time)
    set(place, EVENT, event)
    set(place, PART, part)
  }
}
