import { expect, it } from 'vitest'
import { HandleWindow } from './handle-window.ts'

it('gives back by number, in any order, while it grows', () => {
  const window = new HandleWindow()
  for (let n = 1; n <= 40; n += 1) window.add(n, n * 7)
  expect([window.take(3), window.take(3), window.take(99), window.take(40)]).toEqual([21, 0, 0, 280])
  expect(window.count).toBe(38)
})

it('drains in order and begins again', () => {
  const window = new HandleWindow()
  for (let n = 1; n <= 5; n += 1) window.add(n, n)
  window.take(1)
  window.take(4)
  const drained: number[] = []
  window.drain(handle => drained.push(handle))
  window.add(1, 8)
  expect([drained, window.take(1)]).toEqual([[2, 3, 5], 8])
})
