import { expect, it } from 'vitest'
import { catalogue, channel, node, topology } from '../canvas/testing/sample.ts'
import { tourOf } from './present.ts'

it('a tour meets nodes as messages do, wave by wave, and leaves out boxes around them', () => {
  const tour = tourOf(
    catalogue,
    topology(
      [node('late', 'toy.consumer', 500, 0), node('b', 'toy.broker', 100, 0), node('x', 'toy.exchange', 20, 20, { within: 'b' }), node('q2', 'toy.queue', 40, 200, { within: 'b' }), node('q1', 'toy.queue', 40, 100, { within: 'b' }), node('p', 'toy.producer', 0, 0)],
      [channel('1', 'toy.link', 'p', 'x'), channel('2', 'toy.binding', 'x', 'q2'), channel('3', 'toy.binding', 'x', 'q1'), channel('4', 'toy.link', 'q1', 'late')],
    ),
  )
  expect(tour).toEqual(['p', 'x', 'q1', 'q2', 'late'])
})

it('a tour goes through rings too, and to what is joined to nothing', () => {
  const ring = topology([node('a', 'toy.producer', 0, 0), node('b', 'toy.consumer', 100, 0), node('alone', 'toy.consumer', 50, 0)], [channel('1', 'toy.link', 'a', 'b'), channel('2', 'toy.link', 'b', 'a')])
  expect(tourOf(catalogue, ring)).toEqual(['alone', 'a', 'b'])
  expect(tourOf(catalogue, topology([]))).toEqual([])
})
