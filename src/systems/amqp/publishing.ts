import type { Handle, Headers } from '../../contract/message.ts'
import type { Broker } from './broker.ts'
import type { ServerChannel } from './connection.ts'
import { PUBLISH_IMMEDIATE, PUBLISH_MANDATORY, type PublishTarget } from './control.ts'
import { BCC_KEYS, FLAG_DIRECT, headersSeen, listOf } from './envelope.ts'
import type { Exchange } from './exchange.ts'
import type { Objects } from './objects.ts'
import { typeOf } from './arguments.ts'
import { nameOf } from './drawn.ts'
import { accessRefused, notFound, notImplemented, preconditionFailed } from './refused.ts'
import { isReplyAddress } from './reply-addresses.ts'

/** A message comes in over a channel: to what the channel is drawn to, or to an exchange by name. A refusal is thrown. */
export function publish(broker: Broker, channel: ServerChannel, message: Handle, target: PublishTarget | null, flags: number): void {
  if ((flags & PUBLISH_IMMEDIATE) !== 0) throw notImplemented('immediate=true')
  const { objects } = broker
  if (channel.drawnVersion !== objects.version) lookUpDrawn(objects, channel)
  if (target) checkWrite(objects, channel, target.exchange)
  const exchange = target ? exchangeNamed(broker, channel, target.exchange) : channel.drawnExchange
  const topics = target && exchange ? topicsOf(objects, channel, exchange) : channel.drawnTopics
  if (exchange?.flags.internal) throw accessRefused(`cannot publish to internal exchange '${exchange.name}' in vhost '${channel.virtualHost}'`)
  if (topics !== null && exchange) checkTopic(objects, channel, exchange, topics, message)
  check(broker, channel, message)
  const number = channel.publishNo < 0 ? 0 : (channel.publishNo += 1)
  const mandatory = (flags & PUBLISH_MANDATORY) !== 0
  if (exchange) return toExchange(broker, channel, message, number, mandatory, exchange)
  if (target) return toDefault(broker, channel, message, number, mandatory)
  const queue = channel.drawnQueue
  if (queue !== null) {
    queue.node.messages.setFlag(message, FLAG_DIRECT)
    const accepted = queue.enqueue(message)
    if (number > 0) channel.confirmed(number, accepted)
    return
  }
  // Drawn, but not there now: the default exchange finds no queue of that name, or there is no such exchange.
  if (mandatory) giveBack(broker, channel, message, '')
  objects.drawnNodes.get(channel.drawnTo)?.discard(message, 'unroutable')
  if (number > 0) channel.confirmed(number, true)
}

function lookUpDrawn(objects: Objects, channel: ServerChannel): void {
  const drawn = objects.drawnNodes.get(channel.drawnTo)
  if (drawn && channel.wire.type === 'amqp.publish') checkWrite(objects, channel, drawn.type === 'amqp.exchange' ? nameOf(drawn) : '')
  channel.drawnVersion = objects.version
  channel.drawnQueue = objects.queueOfNode.get(channel.drawnTo) ?? null
  channel.drawnExchange = objects.exchangeOfNode.get(channel.drawnTo) ?? null
  channel.drawnTopics = channel.drawnExchange ? topicsOf(objects, channel, channel.drawnExchange) : null
}

function checkWrite(objects: Objects, { connection: { user }, virtualHost }: ServerChannel, name: string): void {
  objects.permissions.check({ user, virtualHost, right: 'write', what: 'exchange', name })
}

/** Claim amqp.access.topic: only a topic exchange asks. */
function topicsOf(objects: Objects, { connection: { user }, virtualHost }: ServerChannel, exchange: Exchange): RegExp | null {
  return exchange.flags.type === 'topic' ? objects.permissions.topicsOf(user, virtualHost, exchange.name) : null
}

function checkTopic(objects: Objects, channel: ServerChannel, exchange: Exchange, topics: RegExp, message: Handle): void {
  const key = objects.container.messages.key(message)
  if (!topics.test(key)) throw accessRefused(`access to topic '${key}' in exchange '${exchange.name}' in vhost '${channel.virtualHost}' refused for user '${channel.connection.user}'`)
}

