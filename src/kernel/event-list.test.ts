import { describe, expect, it } from 'vitest'
import { EventList } from './event-list.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, Memory } from './memory.ts'
import { randomStream } from './random.ts'

function listOf() {
  const memory = new Memory()
  const list = new EventList(memory)
  const add = (time: number, source: number, counter: number, target: number, datum: number): number => {
    memory.f[CELL_EVENT_TIME] = time
    memory.f[CELL_EVENT_COUNTER] = counter
    return list.add(source, target, 0, datum)
  }
  return { list, add }
}

describe('event list', () => {
  it('gives events back in order of time, rank of source, counter, whatever is cancelled on the way', () => {
    const random = randomStream(11, 'events')
    const { list, add } = listOf()
    for (let source = 1; source <= 20; source += 1) list.setRank(source, (source * 7) % 20)
    const expected = new Map<number, { time: number; rank: number; counter: number }>()
    const alarms: number[] = []
    for (let n = 0; n < 5000; n += 1) {
      const source = 1 + random.integer(20)
      const time = random.integer(50)
      alarms.push(add(time, source, n, 1, n))
      expected.set(n, { time, rank: (source * 7) % 20, counter: n })
    }
    for (let n = 0; n < 5000; n += 3) {
      expect(list.cancel(alarms[n]!, 1)).toBe(true)
      expect(list.cancel(alarms[n]!, 1)).toBe(false)
      expected.delete(n)
    }
    const order = [...expected.entries()].sort(([, a], [, b]) => a.time - b.time || a.rank - b.rank || a.counter - b.counter).map(([n]) => n)
    const taken: number[] = []
    while (list.take()) taken.push(list.datum)
    expect(taken).toEqual(order)
  })

  it('keeps its order when a new source is ranked between the others', () => {
    const { list, add } = listOf()
    list.setRank(1, 0)
    list.setRank(2, 1)
    add(5, 2, 1, 1, 22)
    add(5, 1, 1, 1, 11)
    list.setRank(2, 2)
    list.setRank(3, 1)
    add(5, 3, 1, 1, 33)
    const taken: number[] = []
    while (list.take()) taken.push(list.datum)
    expect(taken).toEqual([11, 33, 22])
  })

  it('forgets every event of a target that is gone', () => {
    const { list, add } = listOf()
    list.setRank(1, 0)
    for (let n = 0; n < 100; n += 1) add(n % 10, 1, n, 1 + (n % 3), n)
    list.cancelTarget(1)
    const targets = new Set<number>()
    let count = 0
    while (list.take()) {
      targets.add(list.target)
      count += 1
    }
    expect([targets.has(1), count]).toEqual([false, 66])
  })
})
