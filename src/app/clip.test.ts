import { describe, expect, it } from 'vitest'
import { catalogueOf, type NodeManifest } from '../contract/manifest.ts'
import { emptyTopology, type Topology, type TopologyNode } from '../topology/document.ts'
import { applyEdits } from '../topology/edit.ts'
import { clipOf, planPaste } from './clip.ts'

const kind = (type: string, form: NodeManifest['form'], within?: string): NodeManifest => ({ type, title: type, summary: '', icon: '', form, ...(within === undefined ? {} : { within }), can: [], fields: [], probes: [], headline: [], subtitle: '', docs: [] })
const catalogue = catalogueOf([{ family: 'toy', title: 'Toy', colour: 'pattern', terms: { key: 'key' }, channels: [], claims: [], nodes: [kind('toy.broker', 'container'), kind('toy.queue', 'tube', 'toy.broker'), kind('toy.app', 'card')] }])
const node = (type: string, id: string, x: number, y: number, within?: string): TopologyNode => ({ id, type, label: id, at: { x, y }, config: {}, ...(within === undefined ? {} : { within }) })
const shop: Topology = {
  ...emptyTopology(),
  nodes: [{ ...node('toy.broker', 'broker', 300, 100), size: { width: 300, height: 200 } }, node('toy.queue', 'orders', 40, 60, 'broker'), node('toy.app', 'worker 2', 700, 160)],
  channels: [
    { id: 'c', type: 'toy.consume', from: 'orders', to: 'worker 2', config: { prefetch: 5 } },
    { id: 'd', type: 'toy.consume', from: 'orders', to: 'orders', config: {} },
  ],
}
const paste = (into: Topology, selected: readonly string[], by = { x: 40, y: 40 }) => {
  const plan = planPaste(catalogue, into, clipOf(catalogue, shop, { nodes: selected, channels: [] }), { by })
  return { after: applyEdits(into, plan.edits).topology, tops: plan.tops }
}

describe('clips', () => {
  it('take the channels among what is copied, and give everything names of its own', () => {
    const { after, tops } = paste(shop, ['orders', 'worker 2'])
    const added = after.nodes.filter(one => tops.includes(one.id))
    expect(added.map(one => [one.type, one.label, one.within])).toEqual([['toy.queue', 'orders 2', 'broker'], ['toy.app', 'worker 3', undefined]])
    expect(after.channels.slice(2).map(channel => [tops.indexOf(channel.from), tops.indexOf(channel.to), channel.config])).toEqual([[0, 1, { prefetch: 5 }], [0, 0, {}]])
    expect(new Set([...after.nodes, ...after.channels].map(one => one.id)).size).toBe(after.nodes.length + after.channels.length)
  })

  it('count names on that a product would take for the same part again, where they would meet', () => {
    const called: Topology = { ...shop, nodes: shop.nodes.map(one => (one.id === 'orders' ? { ...one, config: { name: 'jobs', durable: false } } : one)) }
    const clip = clipOf(catalogue, called, { nodes: ['orders'], channels: [] })
    const pasted = (into: Topology): Topology => applyEdits(into, planPaste(catalogue, into, clip, { by: { x: 40, y: 40 } }).edits).topology
    const twice = pasted(pasted(called))
    expect(twice.nodes.slice(3).map(one => one.config)).toEqual([{ name: 'jobs-2', durable: false }, { name: 'jobs-3', durable: false }])
    // A broker of its own has names of its own.
    const whole = applyEdits(called, planPaste(catalogue, called, clipOf(catalogue, called, { nodes: ['broker'], channels: [] }), { by: { x: 600, y: 0 } }).edits).topology
    expect(whole.nodes.at(-1)!.config['name']).toBe('jobs')
  })

  it('keep what lives in a container beside its original, and grow the container around it', () => {
    const { after } = paste(shop, ['orders'], { x: 60, y: 90 })
    expect(after.nodes.at(-1)!.at).toEqual({ x: 100, y: 150 })
    expect(after.nodes[0]!.size!.height).toBeGreaterThan(200)
  })

  it('bring a container along where there is none of its kind', () => {
    const { after } = paste(emptyTopology(), ['orders', 'worker 2'], { x: 0, y: 0 })
    expect(after.nodes.map(one => one.type)).toEqual(['toy.broker', 'toy.queue', 'toy.app'])
    expect(after.nodes[1]).toMatchObject({ within: after.nodes[0]!.id, label: 'orders' })
  })

  it('go into a container that stands elsewhere, below what is in it', () => {
    const far: Topology = { ...emptyTopology(), nodes: [{ ...node('toy.broker', 'other', 5000, 5000), size: { width: 300, height: 200 } }, node('toy.queue', 'there', 40, 60, 'other')] }
    const { after } = paste(far, ['orders'], { x: 0, y: 0 })
    expect(after.nodes.at(-1)).toMatchObject({ within: 'other', at: { x: 20, y: 160 } })
  })

  it('copy a container with everything in it', () => {
    const { after, tops } = paste(shop, ['broker'])
    expect(tops).toHaveLength(1)
    expect(after.nodes.filter(one => one.within === tops[0]).map(one => [one.label, one.at])).toEqual([['orders 2', { x: 40, y: 60 }]])
  })
})