/** `number` is that of the channel's confirms; 0 when nobody asks. */
function toExchange(broker: Broker, channel: ServerChannel, message: Handle, number: number, mandatory: boolean, exchange: Exchange): void {
  const { router } = broker
  const routes = exchange.routes(exchange.node.messages, message)
  router.arrive(exchange, message, routes)
  if (routes.length > 0) return router.send(exchange, message, routes, number === 0 ? 0 : broker.confirms.open(channel, number, routes.length))
  // Claims amqp.pub.confirm-return and amqp.pub.confirm-unroutable: back first, then acked.
  if (mandatory) giveBack(broker, channel, message, exchange.name)
  exchange.node.discard(message, 'unroutable')
  if (number > 0) channel.confirmed(number, true)
}

function toDefault(broker: Broker, channel: ServerChannel, message: Handle, number: number, mandatory: boolean): void {
  const { container } = broker.objects
  const { messages } = container
  const routes = broker.router.routes(null, channel.virtualHost, message)
  if (routes.length > 0) return broker.router.send(null, message, routes, number === 0 ? 0 : broker.confirms.open(channel, number, routes.length))
  // Claim amqp.reply.direct-mandatory: an address is no queue, so a mandatory reply comes back even when it is delivered.
  if (mandatory) giveBack(broker, channel, message, '')
  if (!isReplyAddress(messages.key(message)) || !broker.replies.deliver(messages, message)) container.discard(message, 'unroutable')
  if (number > 0) channel.confirmed(number, true)
}

function exchangeNamed(broker: Broker, channel: ServerChannel, name: string): Exchange | null {
  if (name === '') return null
  const exchange = broker.objects.findExchange(channel.virtualHost, name)
  if (!exchange) throw notFound('exchange', name, channel.virtualHost)
  return exchange
}

/** What RabbitMQ looks at in the properties and headers of what is published. */
function check(broker: Broker, channel: ServerChannel, message: Handle): void {
  const { container } = broker.objects
  const { messages } = container
  const properties = messages.properties(message)
  const headers = messages.headers(message)
  if (properties === channel.plainProperties && headers === channel.plainHeaders) return
  if (properties !== null) checkProperties(properties, channel.connection.user)
  const blind = headers === null ? undefined : checkKeys(headers)
  // Claim amqp.bcc: nobody reads it.
  if (blind !== undefined) container.amend(message, { headers: { BCC: undefined }, properties: { [BCC_KEYS]: listOf(blind) } })
  const address = broker.replies.amendmentFor(channel, properties)
  if (address !== null) container.amend(message, address)
  if (blind !== undefined || address !== null) return
  channel.plainProperties = properties
  channel.plainHeaders = headers
}

function checkProperties(properties: Readonly<Record<string, unknown>>, user: string): void {
  const userId = properties['userId']
  if (userId !== undefined && userId !== user) throw preconditionFailed(`user_id property set to '${String(userId)}' but authenticated user was '${user}'`)
  if (properties['expiration'] !== undefined) checkExpiration(String(properties['expiration']))
}

/** The BCC header, if there is one (claim amqp.cc.invalid). */
function checkKeys(headers: Headers): Headers[string] | undefined {
  for (const name of ['CC', 'BCC']) {
    const value = headers[name]
    if (value !== undefined && !Array.isArray(value)) throw preconditionFailed(`invalid message: {unacceptable_type_in_header,"${name}",${typeOf(value)}}`)
  }
  return headers['BCC']
}

/** Claim amqp.ttl.invalid. */
function checkExpiration(text: string): void {
  const number = /^[+-]?\d+/.exec(text)
  const says = number === null ? 'no_integer' : number[0].length < text.length ? `{leftover_string,"${text.slice(number[0].length)}"}` : Number(text) < 0 ? `{value_negative,${Number(text)}}` : null
  if (says !== null) throw preconditionFailed(`invalid expiration '${text}': ${says}`)
}

/** Claim amqp.pub.mandatory. */
function giveBack(broker: Broker, channel: ServerChannel, message: Handle, exchange: string): void {
  const { messages } = broker.objects.container
  channel.reply({ reply: 'returned', code: 312, text: 'NO_ROUTE', exchange, message: { key: messages.key(message), body: messages.body(message), headers: headersSeen(messages, message), properties: messages.properties(message) } })
}
