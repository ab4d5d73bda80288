import { FLAG_REDELIVERED } from '../../contract/model.ts'
import type { Config } from '../../topology/document.ts'
import type { Broker } from './broker.ts'
import { Consumer, type ServerChannel } from './connection.ts'
import type { Control, Reply } from './control.ts'
import { Exchange } from './exchange.ts'
import type { Queue } from './queue.ts'

/** What a refused method does: it closes its channel, or the whole connection. */
export class Refused extends Error {
  readonly reply: Extract<Reply, { reply: 'error' }>
  constructor(code: number, name: string, text: string, scope: 'channel' | 'connection' = 'channel') {
    super(text)
    this.reply = { reply: 'error', scope, code, name, text }
  }
}

const notFound = (what: string, name: string, virtualHost: string): Refused => new Refused(404, 'NOT_FOUND', `NOT_FOUND - no ${what} '${name}' in vhost '${virtualHost}'`)

/** Performs a synchronous method and answers it; a refusal closes what AMQP says it closes. */
export function performControl(broker: Broker, channel: ServerChannel, control: Control): void {
  try {
    const reply = perform(broker, channel, control)
    if (reply) channel.reply(reply)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    channel.reply(error.reply)
    if (error.reply.scope === 'channel') broker.closeChannel(channel)
    else for (const one of [...channel.connection.channels]) broker.closeChannel(one)
  }
}

function perform(broker: Broker, channel: ServerChannel, control: Control): Reply | null {
  const { objects } = broker
  const { virtualHost } = channel
  switch (control.verb) {
    case 'declare-drawn': {
      const node = objects.drawnNodes.get(control.node)
      if (!node) return null
      const object = objects.declareDrawn(node, channel.connection)
      if (!(object instanceof Exchange)) checkOwner(object, channel)
      objects.bindAll()
      return null
    }
    case 'consume-drawn': {
      const queue = objects.queueOfNode.get(control.node)
      if (!queue) return null
      startConsumer(channel, queue, { number: control.consumer, prefetch: control.prefetch, noAck: control.noAck, exclusive: false })
      return null
    }
    case 'declare-exchange':
      return declareExchange(broker, channel, control)
    case 'declare-queue':
      return declareQueue(broker, channel, control)
    case 'delete-exchange': {
      const exchange = objects.findExchange(virtualHost, control.name)
      if (objects.isPredeclared(control.name)) throw new Refused(403, 'ACCESS_REFUSED', `ACCESS_REFUSED - operation not permitted on exchange '${control.name}'`)
      if (exchange && control.ifUnused && exchange.bindings.length > 0) throw new Refused(406, 'PRECONDITION_FAILED', `PRECONDITION_FAILED - exchange '${control.name}' in vhost '${virtualHost}' in use`)
      if (exchange) objects.forgetExchange(exchange)
      return { reply: 'ok', to: control.verb }
    }
    case 'delete-queue': {
      const queue = objects.findQueue(virtualHost, control.name)
      if (!queue) return { reply: 'ok', to: control.verb, messageCount: 0 }
      checkOwner(queue, channel)
      if (control.ifUnused && queue.consumers.length > 0) throw new Refused(406, 'PRECONDITION_FAILED', `PRECONDITION_FAILED - queue '${control.name}' in vhost '${virtualHost}' in use`)
      if (control.ifEmpty && queue.ready.count > 0) throw new Refused(406, 'PRECONDITION_FAILED', `PRECONDITION_FAILED - queue '${control.name}' in vhost '${virtualHost}' not empty`)
      const messageCount = queue.ready.count
      broker.deleteQueue(queue)
      return { reply: 'ok', to: control.verb, messageCount }
    }
    case 'purge': {
      const queue = queueOf(broker, channel, control.name)
      const messageCount = queue.ready.count
      queue.purge()
      return { reply: 'ok', to: control.verb, messageCount }
    }
    case 'bind-queue':
    case 'unbind-queue': {
      // Claim amqp.delete.missing: unbinding what does not exist succeeds.
      if (control.verb === 'unbind-queue' && control.exchange !== '' && !(objects.findExchange(virtualHost, control.exchange) && objects.findQueue(virtualHost, control.queue === '' ? channel.lastQueue : control.queue))) return { reply: 'ok', to: control.verb }
      const exchange = boundExchange(broker, channel, control.exchange)
      const queue = queueOf(broker, channel, control.queue)
      return changeBinding(broker, control.verb === 'bind-queue', exchange, { to: queue, key: control.routingKey, arguments: control.arguments }, control.verb)
    }
    case 'bind-exchange':
    case 'unbind-exchange': {
      const source = boundExchange(broker, channel, control.source)
      const destination = boundExchange(broker, channel, control.destination)
      return changeBinding(broker, control.verb === 'bind-exchange', source, { to: destination, key: control.routingKey, arguments: control.arguments }, control.verb)
    }
    case 'qos':
      // Claim amqp.prefetch.global-undone: a later limit per consumer removes the channel's own.
      if (control.global) channel.globalLimit = control.count
      else {
        channel.prefetch = control.count
        channel.globalLimit = 0
      }
      return { reply: 'ok', to: control.verb }
    case 'consume':
      return consume(broker, channel, control)
    case 'cancel': {
      const consumer = channel.consumers.get(control.consumer)
      if (consumer) broker.cancelConsumer(consumer)
      return { reply: 'ok', to: control.verb }
    }
    case 'get':
      return get(broker, channel, control)
    case 'recover': {
      const queues = new Set<Queue>()
      for (const { queue, message } of channel.settleMany(0) ?? []) {
        queue.requeue(message)
        queues.add(queue)
      }
      for (const queue of queues) queue.pump()
      return { reply: 'ok', to: control.verb }
    }
    case 'confirm':
      channel.publishNo = Math.max(0, channel.publishNo)
      return { reply: 'ok', to: control.verb }
    case 'close':
      broker.closeChannel(channel)
      return { reply: 'ok', to: control.verb }
  }
}

