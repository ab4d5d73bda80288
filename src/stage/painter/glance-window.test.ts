import { expect, it } from 'vitest'
import * as G from '../../contract/glances.ts'
import { GlanceWindow } from './glance-window.ts'

function glance(nowNs: number, carried: number, layout = 1): ArrayBuffer {
  const numbers = new Float64Array(G.glanceLength(1, 2))
  numbers.set([nowNs, layout, 1, 2])
  numbers[G.GLANCE_HEAD + G.GLANCE_NODE_SLOTS + G.GLANCE_CHANNEL_SLOTS + G.GLANCE_FORWARD] = carried
  return numbers.buffer
}

it('tells the rate of what counts over the last two seconds', () => {
  const window = new GlanceWindow()
  for (let n = 0; n <= 40; n += 1) window.push(glance(n * 1e8, n <= 20 ? n : 20 + (n - 20) * 5))
  expect(window.rate(window.channel(1) + G.GLANCE_FORWARD)).toBeCloseTo(50)
})

it('gives buffers back when it has enough, and never one that it still reads', () => {
  const window = new GlanceWindow()
  const given = Array.from({ length: 30 }, (_, n) => window.push(glance(n * 1e8, n)))
  expect(given.filter(buffer => buffer !== null)).toHaveLength(6)
  expect(given.slice(0, 24).every(buffer => buffer === null)).toBe(true)
})

it('begins anew with another layout, or when time goes back', () => {
  const window = new GlanceWindow()
  window.push(glance(1e9, 10))
  window.push(glance(2e9, 20, 2))
  expect(window.rate(window.channel(1) + G.GLANCE_FORWARD)).toBe(0)
  window.push(glance(1e9, 5, 2))
  expect(window.rate(window.channel(1) + G.GLANCE_FORWARD)).toBe(0)
  expect([window.node(0, 1), window.node(0, 2), window.channel(2)]).toEqual([-1, G.GLANCE_HEAD, -1])
})
