import { topicMatches, topicWords } from '../messaging/topic-match.ts'
import type { Channel, NodeId, TopologyNode } from '../topology/document.ts'
import type { View } from './view.ts'

const PLACEHOLDER = /\{[^{}]*\}/

/** The keys that an application publishes with, one a line; undefined when they are only known while it runs. */
export function keysOf(view: View, node: TopologyNode): readonly string[] | undefined {
  if (view.value(node, 'key') === undefined || ['trace'].includes(view.text(node, 'arrival'))) return undefined
  // Who passes on what it got keeps its key where none is set.
  if (view.text(node, 'key') === '' && view.entering(node.id).length > 0) return undefined
  return view.text(node, 'key').split('\n')
}

/** The bindings of an exchange that a key goes along; undefined where that depends on more than the key is known to be. */
export function bindingsFor(view: View, exchange: TopologyNode, key: string): readonly Channel[] | undefined {
  const bindings = view.leaving(exchange.id, 'amqp.binding')
  switch (view.text(exchange, 'exchangeType')) {
    case 'fanout':
      return bindings
    case 'direct':
      return PLACEHOLDER.test(key) ? undefined : bindings.filter(binding => view.text(binding, 'routingKey') === key)
    case 'topic': {
      const words = topicWords(key.replace(new RegExp(PLACEHOLDER, 'g'), '0'))
      const found = bindings.filter(binding => topicMatches(topicWords(view.text(binding, 'routingKey')), words))
      // Another value of the placeholder might match what this one does not.
      return found.length === 0 && PLACEHOLDER.test(key) ? undefined : found
    }
    default:
      return undefined
  }
}

/** The queues that a key reaches from an exchange, through others too; undefined where that isn't known. */
export function queuesFor(view: View, exchange: TopologyNode, key: string, seen: ReadonlySet<NodeId> = new Set()): ReadonlySet<NodeId> | undefined {
  const found = new Set<NodeId>()
  if (seen.has(exchange.id)) return found
  const bindings = bindingsFor(view, exchange, key)
  if (!bindings) return undefined
  for (const binding of bindings) {
    const target = view.node(binding.to)
    if (target?.type === 'amqp.queue') found.add(target.id)
    if (target?.type !== 'amqp.exchange') continue
    const further = queuesFor(view, target, key, new Set([...seen, exchange.id]))
    if (!further) return undefined
    for (const queue of further) found.add(queue)
  }
  return found
}
