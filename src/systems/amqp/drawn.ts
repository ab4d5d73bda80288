import type { NodeContext } from '../../contract/context.ts'
import type { Config } from '../../topology/document.ts'
import type { Declared } from './arguments.ts'
import { checkSame, checkSameExchange } from './declare.ts'
import type { Exchange, ExchangeFlags } from './exchange.ts'
import type { Objects } from './objects.ts'
import type { AnyQueue } from './queue.ts'
import { exchangeArguments, queueArguments } from './settings.ts'

/** The product's name of a drawn node. */
export function nameOf(node: NodeContext): string {
  const name = node.config()['name']
  return typeof name === 'string' && name !== '' ? name : node.label()
}

/** Queues that exist only while a client has declared them. */
export function needsClient(node: NodeContext): boolean {
  const config = node.config()
  return node.type === 'amqp.queue' && (config['exclusive'] === true || config['autoDelete'] === true)
}

/** What `queueArguments` would say of its type, without making them: asked many times a second. */
export function isStreamBySettings(node: NodeContext): boolean {
  const { queueType, arguments: raw } = node.config()
  return queueType === 'stream' || (queueType === 'classic' && (raw as Config)['x-queue-type'] === 'stream') // a record field: parsed
}

export function declaredBy(node: NodeContext): Declared {
  const config = node.config()
  return { name: nameOf(node), virtualHost: String(config['virtualHost']), durable: config['durable'] === true, exclusive: config['exclusive'] === true, autoDelete: config['autoDelete'] === true, arguments: queueArguments(config) }
}

export function exchangeFlags(config: Config): Omit<ExchangeFlags, 'alternate'> {
  return {
    type: String(config['exchangeType']),
    durable: config['durable'] === true,
    autoDelete: config['autoDelete'] === true,
    internal: config['internal'] === true,
    arguments: exchangeArguments(config),
  }
}

/** Another drawn node of the same name, declared alike; throws what RabbitMQ says to a second declaration that is not (claim amqp.drawn.inequivalent). */
export function twinOf(objects: Objects, node: NodeContext): AnyQueue | Exchange | null {
  const virtualHost = String(node.config()['virtualHost'])
  if (node.type === 'amqp.exchange') {
    const there = objects.findExchange(virtualHost, nameOf(node))
    if (there) checkSameExchange(there, exchangeFlags(node.config()))
    return there?.drawn === true ? there : null
  }
  const declared = declaredBy(node)
  const there = objects.findQueue(virtualHost, declared.name)
  if (there) checkSame(there, declared)
  return there?.drawn === true ? there : null
}
