import { describe, expect, it } from 'vitest'
import { emptyTopology, type TopologyNode } from '../topology/document.ts'
import type { Box } from '../app/node-sizes.ts'
import { guidesFor } from './guides.ts'

const node = (id: string, within?: string): TopologyNode => ({ id, type: 'x', label: id, at: { x: 0, y: 0 }, config: {}, ...(within === undefined ? {} : { within }) })
const topology = { ...emptyTopology(), nodes: [node('a'), node('b'), node('home'), node('c', 'home')] }
const boxes = new Map<string, Box>([
  ['a', { x: 0, y: 0, width: 160, height: 76 }],
  ['b', { x: 12, y: 300, width: 140, height: 76 }],
  ['home', { x: 400, y: 0, width: 300, height: 200 }],
  ['c', { x: 440, y: 60, width: 100, height: 40 }],
])

describe('guides', () => {
  it('pull middles together that nearly stand on one line, and reach over both', () => {
    expect(guidesFor(topology, boxes, new Set(['b']), 6)).toEqual({ by: { x: -2, y: 0 }, guides: [{ axis: 'x', at: 80, from: 0, to: 376 }] })
  })

  it('take the nearest of several lines, and none beyond their reach', () => {
    const near = new Map(boxes).set('b', { x: 3, y: 72, width: 160, height: 76 })
    expect(guidesFor(topology, near, new Set(['b']), 6).by).toEqual({ x: -3, y: 4 })
    expect(guidesFor(topology, near, new Set(['b']), 2)).toEqual({ by: { x: 0, y: 0 }, guides: [] })
  })

  it('never pull towards the container that something lives in, or what moves along', () => {
    const inside = new Map(boxes).set('c', { x: 402, y: 1, width: 100, height: 40 })
    expect(guidesFor({ ...topology, nodes: [node('home'), node('c', 'home')] }, inside, new Set(['c']), 6).guides).toEqual([])
    expect(guidesFor({ ...topology, nodes: [node('home'), node('c', 'home')] }, inside, new Set(['home']), 6).guides).toEqual([])
  })
})
