import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventList } from './event-list.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, Memory } from './memory.ts'
import { randomStream } from './random.ts'

interface Pending {
  readonly time: number
  readonly source: number
  readonly counter: number
  readonly target: number
  readonly alarm: number
}

const SOURCES = 40
const TARGETS = 5
/** Nanoseconds to weeks: timers that are far away must not disturb hops, nor the other way round. */
const SCALES = [0, 1, 30, 1e3, 1e6, 1e9, 1e15]

/** The list beside a plain array that is searched for the least key. */
class Checked {
  readonly memory = new Memory()
  readonly list = new EventList(this.memory)
  readonly ranks: number[] = []
  pending: Pending[] = []
  now = 0
  #counter = 0

  constructor() {
    for (let source = 0; source < SOURCES; source += 1) this.setRank(source, (source * 7) % SOURCES)
  }

  setRank(source: number, rank: number): void {
    this.ranks[source] = rank
    this.list.setRank(source, rank)
  }

  add(delay: number, source: number): void {
    const time = this.now + delay
    const target = this.#counter % TARGETS
    this.#counter += 1
    this.memory.f[CELL_EVENT_TIME] = time
    this.memory.f[CELL_EVENT_COUNTER] = this.#counter
    const alarm = this.list.add(source, target, 1, this.#counter)
    this.pending.push({ time, source, counter: this.#counter, target, alarm })
  }

  cancel(index: number): void {
    const [one] = this.pending.splice(index, 1)
    expect([this.list.cancel(one!.alarm, one!.target + 1), this.list.cancel(one!.alarm, one!.target), this.list.cancel(one!.alarm, one!.target)]).toEqual([false, true, false])
  }

  cancelTarget(target: number): void {
    this.list.cancelTarget(target)
    this.pending = this.pending.filter(one => one.target !== target)
  }

  /** Takes the earliest from both. */
  take(): void {
    let first = 0
    for (let at = 1; at < this.pending.length; at += 1) if (this.#before(this.pending[at]!, this.pending[first]!)) first = at
    const [one] = this.pending.splice(first, 1)
    const time = this.list.nextTime()
    const rank = time === Infinity ? undefined : this.list.nextRank()
    const taken = this.list.take() ? [this.list.target, this.list.signal, this.list.datum] : []
    expect([time, rank, ...taken]).toEqual(one === undefined ? [Infinity, undefined] : [one.time, this.ranks[one.source], one.target, 1, one.counter])
    if (one !== undefined) this.now = one.time
  }

  #before(a: Pending, b: Pending): boolean {
    return (a.time - b.time || this.ranks[a.source]! - this.ranks[b.source]! || a.counter - b.counter) < 0
  }
}

const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ verb: fc.constant('add' as const), scale: fc.nat(SCALES.length - 1), share: fc.nat(999), source: fc.nat(SOURCES - 1), count: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 12, arbitrary: fc.record({ verb: fc.constant('take' as const), count: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('cancel' as const), index: fc.nat(), count: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('cancelTarget' as const), target: fc.nat(TARGETS - 1) }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant('rerank' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function perform(checked: Checked, one: Step): void {
  switch (one.verb) {
    case 'add':
      for (let n = 0; n < one.count; n += 1) checked.add(Math.floor((SCALES[one.scale]! * ((one.share * (n + 1)) % 1000)) / 1000), (one.source + n * 3) % SOURCES)
      return
    case 'take':
      for (let n = 0; n < one.count; n += 1) checked.take()
      return
    case 'cancel':
      for (let n = 0; n < one.count && checked.pending.length > 0; n += 1) checked.cancel((one.index + n * 13) % checked.pending.length)
      return
    case 'cancelTarget':
      return checked.cancelTarget(one.target)
    case 'rerank':
      // As when a new source comes between others: these keep their order.
      checked.ranks.forEach((rank, source) => checked.setRank(source, rank * 2 + 1))
  }
}

describe('event list', () => {
  it('gives events back in the order of a sorted list, whatever the scales of time, the ties, the cancellations and the new ranks', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 100, size: 'max' }), steps => {
        const checked = new Checked()
        for (const one of steps) perform(checked, one)
        expect(checked.list.size).toBe(checked.pending.length)
        while (checked.pending.length > 0) checked.take()
        checked.take()
      }),
      { numRuns: 30 },
    )
  }, 30_000)

  it('keeps the order of a steady run, thirty thousand events deep', () => {
    const memory = new Memory()
    const list = new EventList(memory)
    const random = randomStream(11, 'events')
    list.setRank(1, 0)
    let counter = 0
    const add = (from: number): void => {
      // One in ten is a timer, a million times as far away.
      memory.f[CELL_EVENT_TIME] = from + Math.floor(random.exponential() * (random.chance(0.1) ? 1e12 : 1e6))
      memory.f[CELL_EVENT_COUNTER] = counter += 1
      list.add(1, 1, 0, counter)
    }
    while (counter < 30_000) add(0)
    let last = -1
    let lastCounter = 0
    let disordered = 0
    for (let n = 0; n < 100_000; n += 1) {
      const time = list.nextTime()
      list.take()
      if (time < last || (time === last && list.datum < lastCounter)) disordered += 1
      last = time
      lastCounter = list.datum
      add(time)
    }
    expect([disordered, list.size]).toEqual([0, 30_000])
  })

  it('gives many events of one instant in order, and what is added to the instant among them', () => {
    const checked = new Checked()
    for (let n = 0; n < 3000; n += 1) checked.add(5, (n * 11) % SOURCES)
    for (let n = 0; n < 1000; n += 1) {
      checked.take()
      checked.add(0, (n * 17) % SOURCES)
    }
    for (let n = 0; n < 500; n += 1) checked.take()
    expect(checked.list.size).toBe(checked.pending.length)
  })

  it('clears cancelled events away before they are many', () => {
    const memory = new Memory()
    const list = new EventList(memory)
    list.setRank(1, 0)
    for (let n = 0; n < 200_000; n += 1) {
      memory.f[CELL_EVENT_TIME] = 1e9 + n
      list.cancel(list.add(1, 1, 0, n), 1)
    }
    expect(list.nextTime()).toBe(Infinity)
    expect(memory.used).toBeLessThan(20_000)
  })

  it('is a copy when its memory is copied', () => {
    const checked = new Checked()
    for (let n = 0; n < 500; n += 1) checked.add((n * 7919) % 1000, n % SOURCES)
    for (let n = 0; n < 100; n += 1) checked.take()
    const saved = checked.memory.f.slice()
    const taken = (): number[] => Array.from({ length: 200 }, () => (checked.list.take() ? checked.list.datum : -1))
    const first = taken()
    checked.memory.f.set(saved)
    expect(taken()).toEqual(first)
  })
})
