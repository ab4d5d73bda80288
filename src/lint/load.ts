import type { NodeId, TopologyNode } from '../topology/document.ts'
import type { Finding, Fix } from './finding.ts'
import { lawMean } from './law-mean.ts'
import { keysOf, queuesFor } from './routing.ts'
import type { View } from './view.ts'

/** Queues that get at least as much as their consumers can do: they grow for ever. Told only where both sides are known. */
export function overload(view: View): readonly Finding[] {
  const loads = offered(view)
  return groups(view).flatMap(({ queues, consumers }) => {
    const load = queues.reduce((sum, queue) => sum + (loads.get(queue) ?? NaN), 0)
    const able = capacity(view, consumers)
    if (!(load > 0) || able === undefined || load < able) return []
    const names = queues.map(queue => view.label(queue)).join(', ')
    const says = `${names} can’t keep up: ${perSecond(load)} come in, and ${consumers.length === 1 ? 'its consumer does' : `its ${consumers.length} consumers do`} ${perSecond(able)} at most. It grows for as long as this lasts.`
    return [{ code: 'load.over-capacity', severity: 'warning', says, part: queues[0]!, fixes: [workMore(view, consumers, load / able)] }]
  })
}

/** Messages per second that producers send to each queue, on average; NaN where it is not known. */
function offered(view: View): ReadonlyMap<NodeId, number> {
  const loads = new Map<NodeId, number>()
  const add = (queue: NodeId, rate: number): void => void loads.set(queue, (loads.get(queue) ?? 0) + rate)
  for (const channel of view.topology.channels) {
    if (channel.type !== 'amqp.publish') continue
    const [from, to] = [view.node(channel.from), view.node(channel.to)]
    if (!from || !to) continue
    const rate = sendRate(view, from)
    if (to.type === 'amqp.queue') add(to.id, rate)
    if (to.type !== 'amqp.exchange') continue
    const keys = keysOf(view, from) ?? ['{unknown}']
    for (const key of keys) {
      const queues = queuesFor(view, to, key)
      // Where it goes isn't known: then nothing is known of any queue behind this exchange.
      if (!queues) for (const queue of behind(view, to.id)) add(queue, NaN)
      else for (const queue of queues) add(queue, rate / keys.length)
    }
  }
  return loads
}

/** Average rate of a sender on each of its channels; NaN when it is not constant or depends on what it gets. */
function sendRate(view: View, node: TopologyNode): number {
  if (node.type !== 'app.producer') return NaN
  const share = view.text(node, 'outlets') === 'turns' ? 1 / Math.max(1, view.leaving(node.id).length) : 1
  // A sender that stops fills nothing for ever.
  if (view.value(node, 'limit') !== null) return 0
  switch (view.text(node, 'arrival')) {
    case 'law': {
      const gap = lawMean(view.value(node, 'gap'))
      return gap === undefined ? NaN : (share * view.number(node, 'batchSize') * 1000) / gap
    }
    case 'on-off': {
      const [on, off] = [lawMean(view.value(node, 'onTime')) ?? NaN, lawMean(view.value(node, 'offTime')) ?? NaN]
      return (share * view.number(node, 'onRate') * on) / (on + off)
    }
    case 'ramp':
      return share * view.number(node, 'rampTo')
    case 'schedule':
    case 'trace':
      return 0
    default:
      return share * view.number(node, 'rate')
  }
}

function behind(view: View, exchange: NodeId): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>([exchange])
  for (const id of seen) for (const binding of view.leaving(id, 'amqp.binding')) seen.add(binding.to)
  return new Set([...seen].filter(id => view.node(id)?.type === 'amqp.queue'))
}

interface Group {
  readonly queues: readonly NodeId[]
  readonly consumers: readonly NodeId[]
}

/** Queues that share consumers belong together. */
function groups(view: View): readonly Group[] {
  const done = new Set<NodeId>()
  return view.of('amqp.queue').flatMap(first => {
    if (done.has(first.id)) return []
    const queues = new Set([first.id])
    const consumers = new Set<NodeId>()
    for (const queue of queues) {
      done.add(queue)
      for (const { to } of view.leaving(queue, 'amqp.consume')) {
        consumers.add(to)
        for (const { from } of view.entering(to, 'amqp.consume')) queues.add(from)
      }
    }
    return consumers.size === 0 ? [] : [{ queues: [...queues], consumers: [...consumers] }]
  })
}

/** Messages per second that consumers can do together; undefined when that of one of them isn't known. */
function capacity(view: View, consumers: readonly NodeId[]): number | undefined {
  let sum = 0
  for (const id of consumers) {
    const node = view.node(id)!
    const channels = view.entering(id, 'amqp.consume')
    const alone = channels.some(({ from }) => view.node(from) && view.value(view.node(from)!, 'singleActiveConsumer') === true)
    const mean = lawMean(view.value(node, 'serviceTime'))
    if (mean === undefined || mean <= 0 || alone || channels.length !== view.entering(id).length) return undefined
    const prefetch = channels.reduce((most, channel) => most + (view.number(channel, 'prefetch') || Infinity), 0)
    const again = view.text(node, 'onFailure') === 'requeue' ? 1 - view.number(node, 'failureRate') : 1
    sum += (Math.min(view.number(node, 'concurrency'), prefetch) * 1000 * again) / mean
  }
  return sum
}

/** A queue that is exactly as fast as what comes in still grows: some room is needed. */
const ROOM = 1.25

function workMore(view: View, consumers: readonly NodeId[], times: number): Fix {
  const edits = consumers.flatMap(id => {
    const node = view.node(id)!
    const concurrency = Math.min(10_000, Math.ceil(view.number(node, 'concurrency') * times * ROOM))
    const tight = view.entering(id, 'amqp.consume').filter(channel => view.number(channel, 'prefetch') > 0 && view.number(channel, 'prefetch') < concurrency)
    return [
      { edit: 'configure', of: 'node', id, config: { ...node.config, concurrency } } as const,
      ...tight.map(channel => ({ edit: 'configure', of: 'channel', id: channel.id, config: { ...channel.config, prefetch: concurrency } }) as const),
    ]
  })
  const first = edits[0]!.config as { readonly concurrency?: number }
  return { label: `Let ${consumers.length === 1 ? 'it' : 'each'} work on ${first.concurrency} at once`, title: 'more work at once', edits }
}

function perSecond(rate: number): string {
  return `${Number(rate.toPrecision(3))}/s`
}
