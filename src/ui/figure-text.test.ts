import { expect, it } from 'vitest'
import { clockText, countText, rateText } from './figure-text.ts'

it('separates thousands with a narrow space', () => {
  expect([0, 37, 1284, 1_234_567].map(countText)).toEqual(['0', '37', '1\u202f284', '1\u202f234\u202f567'])
})

it('gives a rate with as many digits as it deserves', () => {
  expect([0, 0.04, 0.42, 3, 9.97, 120.4, 999.7, 1900, 84_000, 120_400, 2_500_000].map(rateText)).toEqual([
    '0/s', '<0.1/s', '0.4/s', '3/s', '10/s', '120/s', '1k/s', '1.9k/s', '84k/s', '120k/s', '2.5M/s',
  ])
})

it('shows simulated time as the clock does', () => {
  expect([0, 12.34e9, 61.05e9, 3_723.9e9].map(clockText)).toEqual(['00:00.0', '00:12.3', '01:01.0', '1:02:03.9'])
})
