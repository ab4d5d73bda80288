import { expect, it } from 'vitest'
import { boxesOf } from '../app/node-sizes.ts'
import { KeptCurves } from './kept-curves.ts'
import { partAt } from './pick.ts'
import { catalogue, channel, node, topology } from './testing/sample.ts'

const document = topology(
  [node('broker', 'toy.broker', 300, 0, { size: { width: 420, height: 300 } }), node('queue', 'toy.queue', 100, 100, { within: 'broker' }), node('alice', 'toy.producer', 0, 100)],
  [channel('way', 'toy.link', 'alice', 'queue')],
)
const boxes = boxesOf(catalogue, document)
const scene = { topology: document, boxes, curves: new KeptCurves(catalogue).of(document, boxes), containers: new Set(['broker']), ways: [], sockets: [] }
const at = (x: number, y: number) => partAt(scene, { x, y }, 9)

it('finds what is painted at a place: the innermost node, a line before the container it crosses, the container, nothing', () => {
  expect(at(500, 140)).toEqual({ part: 'node', id: 'queue' })
  expect(at(80, 140)).toEqual({ part: 'node', id: 'alice' })
  const { from, to } = scene.curves.get('way')!
  expect(at((from.x + to.x) / 2, (from.y + to.y) / 2)).toEqual({ part: 'channel', id: 'way' })
  expect(at(to.x - 20, to.y)).toEqual({ part: 'channel', id: 'way' })
  expect(at(340, 20)).toEqual({ part: 'node', id: 'broker' })
  expect(at(-50, -50)).toBeNull()
})
