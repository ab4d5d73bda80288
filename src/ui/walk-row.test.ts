import { expect, it } from 'vitest'
import { stepInRow } from './walk-row.ts'

it('arrows go to the neighbour and round at the ends, Home and End to the ends', () => {
  const from = (at: number) => ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home', 'End'].map(key => stepInRow(key, at, 3))
  expect([from(0), from(2)]).toEqual([
    [1, 1, 2, 2, 0, 2],
    [0, 0, 1, 1, 0, 2],
  ])
})

it('other keys do nothing, nor does any key where there is nothing', () => {
  expect([stepInRow('a', 1, 3), stepInRow('Tab', 1, 3), stepInRow('Home', -1, 0)]).toEqual([null, null, null])
})
