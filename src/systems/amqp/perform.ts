import type { Broker } from './broker.ts'
import type { ServerChannel } from './connection.ts'
import { consume, get, startConsumer } from './consuming.ts'
import type { Control, Reply } from './control.ts'
import { checkOwner, declareExchange, declareQueue, queueOf, readyOf } from './declare.ts'
import { Exchange, type Binding } from './exchange.ts'
import { nameOf } from './drawn.ts'
import type { Right } from './permissions.ts'
import type { AnyQueue } from './queue.ts'
import { accessRefused, notFound, notImplemented, preconditionFailed } from './refused.ts'
import { StreamQueue } from './stream-queue.ts'

type Asked<V extends Control['verb']> = Extract<Control, { verb: V }>

/** Performs a synchronous method; a refusal is thrown. Null: what was to be said has been said. */
export function perform(broker: Broker, channel: ServerChannel, control: Control): Reply | null {
  switch (control.verb) {
    case 'declare-drawn':
      return declareDrawn(broker, channel, control)
    case 'consume-drawn': {
      const queue = broker.objects.queueOfNode.get(control.node)
      if (queue) checkRight(broker, channel, 'read', queue)
      if (queue) startConsumer(channel, queue, { ...control, number: control.consumer, tag: String(control.consumer) }, () => {})
      return null
    }
    case 'declare-exchange':
      return declareExchange(broker, channel, control)
    case 'declare-queue':
      return declareQueue(broker, channel, control)
    case 'delete-exchange':
      return deleteExchange(broker, channel, control)
    case 'delete-queue':
      return deleteQueue(broker, channel, control)
    case 'purge':
      return purge(broker, channel, control)
    case 'bind-queue':
    case 'unbind-queue':
      return bindQueue(broker, channel, control)
    case 'bind-exchange':
    case 'unbind-exchange':
      return bindExchange(broker, channel, control)
    case 'qos':
      return limitWindow(channel, control)
    case 'consume':
      return consume(broker, channel, control)
    case 'cancel':
      return cancel(broker, channel, control)
    case 'get':
      return get(broker, channel, control)
    case 'recover':
      broker.giveBackAll(channel, control.requeue)
      return { reply: 'ok', to: control.verb }
    case 'confirm':
      channel.publishNo = Math.max(0, channel.publishNo)
      return { reply: 'ok', to: control.verb }
    case 'close':
      broker.closeChannel(channel)
      return { reply: 'ok', to: control.verb }
  }
}

function declareDrawn(broker: Broker, channel: ServerChannel, control: Asked<'declare-drawn'>): null {
  const node = broker.objects.drawnNodes.get(control.node)
  if (!node) return null
  // What is there is only looked for; what a client makes it must be allowed to make.
  if (!broker.objects.exists(node)) checkRight(broker, channel, 'configure', { name: nameOf(node), node })
  const object = broker.objects.declareDrawn(node, channel.connection)
  if (!(object instanceof Exchange)) {
    checkOwner(object, channel)
    object.touch()
  }
  broker.objects.bindAll()
  return null
}

/** Claim amqp.access.refused. */
function checkRight(broker: Broker, channel: ServerChannel, right: Right, { name, node }: Pick<AnyQueue, 'name' | 'node'>): void {
  broker.objects.permissions.check({ user: channel.connection.user, virtualHost: channel.virtualHost, right, what: node.type === 'amqp.exchange' ? 'exchange' : 'queue', name })
}

function deleteExchange(broker: Broker, channel: ServerChannel, control: Asked<'delete-exchange'>): Reply {
  const { objects } = broker
  const { virtualHost } = channel
  if (control.name === '') throw accessRefused('operation not permitted on the default exchange')
  if (objects.isPredeclared(control.name)) throw accessRefused(`deletion of system exchange '${control.name}' in vhost '${virtualHost}' not allowed`)
  const exchange = objects.findExchange(virtualHost, control.name)
  if (exchange && control.ifUnused && exchange.bindings.length > 0) throw preconditionFailed(`exchange '${control.name}' in vhost '${virtualHost}' in use`)
  if (exchange) objects.forgetExchange(exchange)
  return { reply: 'ok', to: control.verb }
}

/** Claim amqp.delete.conditional. */
function deleteQueue(broker: Broker, channel: ServerChannel, control: Asked<'delete-queue'>): Reply {
  const { virtualHost } = channel
  const name = control.name === '' ? channel.lastQueue : control.name
  const queue = broker.objects.findQueue(virtualHost, name)
  if (!queue) return { reply: 'ok', to: control.verb, messageCount: 0 }
  checkOwner(queue, channel)
  if (queue instanceof StreamQueue) {
    // It asks for no conditions, and counts nothing.
    broker.deleteQueue(queue)
    return { reply: 'ok', to: control.verb, messageCount: 0 }
  }
  if (queue.isQuorum && (control.ifUnused || control.ifEmpty)) throw notImplemented(`cannot delete queue '${name}' in vhost '${virtualHost}'. queue.delete operations with ${control.ifUnused ? 'if-unused' : 'if-empty'} flag set are not supported by quorum queues`)
  const messageCount = readyOf(queue)
  if (control.ifUnused && queue.consumers.length > 0) throw preconditionFailed(`queue '${name}' in vhost '${virtualHost}' in use`)
  if (control.ifEmpty && messageCount > 0) throw preconditionFailed(`queue '${name}' in vhost '${virtualHost}' not empty`)
  broker.deleteQueue(queue)
  return { reply: 'ok', to: control.verb, messageCount }
}

