import { describe, expect, it } from 'vitest'
import { catalogueOf } from '../contract/manifest.ts'
import { manifest } from '../contract/notes.ts'
import { emptyTopology, type Topology, type TopologyNode } from '../topology/document.ts'
import { withNotes, withoutNotes } from './notes-layout.ts'

const catalogue = catalogueOf([manifest])
const box = (id: string, type: string, x: number, y: number, width = 100, height = 50): TopologyNode => ({ id, type, label: id, at: { x, y }, size: { width, height }, config: {} })
const before: Topology = { ...emptyTopology(), nodes: [box('group', 'note.group', 0, 0, 400, 200), box('a', 'x.box', 20, 50), box('b', 'x.box', 200, 50), box('comment', 'note.comment', 620, 60), box('c', 'x.box', 600, 0)] }
const shift = { a: { x: 0, y: 0 }, b: { x: 0, y: 300 }, c: { x: 900, y: 900 } } as Readonly<Record<string, { x: number; y: number }>>
const laidOut: Topology = { ...before, nodes: withoutNotes(before).nodes.map(node => ({ ...node, at: shift[node.id]! })) }

describe('notes in a layout', () => {
  it('are left out of it, and come back in their place of the document', () => {
    expect(withoutNotes(before).nodes.map(node => node.id)).toEqual(['a', 'b', 'c'])
    expect(withNotes(catalogue, before, laidOut).nodes.map(node => node.id)).toEqual(before.nodes.map(node => node.id))
  })

  it('stand around what was in them, and beside what they were beside', () => {
    const after = new Map(withNotes(catalogue, before, laidOut).nodes.map(node => [node.id, node]))
    expect(after.get('group')).toMatchObject({ at: { x: -24, y: -40 }, size: { width: 148, height: 414 } })
    expect(after.get('comment')!.at).toEqual({ x: 920, y: 960 })
  })
})
