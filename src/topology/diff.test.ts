import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editsBetween } from './diff.ts'
import { emptyTopology, type Channel, type Topology, type TopologyNode } from './document.ts'
import { applyEdits } from './edit.ts'

const ids = ['a', 'b', 'c', 'd']
const node = fc.record({ type: fc.constantFrom('x.one', 'x.two'), label: fc.constantFrom('p', 'q'), x: fc.constantFrom(0, 10), wide: fc.boolean(), limit: fc.constantFrom(null, 1, 'one'), keys: fc.subarray(['k', 'l']) })
const channel = fc.record({ from: fc.nat(3), to: fc.nat(3), type: fc.constantFrom('x.pipe', 'x.wire'), prefetch: fc.constantFrom(0, 5) })
/** Small topologies over the same few ids, so that most pairs share parts and differ in others. */
const topologies = fc.record({ title: fc.constantFrom('t', 'u'), seed: fc.constantFrom(1, 2), nodes: fc.dictionary(fc.constantFrom(...ids), node, { minKeys: 1 }), channels: fc.dictionary(fc.constantFrom('e', 'f', 'g'), channel) }).map((drawn): Topology => {
  const nodes = Object.entries(drawn.nodes).map(([id, { type, label, x, wide, limit, keys }]): TopologyNode => ({ id, type, label, at: { x, y: 0 }, config: { limit, keys }, ...(wide ? { size: { width: 10, height: 10 } } : {}) }))
  const channels = Object.entries(drawn.channels).map(([id, { from, to, type, prefetch }]): Channel => ({ id, type, from: nodes[from % nodes.length]!.id, to: nodes[to % nodes.length]!.id, config: { prefetch } }))
  return { ...emptyTopology(drawn.title), seed: drawn.seed, nodes, channels }
})
const sorted = (topology: Topology) => ({ ...topology, nodes: topology.nodes.toSorted((a, b) => a.id.localeCompare(b.id)), channels: topology.channels.toSorted((a, b) => a.id.localeCompare(b.id)) })

describe('differences of topologies', () => {
  it('are edits that lead from one to the other, and back by their inverse', () => {
    fc.assert(
      fc.property(topologies, topologies, (before, after) => {
        const there = applyEdits(before, editsBetween(before, after))
        expect(sorted(there.topology)).toEqual(sorted(after))
        expect(applyEdits(there.topology, there.inverse).topology).toEqual(before)
        expect(editsBetween(there.topology, after)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('are none where only the order of parts and fields differs', () => {
    const one: Topology = { ...emptyTopology(), nodes: ['a', 'b'].map(id => ({ id, type: 'x', label: id, at: { x: 0, y: 0 }, config: { first: [1, { deep: true }], second: 2 } })) }
    const other: Topology = { ...one, nodes: one.nodes.toReversed().map(item => ({ ...item, config: { second: 2, first: [1, { deep: true }] } })) }
    expect(editsBetween(one, other)).toEqual([])
  })

  it('touch only what differs', () => {
    const before: Topology = { ...emptyTopology(), nodes: ['a', 'b'].map(id => ({ id, type: 'x', label: id, at: { x: 0, y: 0 }, config: {} })) }
    const after: Topology = { ...before, nodes: [before.nodes[0]!, { ...before.nodes[1]!, config: { rate: 5 } }] }
    expect(editsBetween(before, after)).toEqual([{ edit: 'configure', of: 'node', id: 'b', config: { rate: 5 } }])
  })
})