function purge(broker: Broker, channel: ServerChannel, control: Asked<'purge'>): Reply {
  const queue = queueOf(broker, channel, control.name)
  if (queue instanceof StreamQueue) throw notImplemented(`queue.purge not supported by stream queues queue '${queue.name}' in vhost '${channel.virtualHost}'`)
  return { reply: 'ok', to: control.verb, messageCount: queue.purge() }
}

function bindQueue(broker: Broker, channel: ServerChannel, control: Asked<'bind-queue' | 'unbind-queue'>): Reply {
  const { objects } = broker
  const name = control.queue === '' ? channel.lastQueue : control.queue
  const like = { key: control.routingKey, arguments: control.arguments }
  if (control.verb === 'bind-queue') return bind(broker, control.verb, boundExchange(broker, channel, control.exchange), { ...like, to: queueOf(broker, channel, name) })
  if (control.exchange === '') throw accessRefused('operation not permitted on the default exchange')
  const exchange = objects.findExchange(channel.virtualHost, control.exchange)
  const queue = objects.findQueue(channel.virtualHost, name)
  // Claim amqp.delete.missing: unbinding what does not exist succeeds, and nobody asks whose queue it is.
  if (!exchange || !queue || !exchange.find({ ...like, to: queue })) return { reply: 'ok', to: control.verb }
  checkOwner(queue, channel)
  return unbind(broker, control.verb, exchange, { ...like, to: queue })
}

function bindExchange(broker: Broker, channel: ServerChannel, control: Asked<'bind-exchange' | 'unbind-exchange'>): Reply {
  const { objects } = broker
  const missing = [control.source, control.destination].some(name => name !== '' && !objects.findExchange(channel.virtualHost, name))
  if (control.verb === 'unbind-exchange' && missing) return { reply: 'ok', to: control.verb }
  const source = boundExchange(broker, channel, control.source)
  const destination = boundExchange(broker, channel, control.destination)
  const like = { to: destination, key: control.routingKey, arguments: control.arguments }
  return control.verb === 'bind-exchange' ? bind(broker, control.verb, source, like) : unbind(broker, control.verb, source, like)
}

type Like = Pick<Binding, 'to' | 'key' | 'arguments'>

function bind(broker: Broker, verb: Control['verb'], exchange: Exchange, like: Like): Reply {
  const match = like.arguments['x-match']
  // Claim amqp.headers.invalid.
  if (exchange.flags.type === 'headers' && match !== undefined && !['all', 'any', 'all-with-x', 'any-with-x'].includes(String(match))) throw preconditionFailed(`Invalid x-match field value ${JSON.stringify(match)}; expected all, any, all-with-x, or any-with-x`)
  exchange.bind({ ...like, via: null })
  broker.objects.version += 1
  return { reply: 'ok', to: verb }
}

function unbind(broker: Broker, verb: Control['verb'], exchange: Exchange, like: Like): Reply {
  const binding = exchange.find(like)
  if (binding) {
    exchange.bindings = exchange.bindings.filter(one => one !== binding)
    broker.objects.afterUnbind(exchange)
  }
  return { reply: 'ok', to: verb }
}

function boundExchange(broker: Broker, channel: ServerChannel, name: string): Exchange {
  if (name === '') throw accessRefused('operation not permitted on the default exchange')
  const exchange = broker.objects.findExchange(channel.virtualHost, name)
  if (!exchange) throw notFound('exchange', name, channel.virtualHost)
  return exchange
}

/** Claims amqp.prefetch.later and amqp.prefetch.global-undone: a later limit per consumer removes the channel's own. */
function limitWindow(channel: ServerChannel, control: Asked<'qos'>): Reply {
  if (control.global) channel.globalLimit = control.count
  else {
    channel.prefetch = control.count
    channel.globalLimit = 0
  }
  channel.windowOpened()
  return { reply: 'ok', to: control.verb }
}

function cancel(broker: Broker, channel: ServerChannel, control: Asked<'cancel'>): Reply {
  const consumer = channel.consumers.get(control.consumer)
  if (consumer) broker.cancelConsumer(consumer)
  else if (channel.replyConsumer?.number === control.consumer) broker.replies.unsubscribe(channel)
  return { reply: 'ok', to: control.verb }
}
