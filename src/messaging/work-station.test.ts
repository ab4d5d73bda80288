import { describe, expect, it } from 'vitest'
import { fillTemplate } from './template.ts'
import { WorkStation } from './work-station.ts'

describe('work station', () => {
  it('starts jobs in order, never more at once than allowed', () => {
    const station = new WorkStation<string>()
    station.concurrency = 2
    for (const job of ['a', 'b', 'c']) station.add(job)
    const first = station.begin()!
    const second = station.begin()!
    expect([first.job, second.job, station.begin(), station.waiting]).toEqual(['a', 'b', null, 1])
    expect(station.finish(first.number)).toBe('a')
    expect(station.begin()?.job).toBe('c')
  })

  it('forgets everything on clear, and late ends find nothing', () => {
    const station = new WorkStation<string>()
    station.add('a')
    const { number } = station.begin()!
    station.add('b')
    expect(station.clear()).toEqual(['a', 'b'])
    expect([station.finish(number), station.working, station.waiting]).toEqual([undefined, 0, 0])
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
    const station = new WorkStation<number>()
    const done: number[] = []
    for (let n = 0; n < 1000; n += 1) {
      station.add(2 * n)
      station.add(2 * n + 1)
      const next = station.begin()!
      done.push(station.finish(next.number)!)
      if (n === 500) expect(station.withdraw(job => job % 2 === 1).every(job => job > 500)).toBe(true)
    }
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(new Set(done).size).toBe(1000)
    expect(station.jobs()).toHaveLength(station.waiting)
    expect(station.jobs()[0]).toBeGreaterThan(done.at(-1)!)
  })
})
