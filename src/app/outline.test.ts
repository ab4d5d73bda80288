import { expect, it } from 'vitest'
import { catalogueOf } from '../contract/manifest.ts'
import { emptyTopology, type Topology, type TopologyNode } from '../topology/document.ts'
import type { NodeFigures } from './figures.ts'
import { flowOf, outlineTable, outlineTree, type OutlineRow } from './outline.ts'

const node = (id: string, within?: string): TopologyNode => ({ id, type: 'x.box', label: id.toUpperCase(), at: { x: 0, y: 0 }, config: {}, ...(within === undefined ? {} : { within }) })
const topology: Topology = {
  ...emptyTopology(),
  nodes: [node('queue', 'broker'), node('broker'), node('app'), node('lost', 'nowhere')],
  channels: [{ id: 'c', type: 'x.line', from: 'app', to: 'queue', config: {} }],
}
const shown = (rows: readonly OutlineRow[]): readonly string[] => rows.map(row => `${'  '.repeat(row.depth)}${row.part === 'node' ? row.node.label : `→ ${row.to}`}${row.open === undefined ? '' : row.open ? ' −' : ' +'}`)

it('shows containers with what lives in them, and nodes with the channels that leave them', () => {
  expect(shown(outlineTree(catalogueOf([]), topology, new Set()))).toEqual(['BROKER −', '  QUEUE', 'APP −', '  → QUEUE', 'LOST'])
})

it('keeps what is closed to itself', () => {
  expect(shown(outlineTree(catalogueOf([]), topology, new Set(['broker', 'app'])))).toEqual(['BROKER +', 'APP +', 'LOST'])
})

it('has every node once in the table', () => {
  expect(outlineTable(catalogueOf([]), topology).map(row => row.node.id)).toEqual(['queue', 'broker', 'app', 'lost'])
})

it('says what flows through whoever holds no copy, by what it counts itself', () => {
  const figures = (inRate: number, outRate: number, counters: Readonly<Record<string, number>>): NodeFigures =>
    ({ inRate, outRate, probes: Object.fromEntries(Object.entries(counters).map(([id, rate]) => [id, { kind: 'counter', total: 0, rate }])) }) as unknown as NodeFigures // only what is read
  expect(flowOf(figures(0, 0, { received: 3, processed: 2 }))).toEqual({ in: 3, out: 2 })
  expect(flowOf(figures(4, 4, {}))).toEqual({ in: 4, out: 4 })
})
