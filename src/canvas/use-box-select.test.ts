import { expect, it } from 'vitest'
import { boxesOf } from '../app/node-sizes.ts'
import { catalogue, node, topology } from './testing/sample.ts'
import { nodesIn } from './use-box-select.ts'

const document = topology([node('b', 'toy.broker', 0, 0, { size: { width: 400, height: 300 } }), node('q', 'toy.queue', 20, 40, { within: 'b' }), node('r', 'toy.queue', 20, 140, { within: 'b' }), node('c', 'toy.consumer', 600, 40)])
const scene = { topology: document, boxes: boxesOf(catalogue, document), containers: new Set(['b']) }

it('a box takes what it touches, and a broker only whole', () => {
  expect(nodesIn(scene, { x: 0, y: 0, width: 100, height: 60 })).toEqual(['q'])
  expect(nodesIn(scene, { x: -10, y: -10, width: 650, height: 120 })).toEqual(['q', 'c'])
  expect(nodesIn(scene, { x: -10, y: -10, width: 500, height: 400 })).toEqual(['b', 'q', 'r'])
  expect(nodesIn(scene, { x: 1000, y: 0, width: 50, height: 50 })).toEqual([])
})
