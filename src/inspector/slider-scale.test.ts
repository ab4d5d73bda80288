import { expect, it } from 'vitest'
import { POSITIONS, positionOf, sliderScale, stepped, valueAt } from './slider-scale.ts'

const rate = sliderScale({ unit: '/s', min: 0, max: 1_000_000, scale: 'log' })!
const prefetch = sliderScale({ unit: 'messages', min: 1, max: 10_000, whole: true })!
const share = sliderScale({ unit: 'share', min: 0, max: 1 })!

it('covers what hands set: evenly where the range is narrow, by ratios where it is wide', () => {
  expect(rate).toEqual({ min: 0, max: 100_000, log: true, whole: false })
  expect(prefetch.log).toBe(true)
  expect(share.log).toBe(false)
  expect(sliderScale({ unit: '', min: 0, max: 1e12, whole: true })).toBeUndefined()
  expect(sliderScale({ unit: '', min: -5, max: 5 })).toBeUndefined()
})

it('finds a value again where it has put it, to the two digits that a hand means', () => {
  for (const scale of [rate, prefetch, share]) {
    for (let position = 0; position <= POSITIONS; position += 7) {
      const value = valueAt(scale, position)
      expect(valueAt(scale, positionOf(scale, value))).toBeCloseTo(value, 9)
      if (scale.whole) expect(Number.isInteger(value)).toBe(true)
    }
    expect([valueAt(scale, 0), valueAt(scale, POSITIONS)]).toEqual([scale.min, scale.max])
  }
  expect([positionOf(rate, 5e6), positionOf(rate, -1)]).toEqual([POSITIONS, 0])
})

it('steps by keyboard through values that people choose, from end to end', () => {
  const walk = (from: number, by: 1 | -1, times: number): number[] => Array.from({ length: times }).reduce<number[]>(seen => [...seen, stepped(rate, seen.at(-1)!, by)], [from])
  expect(walk(1, 1, 6)).toEqual([1, 1.2, 1.5, 2, 2.5, 3, 4])
  expect(walk(2, -1, 4)).toEqual([2, 1.5, 1.2, 1, 0.8])
  expect(stepped(rate, 0, 1)).toBe(0.01)
  expect([stepped(rate, 0.01, -1), stepped(rate, 0, -1), stepped(rate, 100_000, 1)]).toEqual([0, 0, 100_000])
  expect([stepped(prefetch, 1, 1), stepped(prefetch, 10, 1), stepped(prefetch, 10, -1)]).toEqual([2, 12, 8])
  expect([stepped(share, 0.5, 1), stepped(share, 1, 1)]).toEqual([0.51, 1])
})
