import { catalogueOf, type Catalogue, type FamilyManifest, type NodeForm, type NodeManifest } from '../../contract/manifest.ts'
import type { FieldSpec } from '../../contract/fields.ts'
import type { Channel, Topology, TopologyNode } from '../../topology/document.ts'

/** A family of its own for the tests of this folder: the canvas must know nothing of any real product. */

function kind(type: string, form: NodeForm, more: Partial<NodeManifest> = {}): NodeManifest {
  return { type, title: type, summary: '', icon: 'box', form, can: [], fields: [], probes: [], headline: [], subtitle: '', docs: [], ...more }
}

const flag = (id: string, value: boolean): FieldSpec => ({ id, label: id, help: '', type: 'toggle', default: value })

export const queueKind = kind('toy.queue', 'tube', {
  title: 'Queue',
  within: 'toy.broker',
  fields: [flag('durable', true), flag('exclusive', false), flag('autoDelete', false)],
  subtitle: '{durable?durable|transient}{exclusive? · exclusive|}{autoDelete? · auto-delete|}',
  probes: [
    { id: 'ready', title: 'Ready', kind: 'level', unit: 'messages' },
    { id: 'unacked', title: 'Unacked', kind: 'level', unit: 'messages' },
    { id: 'consumers', title: 'Consumers', kind: 'level', unit: 'consumers' },
  ],
  headline: ['ready'],
})

export const consumerKind = kind('toy.consumer', 'card', {
  title: 'Consumer',
  can: ['receive'],
  fields: [{ id: 'acknowledge', label: 'Acknowledge', help: '', type: 'choice', default: 'after', choices: [{ value: 'after', title: 'after the work' }, { value: 'before', title: 'before the work' }] }],
  subtitle: 'consumer · ack {acknowledge} work',
  probes: [{ id: 'processed', title: 'Processed', kind: 'counter', unit: 'messages' }],
  headline: ['processed'],
})

const family: FamilyManifest = {
  family: 'toy',
  title: 'Toy',
  colour: 'rabbitmq',
  terms: { key: 'key' },
  nodes: [kind('toy.broker', 'container', { title: 'Broker' }), kind('toy.exchange', 'hexagon', { within: 'toy.broker' }), queueKind, kind('toy.producer', 'card', { can: ['send'], sends: true }), consumerKind],
  channels: [
    { type: 'toy.binding', title: 'binding', summary: '', form: 'dashed', from: {}, to: {}, parallel: 'many', carries: 'forward', label: 'key', docs: [], fields: [{ id: 'key', label: 'Key', help: '', type: 'text', default: '', maxLength: 99 }] },
    { type: 'toy.link', title: 'link', summary: '', form: 'solid', from: {}, to: {}, parallel: 'many', carries: 'forward', docs: [], fields: [] },
  ],
  claims: [],
}

export const catalogue: Catalogue = catalogueOf([family])

export function node(id: string, type: string, x: number, y: number, more: Partial<TopologyNode> = {}): TopologyNode {
  return { id, type, label: id, at: { x, y }, config: {}, ...more }
}

export function channel(id: string, type: string, from: string, to: string, config: Channel['config'] = {}): Channel {
  return { id, type, from, to, config }
}

export function topology(nodes: readonly TopologyNode[], channels: readonly Channel[] = []): Topology {
  return { format: 1, title: 'test', seed: 1, nodes, channels }
}
