import * as C from './memory'
import { cell, copyCell, get, int, set, setCell, setInt } from './memory'
import { growNear } from './imports'
import { lookAt } from './nearby'
import { before, COUNTED_TARGET, EVENT, PART } from './records'

/** The events that come next, sorted: the steps of kernel/near-events.ts. */

const CROWD: i32 = 24
const FEW: i32 = 64
/** So many pairs of a block are put into order by comparing each with every other one. */
const RANKED: i32 = 12

@inline
export function nearCount(): i32 {
  return (int(C.NEAR_END) - int(C.NEAR)) >> 1
}

/** Makes room for this many more and then some, and says from which size on the list is crowded. */
export function expect(more: i32): void {
  if (int(C.NEAR_END) + (more + CROWD) * 2 > int(C.NEAR_ROOM)) growNear(more + CROWD)
  setInt(C.NEAR_CROWDED, max(int(C.NEAR) + CROWD * 2, int(C.NEAR_END) + more * 2 + CROWD))
}

/** Brings in the pairs between two addresses, but for cancelled ones; `count` is how many come in all: few are in order at once, many after `sort`. */
export function bring(from: i32, to: i32, count: i32): void {
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

/** Sorts the list, into which this many were brought: by Ciura's gaps; beyond, each is 2.25 times the one before. */
export function sort(brought: i32): void {
  if (brought <= FEW) return
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
