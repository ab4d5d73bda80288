import { describe, expect, it } from 'vitest'
import { EventList } from './event-list.ts'
import { randomStream } from './random.ts'

describe('event list', () => {
  it('gives events back in order of time, rank of source, counter, whatever is cancelled on the way', () => {
    const random = randomStream(11, 'events')
    const list = new EventList()
    for (let source = 1; source <= 20; source += 1) list.setRank(source, (source * 7) % 20)
    const expected = new Map<number, { time: number; rank: number; counter: number }>()
    const alarms: number[] = []
    for (let n = 0; n < 5000; n += 1) {
      const source = 1 + random.integer(20)
      const time = random.integer(50)
      alarms.push(list.add(time, source, n, 1, 0, n))
      expected.set(n, { time, rank: (source * 7) % 20, counter: n })
    }
    for (let n = 0; n < 5000; n += 3) {
      expect(list.cancel(alarms[n]!)).toBe(true)
      expect(list.cancel(alarms[n]!)).toBe(false)
      expected.delete(n)
    }
    const order = [...expected.entries()].sort(([, a], [, b]) => a.time - b.time || a.rank - b.rank || a.counter - b.counter).map(([n]) => n)
    const taken: number[] = []
    while (list.take()) taken.push(list.datum)
    expect(taken).toEqual(order)
  })

  it('keeps its order when a new source is ranked between the others', () => {
    const list = new EventList()
    list.setRank(1, 0)
    list.setRank(2, 1)
    list.add(5, 2, 1, 1, 0, 22)
    list.add(5, 1, 1, 1, 0, 11)
    list.setRank(2, 2)
    list.setRank(3, 1)
    list.add(5, 3, 1, 1, 0, 33)
    const taken: number[] = []
    while (list.take()) taken.push(list.datum)
    expect(taken).toEqual([11, 33, 22])
  })

  it('forgets every event of a target that is gone', () => {
    const list = new EventList()
    list.setRank(1, 0)
    for (let n = 0; n < 100; n += 1) list.add(n % 10, 1, n, n % 3, 0, n)
    list.cancelTarget(1)
    const targets = new Set<number>()
    let count = 0
    while (list.take()) {
      targets.add(list.target)
      count += 1
    }
    expect([targets.has(1), count]).toEqual([false, 67])
  })
})
