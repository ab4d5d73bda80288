import type { DiscardReason } from '../../contract/ledger.ts'
import { FLAG_PERSISTENT } from '../../contract/message.ts'
import type { Asked, Ground, Why } from '../../contract/why.ts'
import type { Broker } from './broker.ts'
import { FLAG_DIRECT } from './envelope.ts'
import { expirationNs } from './expiry.ts'
import type { Queue } from './queue.ts'
import { StreamQueue } from './stream-queue.ts'
import { changedSince, exchangeOf, routedNs, triedBy, triedWith, trialGrounds } from './why-routed.ts'

const NS_A_MS = 1e6

/** Why a copy died in the broker; nothing where the general words say it all. Settings are those of now. */
export function whyDied(broker: Broker, asked: Asked, reason: DiscardReason): readonly Why[] {
  const there = broker.objects.queueOfNode.get(asked.node.id)
  const queue = there instanceof StreamQueue ? undefined : there
  const died = (says: string, grounds: readonly Ground[] = []): readonly Why[] => [{ asks: 'died', says, grounds }]
  switch (reason) {
    case 'unroutable':
      return whyUnroutable(broker, asked)
    case 'expired':
      return died(expiredText(queue, asked), noDeadLetters(broker, queue))
    case 'rejected': {
      const by = asked.last('delivered')
      return died(`${by ? asked.label(by.node) : 'Its consumer'} rejected it and did not ask for it to be put back.`, noDeadLetters(broker, queue))
    }
    case 'queue full':
      return queue ? died(fullText(queue), queue.settings.overflow === 'reject-publish' ? [] : noDeadLetters(broker, queue)) : []
    case 'delivery limit':
      return queue ? died(`It was given back more often than the delivery limit of ${queue.name} allows: ${queue.settings.deliveryLimit}.`, noDeadLetters(broker, queue)) : []
    case 'queue deleted':
      return died(`${asked.node.label()} was deleted, with everything in it.`, whyDeleted(asked))
    case 'broker crashed':
      return died(crashedText(broker, asked))
    case 'connection lost':
      return asked.node === broker.objects.container
        ? died('It came over a channel that had been closed by an error: what still comes over it counts for nothing.')
        : died(`${asked.node.label()} had handed it out without asking for an acknowledgement, and the connection was lost on the way.`)
    default:
      return []
  }
}

function whyUnroutable(broker: Broker, asked: Asked): readonly Why[] {
  const { node, message } = asked
  const { messages } = node
  const through = messages.text(messages.via(message))
  // One that only a client declared has no node of its own: the broker's node states what happened there.
  const exchange = broker.objects.exchangeOfNode.get(node.id) ?? [...broker.objects.exchanges.values()].find(one => !one.drawn && one.name === through)
  if (!exchange) return [{ asks: 'died', says: notThere(broker, asked), grounds: [] }]
  const trials = triedBy(exchange, message)
  const changed = changedSince(trials, exchange, Math.min(routedNs(asked), messages.sinceNs(message)))
  const grounds = [...trialGrounds(trials), ...changed]
  const looksAt = triedWith(exchange, message)
  if (trials.all.some(trial => trial.fits)) return [{ asks: 'died', says: `When it came, no binding of ${exchange.name} led it to a queue; now one matches ${looksAt}.`, grounds }]
  if (trials.all.length === 0) return [{ asks: 'died', says: `Nothing ${changed.length > 0 ? 'is' : 'was'} bound to ${exchange.name}: an exchange keeps nothing, so it was dropped.`, grounds }]
  return [{ asks: 'died', says: `No binding of ${exchange.name} matches ${looksAt}: an exchange keeps nothing, so it was dropped.`, grounds }]
}

/** The default exchange looks for a queue of that name. */
function notThere(broker: Broker, { node, message }: Asked): string {
  const direct = (node.messages.flags(message) & FLAG_DIRECT) !== 0 || node !== broker.objects.container
  return direct ? `${node.label()} was not declared when it came, and no other queue has its name: the default exchange dropped it.` : `There is no queue named “${node.messages.key(message)}”: the default exchange found nowhere to send it.`
}

function expiredText(queue: Queue | undefined, { node, message }: Asked): string {
  const own = expirationNs(node.messages.properties(message))
  const ofQueue = queue?.settings.ttlNs ?? Infinity
  const ttlNs = Math.min(own, ofQueue)
  const whose = own <= ofQueue ? 'its own expiration' : `the message TTL of ${node.label()}`
  return ttlNs === Infinity ? `Its time to live was over when it stood at the head of ${node.label()}.` : `Its time to live of ${ttlNs / NS_A_MS} ms, ${whose}, was over when it stood at the head of ${node.label()}.`
}

function fullText({ name, settings }: Queue): string {
  const limits = [...(settings.maxLength === Infinity ? [] : [`${settings.maxLength} ${settings.maxLength === 1 ? 'message' : 'messages'}`]), ...(settings.maxBytes === Infinity ? [] : [`${settings.maxBytes} bytes`])].join(' or ')
  return settings.overflow === 'drop-head' ? `${name} was over its limit of ${limits}: its head is dropped to make room (drop-head).` : `${name} was full, with ${limits}, and refuses what comes then (${settings.overflow}).`
}

/** Where its dead letters go, that is: nowhere. */
function noDeadLetters(broker: Broker, queue: Queue | undefined): readonly Ground[] {
  if (!queue) return []
  const name = queue.settings.deadLetterExchange
  if (name === null) return [{ says: `${queue.name} has no dead-letter exchange, so it was dropped` }]
  return name === '' || broker.objects.isPredeclared(name) || exchangeOf(broker, queue.virtualHost, name) ? [] : [{ says: `The dead-letter exchange of ${queue.name}, ${name}, is not there, so it was dropped` }]
}

function whyDeleted({ node }: Asked): readonly Ground[] {
  const config = node.config()
  if (config['exclusive'] === true) return [{ says: 'An exclusive queue goes with the connection that declared it' }]
  return config['autoDelete'] === true ? [{ says: 'An auto-delete queue goes with its last consumer' }] : []
}

function crashedText(broker: Broker, { node, message }: Asked): string {
  const crashed = `${broker.objects.container.label()} crashed`
  if (node.type !== 'amqp.queue') return `${crashed} while it was on its way inside it.`
  if (node.config()['durable'] !== true) return `${crashed}, and ${node.label()} is not durable: it went with everything in it.`
  if (node.config()['exclusive'] === true) return `${crashed}, and ${node.label()} is exclusive: it went with its connection.`
  return (node.messages.flags(message) & FLAG_PERSISTENT) === 0 ? `${crashed}, and it was transient: only persistent messages in durable queues come back.` : `${crashed} while it was on its way to a consumer that acknowledges nothing.`
}
