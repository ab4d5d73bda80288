import type { StoreApi } from 'zustand/vanilla'
import type { Catalogue } from '../contract/manifest.ts'
import type { Place } from '../topology/edit.ts'
import type { DocumentState, SessionState } from './app.ts'
import { GROUP } from '../contract/notes.ts'
import type { TopologyNode } from '../topology/document.ts'
import { arranged } from './arrange.ts'
import type { Commands } from './commands.ts'
import { settled } from './containers.ts'
import { frameAround } from './groups.ts'
import { layOut } from './lay-out.ts'
import { freeId } from './node-placing.ts'
import { boxesOf } from './node-sizes.ts'
import { withNotes, withoutNotes } from './notes-layout.ts'
import { showNodes } from './view.ts'

export interface ArrangeContext {
  readonly catalogue: Catalogue
  readonly document: StoreApi<DocumentState>
  readonly session: StoreApi<SessionState>
  readonly edit: Commands['edit']
  readonly announce: Commands['announce']
}

export function arrangeCommands({ catalogue, document, session, edit, announce }: ArrangeContext): Pick<Commands, 'arrange' | 'group' | 'layOut'> {
  return {
    arrange: how => {
      const { topology } = document.getState()
      const { nodes } = session.getState().selection
      const places = arranged(catalogue, topology, nodes, how)
      if (places.length === 0) return
      const what = how === 'across' || how === 'down' ? 'distribution' : 'alignment'
      edit(`${what} of ${nodes.length} nodes`, [{ edit: 'place', places: settled(catalogue, topology, places, { exact: true, stay: true }) }])
    },
    group: () => {
      const { topology } = document.getState()
      const { nodes } = session.getState().selection
      const boxes = boxesOf(catalogue, topology)
      const chosen = nodes.map(id => boxes.get(id)).filter(box => box !== undefined)
      if (chosen.length === 0) return
      const id = freeId(topology, GROUP)
      const group: TopologyNode = { id, type: GROUP, label: id.replace('-', ' '), ...frameAround(chosen), config: {} }
      // Behind what it is around: it comes first.
      edit(`grouping of ${nodes.length} node${nodes.length === 1 ? '' : 's'}`, [{ edit: 'add-nodes', nodes: [group], at: [0] }])
      session.setState({ selection: { nodes: [id], channels: [] } })
      announce(`Put a group around ${nodes.length} node${nodes.length === 1 ? '' : 's'}`)
    },
    layOut: async () => {
      const before = document.getState().topology
      const after = withNotes(catalogue, before, await layOut(withoutNotes(before), catalogue))
      // Whoever edited meanwhile wants that, not a layout of what was.
      if (document.getState().topology !== before) return
      const nodes = new Map(before.nodes.map(node => [node.id, node]))
      const places = after.nodes.flatMap((node): readonly Place[] => {
        const old = nodes.get(node.id)!
        const same = old.at.x === node.at.x && old.at.y === node.at.y && old.size?.width === node.size?.width && old.size?.height === node.size?.height
        return same ? [] : [{ id: node.id, at: node.at, size: node.size, within: node.within }]
      })
      if (places.length === 0) return announce('Everything stands as a layout would put it')
      edit('automatic layout', [{ edit: 'place', places }])
      announce('Laid out')
      requestAnimationFrame(() => showNodes())
    },
  }
}
