import type { Handle } from '../../contract/message.ts'
import { FLAG_DEAD, FLAG_REDELIVERED } from '../../contract/message.ts'
import type { Asked, Ground, Why } from '../../contract/why.ts'
import { placeText } from '../../messaging/place-text.ts'
import type { Config, ConfigValue } from '../../topology/document.ts'
import type { Broker } from './broker.ts'
import type { ServerChannel } from './connection.ts'
import type { Consumer } from './consumer.ts'
import { deliveryCount } from './envelope.ts'
import type { AnyQueue, Queue } from './queue.ts'
import { StreamQueue } from './stream-queue.ts'
import { changedSince, exchangeOf, routedNs, triedBy, triedWith, trialGrounds } from './why-routed.ts'

/** A line longer than this is told as such: nobody counts further. */
const COUNTED_MAX = 1_000_000
const CONSUMERS_LISTED = 8

/** Why a copy that the broker holds is there, and what it waits for, in RabbitMQ's words. */
export function whyThere(broker: Broker, asked: Asked): readonly Why[] {
  const out = whoHas(broker, asked.message)
  const queue = out?.channel.unacked.queue(out.tag) ?? broker.objects.queueOfNode.get(asked.node.id) ?? undrawnQueue(broker, asked)
  if (!queue) return []
  if (!broker.objects.container.isUp()) return [{ asks: 'waits', says: `${broker.objects.container.label()} is down; ${queue.name} is on disk and comes back with it.`, grounds: [] }]
  const here = whyHere(broker, queue, asked)
  if (out) return [whyOut(asked, out), ...here]
  if (queue instanceof StreamQueue) return [whyKept(queue, asked), ...here]
  return [whyWaits(queue, asked), ...here]
}

interface Out {
  readonly channel: ServerChannel
  readonly tag: number
}

function whoHas(broker: Broker, message: Handle): Out | null {
  for (const channel of broker.channels) for (const tag of channel.unacked.tags(Infinity)) if (channel.unacked.message(tag) === message) return { channel, tag }
  return null
}

/** A queue that only a client declared has no node of its own: what it holds, the broker's node holds. */
function undrawnQueue(broker: Broker, asked: Asked): AnyQueue | undefined {
  return [...broker.objects.queues.values()].find(queue => !queue.drawn && !(queue instanceof StreamQueue) && placeOf(queue, asked.message) >= 0)
}

function whyWaits(queue: Queue, asked: Asked): Why {
  const { message } = asked
  if (queue.letters.messages().includes(message)) return { asks: 'waits', says: `It is dead, and ${queue.name} keeps it until a queue has taken it: at-least-once dead-lettering.`, grounds: [] }
  const ahead = placeOf(queue, message)
  const place = ahead < 0 ? 'It is far back in the line' : placeText(ahead)
  const { says, grounds } = whoBlocks(queue, asked)
  return { asks: 'waits', says: `${place}${ahead === 0 ? ', but' : ', and'} ${says}.`, grounds: [...grounds, ...lifeGrounds(queue, asked)] }
}

/** Messages ahead of it; −1 when it isn't among the ready ones, or too far back to count. */
function placeOf(queue: Queue, message: Handle): number {
  const first: Handle[] = []
  queue.ready.page(first, 0, COUNTED_MAX)
  return first.indexOf(message)
}

function whoBlocks(queue: Queue, asked: Asked): { readonly says: string; readonly grounds: readonly Ground[] } {
  const { consumers, turns, settings } = queue
  if (consumers.length === 0) return { says: `${queue.name} has no consumer`, grounds: [] }
  const name = (consumer: Consumer): string => asked.label(consumer.channel.connection.id)
  const { active } = turns
  if (settings.singleActive && active) {
    const others = consumers.filter(one => one !== active).slice(0, CONSUMERS_LISTED)
    return {
      says: `the single active consumer, ${name(active)}, ${limitText(active)}`,
      grounds: [heldBy(queue, active, name(active)), ...others.map((one): Ground => ({ says: `${name(one)} is not the active consumer: it gets nothing while ${name(active)} is there` }))],
    }
  }
  const first = consumers[0]!
  const says = consumers.length === 1 ? `its only consumer, ${name(first)}, ${limitText(first)}` : `all ${consumers.length} consumers hold as many as their prefetch allows`
  const listed = consumers.slice(0, CONSUMERS_LISTED).map(one => heldBy(queue, one, name(one)))
  return { says, grounds: consumers.length > listed.length ? [...listed, { says: `and ${consumers.length - listed.length} more consumers` }] : listed }
}

function limitText(consumer: Consumer): string {
  const { channel } = consumer
  return channelIsFull(consumer) ? `has used up the limit of its channel: ${channel.handedOut} of ${channel.globalLimit}` : `holds as many as its prefetch allows: ${consumer.unacked} of ${consumer.prefetch}`
}

function channelIsFull({ channel }: Consumer): boolean {
  return channel.globalLimit > 0 && channel.handedOut >= channel.globalLimit
}

/** What a consumer holds, and the delivery that has been out the longest: nothing more comes to it before one is settled. */
function heldBy(queue: Queue, consumer: Consumer, name: string): Ground {
  const { unacked } = consumer.channel
  const count = channelIsFull(consumer) ? `${consumer.channel.handedOut} of ${consumer.channel.globalLimit} of its channel` : `${consumer.unacked} of ${consumer.prefetch}`
  const oldest = unacked.tags(Infinity).find(tag => unacked.consumer(tag) === consumer)
  if (oldest === undefined) return { says: `${name} has ${count} unacknowledged` }
  const message = unacked.message(oldest)
  return { says: `${name} has ${count} unacknowledged; the oldest`, message, sinceNs: queue.node.messages.sinceNs(message) }
}

