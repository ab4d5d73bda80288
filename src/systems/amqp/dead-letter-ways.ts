import type { NodeContext } from '../../contract/context.ts'
import type { Way } from '../../contract/way.ts'
import { declaredBy, nameOf } from './drawn.ts'
import type { Objects } from './objects.ts'

/**
 * Where dead letters of drawn queues go, though nobody has drawn a line for them: to the exchange that an argument or a policy names, or through the
 * default exchange to the queue that the dead-letter routing key names. Where each letter keeps its own key there, no line can say where it goes.
 */
export function deadLetterWays(objects: Objects): readonly Way[] {
  const drawn = [...objects.drawnNodes.values()]
  const find = (type: string, virtualHost: string, name: string): NodeContext | undefined => drawn.find(node => node.type === type && node.config()['virtualHost'] === virtualHost && nameOf(node) === name)
  return drawn.flatMap((queue): Way[] => {
    if (queue.type !== 'amqp.queue') return []
    const declared = declaredBy(queue)
    const { deadLetterExchange: exchange, deadLetterRoutingKey: key } = objects.settingsFor(declared)
    const to = exchange === null ? undefined : exchange !== '' ? find('amqp.exchange', declared.virtualHost, exchange) : key === null ? undefined : find('amqp.queue', declared.virtualHost, key)
    return to && to !== queue ? [{ from: queue, to, carries: 'dead letters' }] : []
  })
}
