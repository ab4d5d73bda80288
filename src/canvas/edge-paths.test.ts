import { describe, expect, it } from 'vitest'
import type { Channel, TopologyNode } from '../topology/document.ts'
import { labelsOf } from './edge-labels.ts'
import { pathOf, pointOn, type Curve } from './edge-paths.ts'
import { KeptCurves } from './kept-curves.ts'
import { boxesOf, overlaps } from '../app/node-sizes.ts'
import { catalogue, channel, node, topology } from './testing/sample.ts'

function curves(nodes: readonly TopologyNode[], channels: readonly Channel[]): ReadonlyMap<string, Curve> {
  const document = topology(nodes, channels)
  return new KeptCurves(catalogue).of(document, boxesOf(catalogue, document))
}

describe('where channels run', () => {
  it('goes from the right side to the left side when there is room', () => {
    const found = curves([node('a', 'toy.producer', 0, 0), node('x', 'toy.exchange', 300, 0)], [channel('c', 'toy.link', 'a', 'x')])
    expect(pathOf(found.get('c')!)).toBe('M160,38C230,38 230,38 300,38')
  })

  it('counts the corners of containers', () => {
    const nodes = [node('b', 'toy.broker', 100, 50), node('x', 'toy.exchange', 20, 30, { within: 'b' }), node('q', 'toy.queue', 300, 30, { within: 'b' })]
    const { from, to } = curves(nodes, [channel('c', 'toy.binding', 'x', 'q')]).get('c')!
    expect({ from, to }).toEqual({ from: { x: 260, y: 118 }, to: { x: 400, y: 118 } })
  })

  it('keeps channels of the same two nodes apart', () => {
    const nodes = [node('x', 'toy.exchange', 0, 0), node('q', 'toy.queue', 300, 0)]
    const found = curves(nodes, ['1', '2', '3'].map(id => channel(id, 'toy.binding', 'x', 'q')))
    const middles = [...found.values()].map(curve => pointOn(curve, 0.5).y)
    expect(middles[1]! - middles[0]!).toBeGreaterThan(10)
    expect(middles[2]! - middles[1]!).toBeGreaterThan(10)
  })

  it('joins nodes that stand over each other by their lower and upper sides', () => {
    const { from, to } = curves([node('q', 'toy.queue', 0, 0), node('a', 'toy.consumer', 30, 200)], [channel('c', 'toy.link', 'q', 'a')]).get('c')!
    expect({ from, to }).toEqual({ from: { x: 110, y: 76 }, to: { x: 110, y: 200 } })
  })

  it('goes round below what stands in the way back', () => {
    const nodes = [node('a', 'toy.producer', 0, 0), node('x', 'toy.exchange', 300, 0), node('s', 'toy.consumer', 600, 0)]
    const back = curves(nodes, [channel('c', 'toy.link', 's', 'a')]).get('c')!
    expect(pointOn(back, 0.5).y).toBeGreaterThan(76 + 40)
    const free = curves([nodes[0]!, nodes[2]!], [channel('c', 'toy.link', 's', 'a')]).get('c')!
    expect(pathOf(free)).toBe('M600,38C420,38 340,38 160,38')
  })

  it('starts on the slanted edge of a hexagon, not in the air beside it', () => {
    const nodes = [node('x', 'toy.exchange', 0, 0), node('q', 'toy.queue', 300, -100), node('r', 'toy.queue', 300, 100)]
    const found = curves(nodes, [channel('1', 'toy.binding', 'x', 'q'), channel('2', 'toy.binding', 'x', 'r')])
    expect([...found.values()].map(curve => curve.from.x < 140)).toEqual([true, true])
  })
})

describe('labels', () => {
  it('do not cover each other where lines are close', () => {
    const nodes = [node('x', 'toy.exchange', 0, 0), node('q', 'toy.queue', 400, 0)]
    const channels = ['orders.created', 'orders.paid', 'orders.*'].map((key, index) => channel(String(index), 'toy.binding', 'x', 'q', { key: key }))
    const document = topology(nodes, channels)
    const boxes = boxesOf(catalogue, document)
    const labels = labelsOf(catalogue, channels, { curves: new KeptCurves(catalogue).of(document, boxes), boxes, containers: new Set() })
    const rects = labels.map(label => ({ x: label.x - label.text.length * 3.3, y: label.y - 8, width: label.text.length * 6.6, height: 16 }))
    expect(labels.map(label => label.text)).toEqual(['orders.created', 'orders.paid', 'orders.*'])
    for (const [index, rect] of rects.entries()) expect(rects.slice(index + 1).some(other => overlaps(rect, other))).toBe(false)
  })

  it('show nothing for an empty key', () => {
    const document = topology([node('x', 'toy.exchange', 0, 0), node('q', 'toy.queue', 400, 0)], [channel('c', 'toy.binding', 'x', 'q')])
    const boxes = boxesOf(catalogue, document)
    expect(labelsOf(catalogue, document.channels, { curves: new KeptCurves(catalogue).of(document, boxes), boxes, containers: new Set() })).toEqual([])
  })
})
