import type { Channel, Point, TopologyNode } from '../topology/document.ts'
import type { Edit } from '../topology/edit.ts'
import type { Finding, Fix } from './finding.ts'
import { lawMean } from './law-mean.ts'
import { named } from './reach.ts'
import type { View } from './view.ts'

/** Queues that nothing is routed to. */
export function unbound(view: View): readonly Finding[] {
  const targets = new Set(view.topology.nodes.flatMap(node => named(view, node.id)))
  return view.of('amqp.queue').flatMap(queue => {
    if (view.entering(queue.id).length > 0 || targets.has(queue.id)) return []
    const exchanges = view.of('amqp.exchange').filter(exchange => exchange.within === queue.within)
    return [{ code: 'queue.unbound', severity: 'warning', says: `${view.label(queue.id)} is bound to no exchange, and nobody publishes to it: it stays empty.`, part: queue.id, fixes: exchanges.slice(0, 3).map(exchange => bindFix(view, exchange, queue, '')) }]
  })
}

/** Queues that only fill up. One with a limit, a stream, or a place for dead letters may be meant so. */
export function unconsumed(view: View): readonly Finding[] {
  const dead = new Set(view.of('amqp.queue').flatMap(queue => named(view, queue.id)))
  return view.of('amqp.queue').flatMap(queue => {
    const bounded = ['messageTtl', 'maxLength', 'maxLengthBytes'].some(field => typeof view.value(queue, field) === 'number')
    const filled = view.entering(queue.id)
    const forDead = dead.has(queue.id) || (filled.length > 0 && filled.every(channel => dead.has(channel.from)))
    if (view.leaving(queue.id, 'amqp.consume').length > 0 || filled.length === 0 || bounded || forDead || view.text(queue, 'queueType') === 'stream') return []
    return [{ code: 'queue.no-consumer', severity: 'warning', says: `Nobody consumes ${view.label(queue.id)}: it grows for as long as messages come.`, part: queue.id, fixes: [consumerFix(view, queue)] }]
  })
}

/** Messages that a queue gives up are lost unless there is a place for dead letters. */
export function undeadLettered(view: View): readonly Finding[] {
  return view.of('amqp.queue').flatMap(queue => {
    if (view.text(queue, 'deadLetterExchange') !== '' || view.text(queue, 'queueType') === 'stream') return []
    const why = reasonToDie(view, queue)
    return why === undefined ? [] : [{ code: 'queue.no-dead-letters', severity: 'info', says: `${view.label(queue.id)} has no dead-letter exchange: ${why} and is gone.`, part: queue.id, fixes: [deadLetterFix(view, queue)] }]
  })
}

/** Without a prefetch, whoever is there first gets everything, however slow it is. */
export function unlimitedPrefetch(view: View): readonly Finding[] {
  return view.of('amqp.queue').flatMap(queue => {
    const channels = view.leaving(queue.id, 'amqp.consume').filter(channel => view.value(channel, 'noAck') !== true)
    const open = channels.filter(channel => view.number(channel, 'prefetch') === 0)
    const slow = channels.some(channel => (lawMean(view.node(channel.to) && view.value(view.node(channel.to)!, 'serviceTime')) ?? 0) >= SLOW_MS)
    if (channels.length < 2 || open.length === 0 || !slow) return []
    const edits = open.map((channel): Edit => ({ edit: 'configure', of: 'channel', id: channel.id, config: { ...channel.config, prefetch: PREFETCH } }))
    const who = open.length === channels.length ? 'the consumers' : open.map(channel => view.label(channel.to)).join(', ')
    return [{ code: 'prefetch.unlimited', severity: 'warning', says: `Prefetch is unlimited for ${who} of ${view.label(queue.id)}: whoever is there first is handed the whole backlog, and the others stand idle.`, part: open[0]!.id, fixes: [{ label: `Set prefetch to ${PREFETCH}`, title: 'change of prefetch', edits }] }]
  })
}

