import type { Config } from '../../topology/document.ts'
import { checkQueue, checkSameQueue, compare, compareArgument, type Declared } from './arguments.ts'
import type { Broker } from './broker.ts'
import type { ServerChannel } from './connection.ts'
import type { Control, Reply } from './control.ts'
import type { Exchange } from './exchange.ts'
import type { AnyQueue } from './queue.ts'
import { StreamQueue } from './stream-queue.ts'
import { accessRefused, locked, notFound, preconditionFailed, Refused } from './refused.ts'
import { isReplyAddress } from './reply-addresses.ts'

const TYPES = ['direct', 'fanout', 'topic', 'headers']

export function declareExchange(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'declare-exchange' }>): Reply {
  const { objects } = broker
  const { virtualHost } = channel
  const { name } = control
  const there = objects.findExchange(virtualHost, name)
  if (control.passive) {
    if (name === '') throw accessRefused('operation not permitted on the default exchange')
    if (!there) throw notFound('exchange', name, virtualHost)
    return { reply: 'ok', to: control.verb }
  }
  if (!TYPES.includes(control.type)) throw new Refused(503, 'COMMAND_INVALID', `unknown exchange type '${control.type}'`, 'connection')
  if (name === '') throw accessRefused('operation not permitted on the default exchange')
  if (there) checkSameExchange(there, control)
  else {
    if (name.startsWith('amq.')) throw accessRefused(`exchange name '${name}' contains reserved prefix 'amq.*'`)
    const alternate = control.arguments['alternate-exchange']
    if (alternate !== undefined && typeof alternate !== 'string') throw preconditionFailed(`invalid arg 'alternate-exchange' for exchange '${name}' in vhost '${virtualHost}'`)
    const { type, durable, autoDelete, internal } = control
    objects.addExchange({ virtualHost, name, flags: { type, durable, autoDelete, internal, arguments: control.arguments }, node: null })
  }
  return { reply: 'ok', to: control.verb }
}

/** Claim amqp.declare.exchange-inequivalent. */
export function checkSameExchange(there: Exchange, asked: { readonly type: string; readonly durable: boolean; readonly autoDelete: boolean; readonly internal: boolean; readonly arguments: Config }): void {
  const where = `exchange '${there.name}' in vhost '${there.virtualHost}'`
  const { flags } = there
  compare('type', flags.type, asked.type, where)
  compare('durable', flags.durable, asked.durable, where)
  compare('auto_delete', flags.autoDelete, asked.autoDelete, where)
  compare('internal', flags.internal, asked.internal, where)
  compareArgument('alternate-exchange', flags.arguments, asked.arguments, where)
}

export function declareQueue(broker: Broker, channel: ServerChannel, control: Extract<Control, { verb: 'declare-queue' }>): Reply {
  const { objects } = broker
  const { virtualHost } = channel
  if (control.passive && isReplyAddress(control.name)) {
    if (!broker.replies.has(control.name)) throw notFound('queue', control.name, virtualHost)
    return { reply: 'ok', to: control.verb, name: control.name, messageCount: 0, consumerCount: 1 }
  }
  const made = control.name === '' && !control.passive
  const name = made ? broker.newQueueName() : control.name
  const there = objects.findQueue(virtualHost, name)
  const { durable, exclusive, autoDelete } = control
  const asked: Declared = { name, virtualHost, durable, exclusive, autoDelete, arguments: control.arguments }
  if (there) {
    checkOwner(there, channel)
    if (!control.passive) checkSame(there, asked)
    there.touch()
  } else {
    if (control.passive) throw notFound('queue', name, virtualHost)
    if (control.name.startsWith('amq.')) throw accessRefused(`queue name '${name}' contains reserved prefix 'amq.*'`)
    const kind = control.arguments['x-queue-type']
    if (made && (kind === 'quorum' || kind === 'stream')) throw preconditionFailed(`Cannot declare a server-named queue for type rabbit_${kind}_queue`)
    checkQueue(asked)
    objects.addQueue({ declared: asked, node: null, owner: exclusive ? channel.connection : null })
  }
  channel.lastQueue = name
  const queue = there ?? objects.findQueue(virtualHost, name)!
  return { reply: 'ok', to: control.verb, name, messageCount: readyOf(queue), consumerCount: queue.consumerCount }
}

export function checkSame(there: AnyQueue, asked: Declared): void {
  if (there.declared.exclusive !== asked.exclusive) throw locked(there.name, asked.virtualHost)
  checkSameQueue(there.declared, asked)
}

/** Claim amqp.queue.exclusive. */
export function checkOwner(queue: AnyQueue, channel: ServerChannel): void {
  if (queue.declared.exclusive && queue.owner !== null && queue.owner !== channel.connection) throw locked(queue.name, channel.virtualHost)
}

export function readyOf(queue: AnyQueue): number {
  return queue instanceof StreamQueue ? queue.length : queue.ready.count
}

export function queueOf(broker: Broker, channel: ServerChannel, name: string): AnyQueue {
  const wanted = name === '' ? channel.lastQueue : name
  const queue = broker.objects.findQueue(channel.virtualHost, wanted)
  if (!queue) throw notFound('queue', wanted, channel.virtualHost)
  checkOwner(queue, channel)
  return queue
}