function declareExchange(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'declare-exchange' }>): Reply {
  const { objects } = broker
  const { virtualHost } = channel
  const there = objects.findExchange(virtualHost, control.name)
  if (control.passive) {
    if (!there) throw notFound('exchange', control.name, virtualHost)
    return { reply: 'ok', to: control.verb }
  }
  if (!['direct', 'fanout', 'topic', 'headers'].includes(control.type)) throw new Refused(503, 'COMMAND_INVALID', `COMMAND_INVALID - unknown exchange type '${control.type}'`, 'connection')
  if (!there) {
    if (control.name.startsWith('amq.')) throw new Refused(403, 'ACCESS_REFUSED', `ACCESS_REFUSED - exchange name '${control.name}' contains reserved prefix 'amq.*'`)
    const { type, durable, autoDelete, internal } = control
    objects.addExchange({ virtualHost, name: control.name, flags: { type, durable, autoDelete, internal, arguments: control.arguments }, node: null })
    return { reply: 'ok', to: control.verb }
  }
  const { flags } = there
  if (flags.type !== control.type || flags.durable !== control.durable || flags.autoDelete !== control.autoDelete || flags.internal !== control.internal)
    throw new Refused(406, 'PRECONDITION_FAILED', `PRECONDITION_FAILED - inequivalent arg for exchange '${control.name}' in vhost '${virtualHost}'`)
  return { reply: 'ok', to: control.verb }
}

