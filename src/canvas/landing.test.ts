import { describe, expect, it } from 'vitest'
import type { NodeManifest } from '../contract/manifest.ts'
import { landingAt } from './landing.ts'
import { catalogue, node, topology } from './testing/sample.ts'

const kind = (type: string): NodeManifest => catalogue.node(type)!
const broker = { ...node('b', 'toy.broker', 300, 100), size: { width: 300, height: 200 } }

describe('where a carried part would stand', () => {
  it('is around the pointer, on the grid', () => {
    const { spot, box, home, guides } = landingAt(catalogue, topology([]), kind('toy.producer'), { middle: { x: 203, y: 102 }, reach: 6 })
    expect({ spot, box, home, guides }).toEqual({ spot: { at: { x: 120, y: 60 }, within: undefined }, box: { x: 120, y: 60, width: 160, height: 76 }, home: null, guides: [] })
  })

  it('is on a line of its neighbours that is near, even off the grid', () => {
    const { spot, guides } = landingAt(catalogue, topology([node('p', 'toy.producer', 123, 400)]), kind('toy.producer'), { middle: { x: 201, y: 98 }, reach: 6 })
    expect(spot.at).toEqual({ x: 123, y: 60 })
    expect(guides).toMatchObject([{ axis: 'x', from: 60, to: 476 }])
  })

  it('is in the container under the pointer, clear of its edge and its title, and no line of the container pulls', () => {
    const { spot, home, isNewHome, guides } = landingAt(catalogue, topology([broker]), kind('toy.queue'), { middle: { x: 320, y: 110 }, reach: 6 })
    expect({ spot, home, isNewHome, guides }).toEqual({ spot: { at: { x: 324, y: 144 }, within: 'b' }, home: { x: 300, y: 100, width: 300, height: 200 }, isNewHome: false, guides: [] })
  })

  it('brings a container along where its kind needs one and none is there', () => {
    const { spot, home, isNewHome } = landingAt(catalogue, topology([broker]), kind('toy.queue'), { middle: { x: 1000, y: 700 }, reach: 6 })
    expect({ within: spot.within, home, isNewHome }).toEqual({ within: undefined, home: { x: spot.at.x - 24, y: spot.at.y - 44, width: 300, height: 200 }, isNewHome: true })
  })
})