/** Work of a hundredth of a second is slower than handing out. */
const SLOW_MS = 10
const PREFETCH = 5

/** A binding with a key; used where an exchange has no way for what is published. */
export function bindFix(view: View, exchange: TopologyNode, queue: TopologyNode, key: string): Fix {
  const binding: Channel = { id: view.freeId(`${exchange.id}-${queue.id}`), type: 'amqp.binding', from: exchange.id, to: queue.id, config: key === '' ? {} : { routingKey: key } }
  return { label: key === '' ? `Bind it to ${exchange.label}` : `Bind ${key} to ${queue.label}`, title: `binding of ${queue.label}`, edits: [{ edit: 'add-channels', channels: [binding] }] }
}

function consumerFix(view: View, queue: TopologyNode): Fix {
  const id = view.freeId('consumer')
  const home = view.node(queue.within ?? '')
  const at: Point = home ? { x: home.at.x + (home.size?.width ?? 420) + 80, y: home.at.y + queue.at.y } : { x: queue.at.x + 320, y: queue.at.y }
  const channel: Channel = { id: view.freeId(`${queue.id}-${id}`), type: 'amqp.consume', from: queue.id, to: id, config: { prefetch: PREFETCH } }
  return {
    label: 'Add a consumer',
    title: 'addition of a consumer',
    edits: [
      { edit: 'add-nodes', nodes: [{ id, type: 'app.consumer', label: `${queue.label} consumer`, at, config: {} }] },
      { edit: 'add-channels', channels: [channel] },
    ],
  }
}

function reasonToDie(view: View, queue: TopologyNode): string | undefined {
  if (typeof view.value(queue, 'messageTtl') === 'number') return 'what waits too long expires'
  if (typeof view.value(queue, 'deliveryLimit') === 'number') return 'what was returned too often is dropped'
  if (typeof view.value(queue, 'maxLength') === 'number' && view.text(queue, 'overflow') === 'drop-head') return 'what is too much is dropped'
  const rejecting = view.leaving(queue.id, 'amqp.consume').map(channel => view.node(channel.to)).find(node => node && view.text(node, 'onFailure') === 'reject' && view.number(node, 'failureRate') > 0)
  return rejecting ? `what ${view.label(rejecting.id)} rejects is dropped` : undefined
}

/** An exchange and a queue for the dead letters, below what is in the broker. */
function deadLetterFix(view: View, queue: TopologyNode): Fix {
  const beside = view.topology.nodes.filter(node => node.within === queue.within)
  const y = Math.max(...beside.map(node => node.at.y)) + 100
  const [exchange, letters] = [view.freeId('dead-letters'), view.freeId('dead-letter-queue')]
  const within = queue.within === undefined ? {} : { within: queue.within }
  const home = view.node(queue.within ?? '')
  const width = Math.max(home?.size?.width ?? 420, 24 + 140 + 70 + 220 + 24)
  return {
    label: 'Add a dead-letter queue',
    title: `dead-letter queue for ${queue.label}`,
    edits: [
      {
        edit: 'add-nodes',
        nodes: [
          { id: exchange, type: 'amqp.exchange', label: exchange, at: { x: 24, y }, ...within, config: { exchangeType: 'fanout' } },
          { id: letters, type: 'amqp.queue', label: letters, at: { x: 234, y }, ...within, config: {} },
        ],
      },
      { edit: 'add-channels', channels: [{ id: view.freeId(`${exchange}-${letters}`), type: 'amqp.binding', from: exchange, to: letters, config: {} }] },
      { edit: 'configure', of: 'node', id: queue.id, config: { ...queue.config, deadLetterExchange: exchange } },
      ...(home ? [{ edit: 'place', places: [{ id: home.id, at: home.at, within: home.within, size: { width, height: Math.max(home.size?.height ?? 300, y + 100) } }] } as const] : []),
    ],
  }
}