function declareQueue(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'declare-queue' }>): Reply {
  const { objects } = broker
  const { virtualHost } = channel
  const name = control.name === '' && !control.passive ? broker.newQueueName() : control.name === '' ? channel.lastQueue : control.name
  const there = objects.findQueue(virtualHost, name)
  if (control.passive && !there) throw notFound('queue', name, virtualHost)
  if (!there) {
    if (control.name.startsWith('amq.')) throw new Refused(403, 'ACCESS_REFUSED', `ACCESS_REFUSED - queue name '${name}' contains reserved prefix 'amq.*'`)
    const { durable, exclusive, autoDelete } = control
    objects.addQueue({ virtualHost, name, flags: { durable, exclusive, autoDelete }, node: null, owner: exclusive ? channel.connection : null })
    channel.lastQueue = name
    return { reply: 'ok', to: control.verb, name, messageCount: 0, consumerCount: 0 }
  }
  checkOwner(there, channel)
  if (!control.passive) {
    const { flags } = there
    if (flags.exclusive !== control.exclusive) throw new Refused(405, 'RESOURCE_LOCKED', `RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '${name}' in vhost '${virtualHost}'`)
    if (flags.durable !== control.durable || flags.autoDelete !== control.autoDelete)
      throw new Refused(406, 'PRECONDITION_FAILED', `PRECONDITION_FAILED - inequivalent arg for queue '${name}' in vhost '${virtualHost}'`)
  }
  channel.lastQueue = name
  return { reply: 'ok', to: control.verb, name, messageCount: there.ready.count, consumerCount: there.consumers.length }
}

function consume(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'consume' }>): null {
  const queue = queueOf(broker, channel, control.queue)
  const taken = queue.consumers.some(one => one.exclusive) || (control.exclusive && queue.consumers.length > 0)
  if (taken) throw new Refused(403, 'ACCESS_REFUSED', `ACCESS_REFUSED - queue '${queue.name}' in vhost '${channel.virtualHost}' in exclusive use`)
  // The answer goes out before the first delivery does.
  channel.reply({ reply: 'ok', to: control.verb })
  startConsumer(channel, queue, { number: control.consumer, prefetch: channel.prefetch, noAck: control.noAck, exclusive: control.exclusive })
  return null
}

function startConsumer(channel: ServerChannel, queue: Queue, options: { number: number; prefetch: number; noAck: boolean; exclusive: boolean }): void {
  const consumer = new Consumer({ channel, queue, ...options })
  channel.consumers.set(options.number, consumer)
  queue.addConsumer(consumer)
  queue.pump()
}

function get(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'get' }>): Reply {
  const queue = queueOf(broker, channel, control.queue)
  if (queue.ready.count === 0) return { reply: 'empty' }
  const message = queue.take(control.noAck)
  const { messages } = queue.node
  const redelivered = (messages.flags(message) & FLAG_REDELIVERED) !== 0
  const content = { key: messages.key(message), body: messages.body(message), properties: messages.properties(message) }
  const exchange = messages.text(messages.via(message))
  const tag = control.noAck ? 0 : channel.unacked.add(queue, message, null)
  if (control.noAck) queue.node.process(message)
  return { reply: 'got', tag, messageCount: queue.ready.count, exchange, redelivered, message: content }
}

function changeBinding(broker: Broker, add: boolean, exchange: Exchange, like: { to: Queue | Exchange; key: string; arguments: Config }, verb: Control['verb']): Reply {
  if (add) exchange.bind({ ...like, via: null })
  else {
    const binding = exchange.find(like)
    if (binding) {
      exchange.bindings = exchange.bindings.filter(one => one !== binding)
      broker.objects.afterUnbind(exchange)
    }
  }
  broker.objects.version += 1
  return { reply: 'ok', to: verb }
}

function queueOf(broker: Broker, channel: ServerChannel, name: string): Queue {
  const wanted = name === '' ? channel.lastQueue : name
  const queue = broker.objects.findQueue(channel.virtualHost, wanted)
  if (!queue) throw notFound('queue', wanted, channel.virtualHost)
  checkOwner(queue, channel)
  return queue
}

function boundExchange(broker: Broker, channel: ServerChannel, name: string): Exchange {
  if (name === '') throw new Refused(403, 'ACCESS_REFUSED', 'ACCESS_REFUSED - operation not permitted on the default exchange')
  const exchange = broker.objects.findExchange(channel.virtualHost, name)
  if (!exchange) throw notFound('exchange', name, channel.virtualHost)
  return exchange
}

/** Claim amqp.queue.exclusive. */
function checkOwner(queue: Queue, channel: ServerChannel): void {
  if (queue.flags.exclusive && queue.owner && queue.owner !== channel.connection)
    throw new Refused(405, 'RESOURCE_LOCKED', `RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '${queue.name}' in vhost '${channel.virtualHost}'`)
}
