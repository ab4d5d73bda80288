import { describe, expect, it } from 'vitest'
import { catalogueOf } from '../contract/manifest.ts'
import { emptyTopology, type Topology, type TopologyNode } from '../topology/document.ts'
import { arranged, type Arrangement } from './arrange.ts'

/** Kinds that this catalogue doesn't know have the size they bring. */
const catalogue = catalogueOf([])
const box = (id: string, x: number, y: number, width: number, height: number, within?: string): TopologyNode => ({ id, type: 'x.box', label: id, at: { x, y }, size: { width, height }, config: {}, ...(within === undefined ? {} : { within }) })
const topology: Topology = { ...emptyTopology(), nodes: [box('home', 100, 100, 400, 300), box('a', 10, 20, 100, 40, 'home'), box('b', 300, 0, 50, 80), box('c', 500, 60, 100, 20)] }
const after = (how: Arrangement, ids = ['a', 'b', 'c']): Record<string, [number, number]> => Object.fromEntries(arranged(catalogue, topology, ids, how).map(place => [place.id, [place.at.x, place.at.y]]))

describe('arranging', () => {
  it('aligns edges and middles as they stand on the canvas, whatever container they are in', () => {
    expect(after('left')).toEqual({ b: [110, 0], c: [110, 60] })
    expect(after('right')).toEqual({ a: [400, 20], b: [550, 0] })
    expect(after('top')).toEqual({ a: [10, -100], c: [500, 0] })
    expect(after('bottom')).toEqual({ b: [300, 80], c: [500, 140] })
    expect(after('middle')).toEqual({ a: [10, -40], b: [300, 40], c: [500, 70] })
    expect(after('centre', ['b', 'c'])).toEqual({ b: [425, 0], c: [400, 60] })
  })

  it('makes gaps equal between the outermost two, which stay', () => {
    expect(after('across')).toEqual({ b: [330, 0] })
    expect(after('down')).toEqual({ c: [500, 90] })
  })

  it('moves what lives in a chosen container with it, not by itself', () => {
    expect(after('left', ['home', 'a', 'b'])).toEqual({ b: [100, 0] })
  })
})
