import type { NodeContext } from '../../contract/context.ts'
import type { Broker } from './broker.ts'
import type { Queue } from './queue.ts'
import { StreamQueue } from './stream-queue.ts'

const LISTED_MAX = 12

/** Sentences about a node of the broker, in RabbitMQ's words. */
export function notesOf(broker: Broker, node: NodeContext): readonly string[] {
  const { objects } = broker
  if (node === objects.container) return [`${broker.connections.size} connections, ${broker.channels.length} channels`, `${objects.queues.size} queues, ${objects.exchanges.size} exchanges`, defaultExchange([...objects.queues.keys()])]
  const object = objects.objectOf(node)
  if (object && object.node !== node) return [`Drawn twice: this is the same ${node.type === 'amqp.exchange' ? 'exchange' : 'queue'} as “${object.node.label()}”, which has its messages`]
  const queue = objects.queueOfNode.get(node.id)
  if (queue instanceof StreamQueue) return [`${queue.next} entries so far, ${queue.consumers.length} readers`]
  if (queue) return queueNotes(queue)
  const exchange = objects.exchangeOfNode.get(node.id)
  if (exchange) return [`${exchange.bindings.length} bindings`]
  const refusal = objects.refusals.ofNode(node.id)
  if (refusal) return [`RabbitMQ refuses it: ${refusal.reply.code} ${refusal.reply.text}`]
  return [whyAway(node)]
}

/** What nobody draws, since it is always there: whoever publishes to a queue does so through it. */
function defaultExchange(names: readonly string[]): string {
  if (names.length === 0) return 'Default exchange: direct, with a binding for every queue by its name; there is none yet'
  const listed = names.slice(0, LISTED_MAX).map(name => `“${name}”`).join(', ')
  const more = names.length > LISTED_MAX ? ` and ${names.length - LISTED_MAX} more` : ''
  return `Default exchange: direct, with a binding for every queue by its name: ${listed}${more}`
}

/** Why a drawn queue or exchange is not there, as far as its settings say. */
function whyAway(node: NodeContext): string {
  const { exclusive, autoDelete, expires } = node.config()
  const until = 'It comes back when a client declares it'
  if (exclusive === true) return `Not there: an exclusive queue goes with the connection that declared it. ${until}`
  if (typeof expires === 'number') return `Not there: unused for ${expires} ms it expires, messages and all. ${until}`
  if (autoDelete === true) return node.type === 'amqp.exchange' ? `Not there: an auto-delete exchange goes with its last binding. ${until}` : `Not there: an auto-delete queue goes with its last consumer. ${until}`
  return `Not there: it was deleted, or did not survive a restart. ${until}`
}

function queueNotes(queue: Queue): readonly string[] {
  const owner = queue.owner ? [`Exclusive to ${queue.owner.id}`] : []
  return [...owner, queue.consumers.length === 0 ? 'No consumers' : `Consumers: ${queue.consumers.map(one => one.channel.connection.id).join(', ')}`, ...whyItWaits(queue)]
}

/** Why what is ready stays where it is; empty when nothing waits. */
export function whyItWaits(queue: Queue): readonly string[] {
  const waits = queue.ready.count > 0 ? [sentence(queue)] : []
  const letters = queue.letters.count > 0 ? [`${queue.letters.count} dead letters wait until a queue has taken them; the next try is within three minutes`] : []
  const refusing = queue.refusing ? ['It was full: publishers are refused until it has drained below 80 % of its limit'] : []
  return [...waits, ...letters, ...refusing]
}

function sentence(queue: Queue): string {
  const { active } = queue.turns
  if (queue.consumers.length === 0) return 'Messages wait: there is no consumer'
  if (queue.settings.singleActive && active) return `Messages wait: the single active consumer, ${active.channel.connection.id}, has used up its prefetch of ${active.prefetch}`
  return 'Messages wait: every consumer has used up its prefetch'
}
