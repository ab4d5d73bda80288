import { describe, expect, it } from 'vitest'
import type { NodeManifest } from '../contract/manifest.ts'
import { freeSpot } from './free-spot.ts'
import { boxesOf, overlaps } from '../app/node-sizes.ts'
import { catalogue, node, topology } from './testing/sample.ts'

const kind = (type: string): NodeManifest => catalogue.node(type)!
const view = { x: 0, y: 0, width: 1000, height: 600 }

describe('placing without pointing', () => {
  it('puts senders left and receivers right', () => {
    const empty = topology([])
    expect(freeSpot(catalogue, empty, kind('toy.producer'), { view, near: undefined })).toEqual({ at: { x: 120, y: 260 }, within: undefined })
    expect(freeSpot(catalogue, empty, kind('toy.consumer'), { view, near: undefined })).toEqual({ at: { x: 720, y: 260 }, within: undefined })
  })

  it('covers nothing, however often it is done', () => {
    let document = topology([node('b', 'toy.broker', 300, 100)])
    for (let n = 0; n < 12; n++) {
      const spot = freeSpot(catalogue, document, kind('toy.producer'), { view, near: undefined })
      document = topology([...document.nodes, node(`p${n}`, 'toy.producer', spot.at.x, spot.at.y)])
    }
    const boxes = [...boxesOf(catalogue, document).values()]
    expect(boxes.some((box, index) => boxes.slice(index + 1).some(other => overlaps(box, other)))).toBe(false)
  })

  it('fills a container in columns, exchanges before queues', () => {
    const document = topology([node('b', 'toy.broker', 300, 100), node('x', 'toy.exchange', 20, 50, { within: 'b' })])
    expect(freeSpot(catalogue, document, kind('toy.exchange'), { view, near: undefined })).toEqual({ at: { x: 320, y: 250 }, within: 'b' })
    expect(freeSpot(catalogue, document, kind('toy.queue'), { view, near: undefined })).toEqual({ at: { x: 530, y: 150 }, within: 'b' })
  })

  it('prefers the container of what is selected', () => {
    const document = topology([node('b', 'toy.broker', 0, 0), node('b2', 'toy.broker', 600, 0), node('q', 'toy.queue', 20, 60, { within: 'b2' })])
    expect(freeSpot(catalogue, document, kind('toy.queue'), { view, near: 'q' }).within).toBe('b2')
    expect(freeSpot(catalogue, document, kind('toy.queue'), { view, near: undefined }).within).toBe('b')
  })
})
