import { describe, expect, it } from 'vitest'
import { randomStream } from '../kernel/random.ts'
import { IdLog } from './id-log.ts'

interface Row {
  readonly major: number
  readonly minor: number
  readonly handle: number
}
const before = (a: Row, b: Row): number => a.major - b.major || a.minor - b.minor

describe('id log', () => {
  it('keeps records in order of their ids through random adds and removals', () => {
    const random = randomStream(3, 'log')
    const log = new IdLog()
    let model: Row[] = []
    let top = 0
    for (let n = 1; n < 3000; n += 1) {
      const dice = random.uniform()
      if (dice < 0.55) {
        // Mostly at the end, now and then in between.
        top += random.integer(2)
        const row = { major: random.chance(0.03) ? random.integer(top + 1) : top, minor: n, handle: n }
        model = [...model, row].sort(before)
        const place = log.add(row.major, row.minor, row.handle)
        expect([log.major(place), log.minor(place), log.handle(place)]).toEqual([row.major, row.minor, row.handle])
        log.setOwner(place, n)
        log.setTime(place, n / 2)
      } else if (model.length > 0) {
        const at = random.chance(0.7) ? random.integer(Math.min(4, model.length)) : random.integer(model.length)
        const [row] = model.splice(at, 1)
        const place = log.find(row!.major, row!.minor)
        expect([log.handle(place), log.owner(place), log.time(place)]).toEqual([row!.handle, row!.handle, row!.handle / 2])
        log.remove(place)
        expect(log.find(row!.major, row!.minor)).toBe(-1)
      }
      const asked = random.integer(top + 2)
      const from = log.from(asked, 0)
      expect(from < 0 ? undefined : log.handle(from)).toBe(model.find(row => row.major >= asked)?.handle)
      expect(log.countUpTo(asked, n)).toBe(model.filter(row => row.major < asked || (row.major === asked && row.minor <= n)).length)
      const upTo = log.upTo(asked, n)
      expect(upTo < 0 ? undefined : log.handle(upTo)).toBe(model.findLast(row => row.major < asked || (row.major === asked && row.minor <= n))?.handle)
    }
    const seen: number[] = []
    for (let place = log.first(); place >= 0; place = log.next(place)) seen.push(log.handle(place))
    expect(seen).toEqual(model.map(row => row.handle))
    const back: number[] = []
    for (let place = log.last(); place >= 0; place = log.previous(place)) back.push(log.handle(place))
    expect(back).toEqual(seen.reverse())
    expect(log.count).toBe(model.length)
  })
})
