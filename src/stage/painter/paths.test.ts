import { expect, it } from 'vitest'
import { DIRECTIONS, pathsOf, pointAt } from './paths.ts'

const out = { x: 0, y: 0, direction: 0 }

it('a straight line is as long as it is, with its points where they belong', () => {
  const [path] = pathsOf(Float32Array.of(0, 0, 100, 0, 200, 0, 300, 0)).paths
  expect(path!.length).toBeCloseTo(300, 3)
  for (const share of [0, 0.25, 0.5, 1]) expect(pointAt(path!, share, out).x).toBeCloseTo(300 * share, 1)
  expect(pointAt(path!, 0.5, out).direction).toBe(0)
})

it('along a curve equal shares are equal ways, whatever its parameter does', () => {
  const [path] = pathsOf(Float32Array.of(0, 0, 300, 0, 10, 200, 400, 200)).paths
  const places = Array.from({ length: 21 }, (_, n) => ({ ...pointAt(path!, n / 20, out) }))
  const steps = places.slice(1).map((place, n) => Math.hypot(place.x - places[n].x, place.y - places[n].y))
  for (const step of steps) expect(Math.abs(step - path!.length / 20)).toBeLessThan(1.5)
})

it('a line downwards points down', () => {
  const [path] = pathsOf(Float32Array.of(0, 0, 0, 30, 0, 60, 0, 90)).paths
  expect(pointAt(path!, 0.3, out).direction).toBe(DIRECTIONS / 4)
})

it('a channel without a line has none', () => {
  expect(pathsOf(new Float32Array(8).fill(NaN)).paths).toEqual([null])
})

it('lines that run where they ran keep their paths', () => {
  const straight = [0, 0, 100, 0, 200, 0, 300, 0]
  const before = pathsOf(Float32Array.of(...straight, ...straight))
  const after = pathsOf(Float32Array.of(...straight, ...straight.map(number => number + 10)), before)
  expect(after.paths[0]).toBe(before.paths[0])
  expect(after.paths[1]).toEqual(pathsOf(Float32Array.of(...straight.map(number => number + 10))).paths[0])
})
