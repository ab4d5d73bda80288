import { describe, expect, it } from 'vitest'
import { fillTemplate } from './template.ts'
import { WorkStation } from './work-station.ts'

const source = {}

describe('work station', () => {
  it('starts jobs in order, never more at once than allowed', () => {
    const station = new WorkStation<object>()
    station.concurrency = 2
    for (const message of [11, 12, 13]) station.add(source, message, message * 10, false)
    const first = station.begin()
    const second = station.begin()
    expect([station.message(first), station.tag(second), station.begin(), station.waiting]).toEqual([11, 120, -1, 1])
    station.finish(first)
    expect(station.message(station.begin())).toBe(13)
  })

  it('tells every job on clear, those in work first', () => {
    const station = new WorkStation<object>()
    station.add(source, 11, 1, false)
    station.setAlarm(station.begin(), 77)
    station.add(source, 12, 2, true)
    const told: number[][] = []
    station.clear(job => told.push([station.message(job), station.alarm(job), station.isSettled(job) ? 1 : 0]))
    expect([told.map(([message]) => message), told[0], station.working, station.waiting, station.begin()]).toEqual([[11, 12], [11, 77, 0], 0, 0, -1])
  })
})

describe('templates', () => {
  it('fill their gaps and leave JSON alone', () => {
    const values = { n: 7, id: 'alice', timeNs: 1_500_000_000, random: () => 42 }
    expect(fillTemplate('{"from":"{id}","n":{n},"t":{time},"r":{random},"x":{}}', values)).toBe('{"from":"alice","n":7,"t":1.500,"r":42,"x":{}}')
  })
})

describe('a long inbox', () => {
  it('keeps its order while it is worked off, added to and withdrawn from', () => {
    const station = new WorkStation<object>()
    const done: number[] = []
    const odd: number[] = []
    for (let n = 0; n < 1000; n += 1) {
      station.add(source, 2 * n, 1, false)
      station.add(source, 2 * n + 1, 1, false)
      const job = station.begin()
      done.push(station.message(job))
      station.finish(job)
      if (n === 500)
        station.withdraw(source, one => {
          const goes = station.message(one) % 2 === 1
          if (goes) odd.push(station.message(one))
          return goes
        })
    }
    expect(odd.every(message => message > 500)).toBe(true)
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(new Set(done).size).toBe(1000)
    const out: number[] = []
    expect(station.contents(out, 0, 5000)).toBe(station.waiting)
    expect([out.length, out[0]! > done.at(-1)!]).toEqual([station.waiting, true])
  })
})
