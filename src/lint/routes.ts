import type { TopologyNode } from '../topology/document.ts'
import type { Finding } from './finding.ts'
import { bindFix } from './queues.ts'
import { bindingsFor, keysOf } from './routing.ts'
import type { View } from './view.ts'

/** What is published with a key that no binding takes is dropped without a word. */
export function routeless(view: View): readonly Finding[] {
  return view.of('amqp.exchange').flatMap(exchange => {
    // Another exchange takes what this one can't route.
    if (view.text(exchange, 'alternateExchange') !== '') return []
    return view.entering(exchange.id, 'amqp.publish').flatMap(channel => {
      const sender = view.node(channel.from)
      const keys = sender && keysOf(view, sender)
      if (!sender || !keys) return []
      const lost = keys.filter(key => bindingsFor(view, exchange, key)?.length === 0)
      return lost.length === 0 ? [] : [finding(view, exchange, sender, lost)]
    })
  })
}

function finding(view: View, exchange: TopologyNode, sender: TopologyNode, keys: readonly string[]): Finding {
  const bare = view.leaving(exchange.id, 'amqp.binding').length === 0
  const shown = keys.map(key => (key === '' ? 'the empty key' : `“${key}”`)).join(', ')
  const says = bare ? `${view.label(exchange.id)} has no binding: everything that ${view.label(sender.id)} publishes is dropped.` : `${view.label(exchange.id)} has no binding for ${shown}: what ${view.label(sender.id)} publishes with it is dropped.`
  const queues = view.of('amqp.queue').filter(queue => queue.within === exchange.within)
  const key = view.text(exchange, 'exchangeType') === 'fanout' ? '' : keys[0]!
  const fixes = queues.slice(0, 2).map(queue => ({ ...bindFix(view, exchange, queue, key), ...(key === '' ? { label: `Bind ${queue.label}` } : {}) }))
  return { code: 'exchange.no-route', severity: 'warning', says, part: exchange.id, fixes }
}
