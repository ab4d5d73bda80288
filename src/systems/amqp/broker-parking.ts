import type { Handle } from '../../contract/message.ts'
import type { Bay, Parkable } from '../../contract/parking.ts'
import * as L from '../../machine/layout.ts'
import type { Broker } from './broker.ts'
import type { ServerChannel } from './connection.ts'
import type { Consumer } from './consumer.ts'
import { FLAG_DIRECT } from './envelope.ts'
import type { Exchange, Route } from './exchange.ts'
import { Queue } from './queue.ts'
import { isPlain, park, unpark } from './queue-parking.ts'

/** What of a broker the machine can carry: plain classic queues with their consumers, and exchanges whose ways are drawn to such. */
export class BrokerParking implements Parkable {
  readonly #broker: Broker
  #queues: Queue[] = []

  constructor(broker: Broker) {
    this.#broker = broker
  }

  weigh(bay: Bay): void {
    const { objects } = this.#broker
    if (!objects.container.isUp()) return
    for (const queue of objects.queues.values()) {
      const fits = bay.fits(queue) && queue instanceof Queue && isPlain(queue) && queue.consumers.every(consumer => isAlone(consumer) && bay.fits(consumer.channel.wire))
      if (!fits) bay.refuse(queue)
      for (const { channel } of queue.consumers) {
        if (fits) bay.vouch(channel.wire)
        else bay.refuse(channel.wire)
      }
    }
  }

  park(bay: Bay): void {
    const { objects } = this.#broker
    this.#queues = []
    if (!objects.container.isUp()) return
    for (const queue of objects.queues.values()) if (queue instanceof Queue && bay.fits(queue)) this.#queues.push(queue)
    for (const queue of this.#queues) {
      for (const consumer of queue.consumers) parkConsumer(bay, queue, consumer)
      park(bay, queue)
    }
    for (const exchange of objects.exchangeOfNode.values()) this.#parkExchange(bay, exchange)
    for (const channel of this.#broker.channels) this.#aimPublisher(bay, channel)
    for (const binding of objects.drawnBindings.values()) {
      const queue = objects.queueOfNode.get(binding.to)
      if (queue && bay.fits(queue) && bay.fits(binding)) aim(bay, bay.lane(binding, 'from'), { receiver: L.RECEIVER_BINDING, to: bay.at(queue, L.QUEUE_CELLS) })
    }
  }

  unpark(bay: Bay): void {
    for (const queue of this.#queues) {
      for (const consumer of queue.consumers) unparkConsumer(bay, queue, consumer)
      unpark(bay, queue)
    }
  }

  /** A channel that publishes to what it is drawn to, and asks for no confirms. */
  #aimPublisher(bay: Bay, channel: ServerChannel): void {
    const { wire, end } = channel
    if (!bay.fits(wire) || channel.publishNo >= 0 || wire.type !== 'amqp.publish') return
    // Who may publish what is asked for each message.
    if (!this.#broker.objects.permissions.isUnlimited(channel.connection.user, channel.virtualHost)) return
    const drawnTo = end === 'from' ? wire.from : wire.to
    const { objects } = this.#broker
    const lane = bay.lane(wire, end === 'from' ? 'to' : 'from')
    const exchange = objects.exchangeOfNode.get(drawnTo)
    const queue = objects.queueOfNode.get(drawnTo)
    if (exchange?.flags.internal || (exchange && exchange.others.length > 0)) return
    if (exchange) aim(bay, lane, { receiver: L.RECEIVER_EXCHANGE, to: bay.at(exchange, L.EXCHANGE_CELLS) })
    else if (queue && bay.fits(queue)) aim(bay, lane, { receiver: L.RECEIVER_QUEUE, to: bay.at(queue, L.QUEUE_CELLS), flags: FLAG_DIRECT })
  }

  #parkExchange(bay: Bay, exchange: Exchange): void {
    const record = bay.at(exchange, L.EXCHANGE_CELLS)
    const ways = bay.block(exchange, 'ways', L.WAYS_REMEMBERED)
    const { f, i } = bay.memory
    const at = record * 2
    const { node, slots } = exchange
    f.fill(0, ways, ways + L.WAYS_REMEMBERED)
    i[at + L.EXCHANGE_LEDGER] = bay.node(node).ledger
    i[at + L.EXCHANGE_VIA] = exchange.via
    i[at + L.EXCHANGE_IN] = bay.figure(node, slots.in)
    i[at + L.EXCHANGE_ROUTED] = bay.figure(node, slots.routed)
    i[at + L.EXCHANGE_UNROUTABLE] = bay.figure(node, slots.unroutable)
    i[at + L.EXCHANGE_WAYS] = ways
    i[at + L.EXCHANGE_NODE] = bay.node(node).index
    const known = new Map<readonly Route[], number>()
    i[at + L.EXCHANGE_NUMBER] = bay.askForWays(message => waysOf(bay, exchange, message, known))
  }
}

