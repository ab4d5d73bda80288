import { describe, expect, it } from 'vitest'
import { catalogueOf } from '../contract/manifest.ts'
import { manifest } from '../contract/notes.ts'
import { emptyTopology, type Topology, type TopologyNode } from '../topology/document.ts'
import { frameAround, membersOf, withMembers } from './groups.ts'
import { boxesOf } from './node-sizes.ts'

const catalogue = catalogueOf([manifest])
const box = (id: string, type: string, x: number, y: number, width: number, height: number, within?: string): TopologyNode => ({ id, type, label: id, at: { x, y }, size: { width, height }, config: {}, ...(within === undefined ? {} : { within }) })
const topology: Topology = { ...emptyTopology(), nodes: [box('group', 'note.group', 0, 0, 400, 300), box('in', 'x.box', 20, 40, 100, 50), box('home', 'x.box', 150, 40, 200, 200), box('child', 'x.box', 10, 10, 50, 50, 'home'), box('half', 'x.box', 350, 10, 100, 50)] }

describe('groups', () => {
  it('have what stands wholly inside, and leave members of containers to these', () => {
    expect(membersOf(topology, boxesOf(catalogue, topology), 'group')).toEqual(['in', 'home'])
  })

  it('take what is in them along, but not when only their frame changes', () => {
    const moved = withMembers(catalogue, topology, [{ id: 'group', at: { x: 30, y: -10 }, size: { width: 400, height: 300 } }])
    expect(moved.map(place => [place.id, place.at])).toEqual([['group', { x: 30, y: -10 }], ['in', { x: 50, y: 30 }], ['home', { x: 180, y: 30 }]])
    const resized = [{ id: 'group', at: { x: 30, y: 0 }, size: { width: 370, height: 300 } }]
    expect(withMembers(catalogue, topology, resized)).toEqual(resized)
  })

  it('move what is dragged by itself only once', () => {
    const places = [{ id: 'group', at: { x: 10, y: 0 } }, { id: 'in', at: { x: 30, y: 40 } }]
    expect(withMembers(catalogue, topology, places).filter(place => place.id === 'in')).toHaveLength(1)
  })

  it('are put around what was chosen, so that all of it stands inside', () => {
    const frame = frameAround([{ x: 100, y: 100, width: 50, height: 50 }, { x: 300, y: 50, width: 10, height: 10 }])
    expect(frame).toEqual({ at: { x: 76, y: 10 }, size: { width: 258, height: 164 } })
  })
})
