import type { Channel, NodeId } from '../topology/document.ts'
import type { Finding } from './finding.ts'
import type { View } from './view.ts'

/** Parts that no message can ever get to, and those that stand alone. */
export function unreachable(view: View): readonly Finding[] {
  const reached = reachedFromSenders(view)
  return view.topology.nodes.flatMap((node): readonly Finding[] => {
    const kind = view.kind(node.id)
    if (!kind || kind.form === 'container') return []
    const joined = view.leaving(node.id).length + view.entering(node.id).length > 0
    const remove = { label: 'Delete it', title: `deletion of ${node.label}`, edits: [{ edit: 'remove', nodes: [node.id], channels: [] }] } as const
    if (!joined && kind.can.length > 0) return [{ code: 'node.alone', severity: 'info', says: `${view.label(node.id)} is not connected to anything.`, part: node.id, fixes: [remove] }]
    const takes = kind.can.includes('receive') || kind.can.includes('reply')
    if (!joined || !takes || reached.has(node.id)) return []
    return [{ code: 'node.unreachable', severity: 'warning', says: `Nothing that sends leads to ${view.label(node.id)}: it never gets a message.`, part: node.id, fixes: [] }]
  })
}

/** Ways on which what was sent once can come back for ever. One finding a way. */
export function cycles(view: View): readonly Finding[] {
  const found: Finding[] = []
  const done = new Set<NodeId>()
  const walk = (id: NodeId, path: readonly NodeId[]): void => {
    const at = path.indexOf(id)
    if (at >= 0) {
      const way = path.slice(at)
      // Requests and replies go round as they should; a broker is in what goes round unmeant.
      if (way.some(one => view.kind(one)?.within !== undefined) && !way.some(one => asks(view, one))) found.push(loop(view, way))
      return
    }
    if (done.has(id)) return
    for (const channel of view.leaving(id)) if (carriesOn(view, channel)) walk(channel.to, [...path, id])
    done.add(id)
  }
  for (const node of view.topology.nodes) walk(node.id, [])
  return found
}

function loop(view: View, way: readonly NodeId[]): Finding {
  const names = [...way, way[0]!].map(id => view.label(id)).join(' → ')
  return { code: 'cycle', severity: 'info', says: `Messages can go round and round: ${names}.`, part: way[0]!, fixes: [] }
}

function asks(view: View, id: NodeId): boolean {
  const can = view.kind(id)?.can ?? []
  return can.includes('request') || can.includes('reply') || can.includes('converse') || can.includes('serve')
}

function carriesOn(view: View, channel: Channel): boolean {
  return view.catalogue.channel(channel.type)?.carries === 'forward'
}

/** Everything that messages can get to, along channels as they carry, from whatever makes messages. */
function reachedFromSenders(view: View): ReadonlySet<NodeId> {
  const makes = (id: NodeId): boolean => {
    const can = view.kind(id)?.can ?? []
    // What only passes on what it gets makes nothing of its own.
    const passes = can.includes('receive') || can.includes('reply')
    return !passes && (can.includes('send') || can.includes('converse') || can.includes('request') || can.includes('serve'))
  }
  const reached = new Set(view.topology.nodes.map(node => node.id).filter(makes))
  for (const node of view.topology.nodes) if (view.kind(node.id)?.sends === true || view.kind(node.id) === undefined) reached.add(node.id)
  for (const id of reached) {
    for (const channel of view.leaving(id)) if (view.catalogue.channel(channel.type)?.carries !== 'backward') reached.add(channel.to)
    for (const channel of view.entering(id)) if (view.catalogue.channel(channel.type)?.carries !== 'forward') reached.add(channel.from)
    // Dead letters and alternate exchanges need no line.
    for (const target of named(view, id)) reached.add(target)
  }
  return reached
}

/** Exchanges that a queue or an exchange names without a line being drawn to them, and the queues behind the default exchange. */
export function named(view: View, id: NodeId): readonly NodeId[] {
  const node = view.node(id)
  if (!node) return []
  const exchange = node.type === 'amqp.queue' ? view.text(node, 'deadLetterExchange') : node.type === 'amqp.exchange' ? view.text(node, 'alternateExchange') : ''
  if (exchange === '') return []
  const beside = view.topology.nodes.filter(other => other.within === node.within)
  const wanted = exchange === '(default)' ? view.text(node, 'deadLetterRoutingKey') : exchange
  const type = exchange === '(default)' ? 'amqp.queue' : 'amqp.exchange'
  return beside.filter(other => other.type === type && view.name(other) === wanted).map(other => other.id)
}
