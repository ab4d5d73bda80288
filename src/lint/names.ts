import type { Edit } from '../topology/edit.ts'
import type { TopologyNode } from '../topology/document.ts'
import type { Finding, Fix } from './finding.ts'
import type { View } from './view.ts'

const KINDS = [
  { type: 'amqp.queue', what: 'queue' },
  { type: 'amqp.exchange', what: 'exchange' },
]

/** Queues and exchanges of one name: for RabbitMQ they are one, or the second is refused. */
export function namedTwice(view: View): readonly Finding[] {
  return KINDS.flatMap(({ type, what }) => {
    const first = new Map<string, TopologyNode>()
    return view.of(type).flatMap((node): readonly Finding[] => {
      const key = JSON.stringify([node.within, view.text(node, 'virtualHost'), view.name(node)])
      const twin = first.get(key)
      if (!twin) {
        first.set(key, node)
        return []
      }
      const both = `${view.label(twin.id)} and ${view.label(node.id)} are both called “${view.name(node)}”`
      const alike = isAlike(view, twin, node)
      const says = alike ? `${both}: in RabbitMQ that is one ${what}, drawn twice. What goes to one is in both.` : `${both} and are declared differently: RabbitMQ refuses the second with 406 PRECONDITION_FAILED.`
      return [{ code: 'name.twice', severity: alike ? 'info' : 'warning', says, part: node.id, fixes: [renameFix(view, node), mergeFix(view, twin, node)] }]
    })
  })
}

function isAlike(view: View, twin: TopologyNode, node: TopologyNode): boolean {
  const fields = view.kind(node.id)?.fields ?? []
  return fields.every(({ id }) => id === 'name' || JSON.stringify(view.value(twin, id)) === JSON.stringify(view.value(node, id)))
}

function renameFix(view: View, node: TopologyNode): Fix {
  const name = freeName(view, node)
  return { label: `Call the second “${name}”`, title: `name of ${node.label}`, edits: [{ edit: 'configure', of: 'node', id: node.id, config: { ...node.config, name } }] }
}

function freeName(view: View, node: TopologyNode): string {
  const taken = new Set(view.of(node.type).map(one => view.name(one)))
  const stem = view.name(node)
  let name = stem
  for (let n = 2; taken.has(name); n += 1) name = `${stem}-${n}`
  return name
}

/** The lines of the second are led to the first; those that the first has already are left out. */
function mergeFix(view: View, twin: TopologyNode, node: TopologyNode): Fix {
  const edits: Edit[] = []
  const dropped: string[] = []
  const there = new Set(view.topology.channels.map(channel => JSON.stringify([channel.type, channel.from, channel.to, label(view, channel)])))
  for (const channel of view.topology.channels.filter(one => one.from === node.id || one.to === node.id)) {
    const from = channel.from === node.id ? twin.id : channel.from
    const to = channel.to === node.id ? twin.id : channel.to
    const key = JSON.stringify([channel.type, from, to, label(view, channel)])
    if (there.has(key)) dropped.push(channel.id)
    else edits.push({ edit: 'reconnect', channel: channel.id, from, to })
    there.add(key)
  }
  return { label: `Draw it once, as ${view.label(twin.id)}`, title: `merging of ${node.label}`, edits: [...edits, { edit: 'remove', nodes: [node.id], channels: dropped }] }
}

/** What tells parallel lines apart: a binding's key and arguments. */
function label(view: View, channel: Parameters<View['value']>[0]): unknown {
  return [view.value(channel, 'routingKey'), view.value(channel, 'arguments')]
}