/** What may end its wait otherwise, and what it has been through. */
function lifeGrounds(queue: Queue, { message, node }: Asked): readonly Ground[] {
  const grounds: Ground[] = []
  const { messages } = node
  const deadline = queue.deadlineOf(message)
  if (deadline !== Infinity && deadline > node.nowNs()) grounds.push({ says: 'Its time to live ends', untilNs: deadline })
  else if (deadline !== Infinity) grounds.push({ says: 'Its time to live is over, but only what stands at the head expires', sinceNs: deadline })
  if (queue.settings.maxPriority >= 0) grounds.push({ says: `Its priority is ${Math.min(Number(messages.properties(message)?.['priority'] ?? 0), queue.settings.maxPriority)} of ${queue.settings.maxPriority}: higher ones go first` })
  const returned = deliveryCount(messages, message)
  const limit = queue.settings.deliveryLimit
  if (returned > 0) grounds.push({ says: `It was given back ${times(returned)}${limit === Infinity ? '' : `; the delivery limit is ${limit}`}` })
  else if ((messages.flags(message) & FLAG_REDELIVERED) !== 0) grounds.push({ says: 'It was handed out before and came back: its next consumer sees it as redelivered' })
  return grounds
}

function whyOut({ node, message, label }: Asked, { channel, tag }: Out): Why {
  const consumer = channel.unacked.consumer(tag)
  const name = label(channel.connection.id)
  const sinceNs = node.messages.sinceNs(message)
  if (!consumer) return { asks: 'waits', says: `${name} fetched it and has not acknowledged it.`, grounds: [{ says: `Fetched with delivery tag ${tag}`, sinceNs }], seenBy: channel.connection.id }
  const holds = consumer.prefetch === 0 ? `${name} holds ${consumer.unacked} and may hold any number: it has no prefetch` : `${name} holds ${consumer.unacked} of its prefetch of ${consumer.prefetch}`
  return { asks: 'waits', says: `${name} got it and has not acknowledged it.`, grounds: [{ says: `Handed out with delivery tag ${tag}`, sinceNs }, { says: holds }], seenBy: channel.connection.id }
}

function whyKept(queue: StreamQueue, { node, message, label }: Asked): Why {
  const readers = queue.consumers.slice(0, CONSUMERS_LISTED).map((reader): Ground => ({ says: `${label(reader.channel.connection.id)} reads offset ${reader.offset} next` }))
  return { asks: 'here', says: `${queue.name} is a stream: it keeps what it has, and reading removes nothing.`, grounds: [{ says: `Its offset is ${node.messages.mark(message)}` }, ...readers] }
}

/** The way it came: a death and where dead letters go, or the binding that matched. */
function whyHere(broker: Broker, queue: AnyQueue, asked: Asked): readonly Why[] {
  const { node, message } = asked
  const { messages } = node
  const through = messages.text(messages.via(message))
  const deaths = (messages.flags(message) & FLAG_DEAD) === 0 ? [] : deathsOf(messages.headers(message)?.['x-death'])
  const exchange = through === '' ? undefined : exchangeOf(broker, queue.virtualHost, through)
  const trials = exchange && triedBy(exchange, message)
  const matched = trials?.all.find(trial => trial.fits && trial.binding.to === queue)
  const way = exchange === undefined ? (through === '' ? 'through the default exchange, by the name of the queue' : `through the exchange ${through}, which is there no more`) : `through the exchange ${exchange.name}`
  const grounds = exchange && trials ? [...trialGrounds(trials), ...changedSince(trials, exchange, routedNs(asked))] : []
  const [death, ...earlier] = deaths
  if (death) return [{ asks: 'here', says: `It is a dead letter: it died in ${death.queue} (${death.reason}) and came here ${way}.`, grounds: [...earlier.map(deathGround), ...grounds] }]
  if (!exchange) return [{ asks: 'here', says: `It came to ${queue.name} ${way}.`, grounds }]
  const why = matched ? matchText(exchange.flags.type, triedWith(exchange, message)) : trials?.all.some(trial => trial.fits) ? 'which hands on to the exchange that is bound to it' : 'by a binding that is there no more'
  return [{ asks: 'here', says: `It came to ${queue.name} ${way}: ${why}.`, grounds }]
}

function matchText(type: string, looksAt: string): string {
  return type === 'fanout' ? 'a fanout gives a copy to everything bound to it' : `${looksAt} ${type === 'headers' ? 'match' : 'matches'} its binding`
}

interface Death {
  readonly queue: string
  readonly reason: string
  readonly count: number
}

/** The entries of x-death, the newest first. */
function deathsOf(header: ConfigValue | undefined): readonly Death[] {
  if (!Array.isArray(header)) return []
  return (header as readonly Config[]).map(entry => ({ queue: String(entry['queue']), reason: String(entry['reason']), count: Number(entry['count'] ?? 1) }))
}

function deathGround({ queue, reason, count }: Death): Ground {
  return { says: `Before that it died ${count === 1 ? '' : `${times(count)} `}in ${queue} (${reason})` }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