/** The ways of a message as a list of integers: how many, then for each the lane of its drawn binding and its queue; 0 when one leads where the machine can't follow. */
function waysOf(bay: Bay, exchange: Exchange, message: Handle, known: Map<readonly Route[], number>): number {
  const routes = exchange.routes(exchange.node.messages, message)
  const listed = known.get(routes)
  if (listed !== undefined) return listed
  const list = routes.every(route => leads(bay, route)) ? bay.block(exchange, `ways ${known.size}`, routes.length + 2) : 0
  known.set(routes, list)
  if (list === 0) return 0
  bay.memory.i[list * 2] = routes.length
  routes.forEach(({ queue, via }, n) => {
    const lane = via === null ? 0 : bay.lane(via, 'from')
    const record = bay.at(queue, L.QUEUE_CELLS)
    bay.memory.i[list * 2 + 2 + n * 2] = lane
    bay.memory.i[list * 2 + 3 + n * 2] = record
  })
  return list
}

function leads(bay: Bay, { queue, via, to }: Route): boolean {
  if (to !== queue || !bay.fits(queue)) return false
  return via === null || (via.to === queue.node.id && bay.fits(via))
}

function aim(bay: Bay, lane: number, { receiver, to, flags = 0 }: { readonly receiver: number; readonly to: number; readonly flags?: number }): void {
  const { i } = bay.memory
  i[lane * 2 + L.LANE_RECEIVER] = receiver
  i[lane * 2 + L.LANE_TO] = to
  i[lane * 2 + L.LANE_FLAGS] = flags
}

/** One consumer on a channel of its own that acknowledges, without a limit for the whole channel. */
function isAlone(consumer: Consumer): boolean {
  const { channel } = consumer
  return !consumer.noAck && !consumer.gone && channel.globalLimit === 0 && channel.consumers.size === 1 && channel.unacked.count === consumer.unacked && channel.handedOut === consumer.unacked
}

function parkConsumer(bay: Bay, queue: Queue, consumer: Consumer): void {
  const { channel } = consumer
  const record = bay.at(channel.wire, L.SUBSCRIPTION_CELLS)
  const subscription = record * 2
  const out = bay.lane(channel.wire, channel.end)
  const back = bay.lane(channel.wire, otherEnd(channel))
  const queueAt = bay.at(queue, L.QUEUE_CELLS)
  const { i } = bay.memory
  i[subscription + L.SUBSCRIPTION_QUEUE] = queueAt
  i[subscription + L.SUBSCRIPTION_LANE] = out
  i[subscription + L.SUBSCRIPTION_ANSWERS] = back
  i[subscription + L.SUBSCRIPTION_NUMBER] = consumer.number
  i[subscription + L.SUBSCRIPTION_PREFETCH] = consumer.prefetch
  i[subscription + L.SUBSCRIPTION_UNACKED] = consumer.unacked
  i[subscription + L.SUBSCRIPTION_BLOCKED] = consumer.blocked ? 1 : 0
  channel.unacked.park(bay, channel.wire, record, consumer.prefetch)
  aim(bay, back, { receiver: L.RECEIVER_BROKER, to: record })
}

function unparkConsumer(bay: Bay, queue: Queue, consumer: Consumer): void {
  const { channel } = consumer
  const record = bay.at(channel.wire, L.SUBSCRIPTION_CELLS)
  const { i } = bay.memory
  consumer.unacked = i[record * 2 + L.SUBSCRIPTION_UNACKED]!
  consumer.blocked = i[record * 2 + L.SUBSCRIPTION_BLOCKED] === 1
  channel.handedOut = consumer.unacked
  channel.unacked.unpark(bay, record, queue, consumer)
}

function otherEnd(channel: ServerChannel): 'from' | 'to' {
  return channel.end === 'from' ? 'to' : 'from'
}
