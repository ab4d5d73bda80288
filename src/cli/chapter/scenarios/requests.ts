import type { Channel, Config, Topology, TopologyNode } from '../../../topology/document.ts'
import { constant, container, line, node, topology, upTo } from '../draw.ts'
import { value, type Scenario } from '../expectation.ts'
import { Stage } from '../stage.ts'

const hop = { latency: constant(1) }
const bound = { latency: constant(0) }
const BY_HAND = { arrival: 'regular', rate: 0, concurrency: null }

/** The delays that were drawn for the fifty concurrent requests when they were recorded. */
const DELAYS_MS = [
  20, 278, 101, 79, 224, 169, 112, 231, 231, 172, 212, 198, 249, 88, 125, 218, 215, 35, 211, 151, 278, 246, 54, 164, 278, 213, 200, 182, 275, 274, 124, 114, 254, 113, 63, 103, 140, 103, 282, 176, 224, 266, 36, 97, 177, 162,
  138, 74, 275, 35,
]

/** A parent asks, its child answers after the delay that belongs to each request. */
export function parentAndChild(delaysMs: readonly number[]): Topology {
  return topology(
    'Parent and child over one duplex channel',
    [node('app.requester', 'P', { column: 0, row: 0 }, BY_HAND), node('app.replier', 'C', { column: 1, row: 0 }, { serviceTime: { law: 'trace', values: delaysMs }, concurrency: 10_000 })],
    [line('pipe.ipc', 'P', 'C', { latency: constant(0.5) })],
  )
}

const correlation: Scenario = {
  id: 'correlation',
  measure: () => {
    const sums = ['1+2', '6+1']
    const two = new Stage(parentAndChild([500, 100])).go(100)
    for (const body of sums) two.say('P', { body })
    two.go(1000)
    const answered = repliesIn(two, ['C'], 'P')
    const many = new Stage(parentAndChild(DELAYS_MS)).go(100)
    const startMs = many.nowMs
    for (let n = 0; n < DELAYS_MS.length; n += 1) many.say('P')
    many.go(1000)
    const lastMs = Math.max(...many.facts('delivered', 'P').map(fact => fact.atNs / 1e6))
    return {
      'reply order of the two': value(answered.map(request => sums[request - 1]!)),
      'matched by id, of 50': value(many.probe('P', 'replies')),
      'correct if matched in arrival order': value(repliesIn(many, ['C'], 'P').filter((request, n) => request === n + 1).length),
      'total time': value(lastMs - startMs),
    }
  },
}

/** Numbers of the requests whose replies came to a requester, in the order they came: a replier sends one for each it has finished. */
function repliesIn(stage: Stage, repliers: readonly string[], requester: string): readonly number[] {
  const requestOf = new Map<string, number>()
  for (const replier of repliers) {
    const sent = stage.numbers('published', replier)
    for (const [n, request] of stage.numbers('finished', replier).entries()) requestOf.set(`${replier}#${sent[n]!}`, request)
  }
  return stage.names('delivered', requester).map(name => requestOf.get(name) ?? 0)
}

interface Draft {
  readonly requesters: Readonly<Record<string, Config>>
  readonly repliers: readonly string[]
  readonly replier?: Config
  readonly consume?: Config
  /** Nobody has ever started a replier: its queue is not there. */
  readonly undeclared?: boolean
}

/** One queue of requests; each requester has a queue of its own for replies, gone with it, whose name travels as the return address. */
export function returnAddresses({ requesters, repliers, replier = {}, consume = {}, undeclared = false }: Draft): Topology {
  const ids = Object.keys(requesters)
  const inside: readonly TopologyNode[] = [
    node('amqp.exchange', 'default', { column: 0, row: 1 }, { exchangeType: 'direct' }),
    ...(undeclared ? [] : [node('amqp.queue', 'requests_queue', { column: 1, row: 0 })]),
    ...ids.map((id, n) => node('amqp.queue', `replies_${id}`, { column: 1, row: n + 1 }, { exclusive: true, durable: false })),
  ]
  const ofRequests: readonly Channel[] = undeclared ? [] : [line('amqp.binding', 'default', 'requests_queue', { ...bound, routingKey: 'requests_queue' }), ...repliers.map(id => line('amqp.consume', 'requests_queue', id, { ...hop, ...consume }))]
  return topology(
    'Requests with a return address',
    [
      ...ids.map((id, n) => node('app.requester', id, { column: 0, row: n }, { key: 'requests_queue', ...requesters[id] })),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 2.5, rows: 4 }, inside),
      ...repliers.map((id, n) => node('app.replier', id, { column: 4, row: n }, { serviceTime: constant(0.5), ...replier })),
    ],
    [
      ...ids.flatMap(id => [line('amqp.publish', id, 'default', hop), line('amqp.binding', 'default', `replies_${id}`, { ...bound, routingKey: `replies_${id}` }), line('amqp.consume', `replies_${id}`, id, { ...hop, noAck: true })]),
      ...ofRequests,
      ...repliers.map(id => line('amqp.publish', id, 'default', hop)),
    ],
  )
}

/** So many requests at once. */
function ask(stage: Stage, count: number): Stage {
  for (let n = 0; n < count; n += 1) stage.say('Q')
  return stage
}

const repliers = (count: number): string[] => upTo(count).map(n => `R${n}`)

function shares(count: number): number[] {
  const stage = ask(new Stage(returnAddresses({ requesters: { Q: BY_HAND }, repliers: repliers(count) })).go(100), 100).go(3000)
  if (stage.probe('Q', 'replies') !== 100) throw new Error(`replies: ${stage.probe('Q', 'replies')} of 100`)
  return stage.probes(repliers(count), 'received')
}

/** Two requesters, once a second; every reply has to be one that its receiver waits for. */
function crossTalk(): number {
  const every = { arrival: 'regular', rate: 1, limit: 5, concurrency: null }
  const stage = new Stage(returnAddresses({ requesters: { Q1: every, Q2: every }, repliers: ['R1'] })).go(8000)
  const replies = stage.probes(['Q1', 'Q2'], 'replies')
  if (replies.some(count => count !== 5)) throw new Error(`replies: ${replies.join(' and ')} of 5`)
  return stage.probes(['Q1', 'Q2'], 'late').reduce((sum, one) => sum + one, 0)
}

/** The queue is there, its replier is away. */
function waiting(): number {
  return ask(new Stage(returnAddresses({ requesters: { Q: { ...BY_HAND, timeout: null } }, repliers: ['R1'] })).crash('R1').go(100), 100).go(3000).probe('requests_queue', 'ready')
}

/** The requester gives up after its timeout and ends; then a replier starts. */
function stale(): { readonly afterMs: number; readonly executed: number; readonly dropped: string } {
  const stage = new Stage(returnAddresses({ requesters: { Q: { ...BY_HAND, timeout: 10_000 } }, repliers: ['R1'] })).crash('R1').go(100)
  const startMs = stage.nowMs
  stage.say('Q').goWhile(() => stage.probe('Q', 'timeouts') === 0)
  const afterMs = stage.nowMs - startMs
  stage.crash('Q').go(400).restart('R1').go(3000)
  const silently = stage.probe('R1', 'replies') === 1 && stage.probe('default', 'unroutable') === 1 && stage.probe('R1', 'lost') === 0
  return { afterMs, executed: stage.probe('R1', 'received'), dropped: silently ? 'dropped silently' : `${stage.probe('default', 'unroutable')} unroutable` }
}

const ASKED = 20

/** Requests one after the other; the replier dies between its reply to the third and the acknowledgement, and is back after a while. */
function answeredTwice(): { readonly replies: number; readonly ignored: number } {
  const stage = new Stage(returnAddresses({ requesters: { Q: { ...BY_HAND, arrival: 'think', thinkTime: constant(0), concurrency: 1, limit: ASKED } }, repliers: ['R1'], replier: { pause: 5 } }))
  stage.goWhile(() => stage.probe('R1', 'replies') < 3)
  stage.go(2).crash('R1').go(500).restart('R1').go(5000)
  return { replies: stage.facts('delivered', 'Q').length, ignored: stage.probe('Q', 'late') }
}

const returnAddress: Scenario = {
  id: 'return-address',
  measure: () => {
    const gone = stale()
    const twice = answeredTwice()
    return {
      'requests per replier': value([1, 2, 3].map(shares)),
      'cross-talk between requestors': value(crossTalk()),
      'no replier: requests wait': value(waiting()),
      'timeout ms (editions 3-4)': value(gone.afterMs),
      'late replier still executes the stale request': value(gone.executed),
      'reply to a vanished requestor': value(gone.dropped),
      'replier crash between reply and ack: replies': value(twice.replies),
      'duplicates ignored by the correlation map': value(twice.ignored),
    }
  },
}

/** Replies of a hundred when the queue for requests was never declared. */
export function undeclaredQueue(): number {
  return ask(new Stage(returnAddresses({ requesters: { Q: BY_HAND }, repliers: [], undeclared: true })).go(100), 100).go(15_000).probe('Q', 'replies')
}

/** Twenty requests of 50 ms: from the first to the last reply's arrival. */
function twenty(how: 'one at a time' | 'all at once'): number {
  const atOnce = how === 'all at once'
  const requester = atOnce ? BY_HAND : { arrival: 'think', thinkTime: constant(0), concurrency: 1, limit: 20 }
  const stage = new Stage(returnAddresses({ requesters: { Q: requester }, repliers: ['R1'], replier: { serviceTime: constant(50), concurrency: atOnce ? 20 : 1 } }))
  if (atOnce) ask(stage.go(100), 20)
  stage.go(5000)
  const replies = stage.facts('delivered', 'Q')
  return replies.length === 20 ? (replies.at(-1)!.atNs - stage.facts('published', 'Q')[0]!.atNs) / 1e6 : 0
}

const pipelining: Scenario = {
  id: 'pipelining',
  measure: () => ({
    'one at a time ms': value(twenty('one at a time')),
    'all at once, concurrent replier ms': value(twenty('all at once')),
  }),
}

const RESPONDERS_MS = [40, 10, 30, 20, 50]

/** One request to all by a fanout exchange; the replies to one queue of the asker's, where they are put together. */
export function gathering(): Topology {
  const ids = upTo(RESPONDERS_MS.length).map(n => `R${n}`)
  const inside = [
    node('amqp.exchange', 'ask_all', { column: 0, row: 0 }, { exchangeType: 'fanout' }),
    node('amqp.exchange', 'default', { column: 0, row: 5 }, { exchangeType: 'direct' }),
    ...ids.map((id, n) => node('amqp.queue', `asks_${id}`, { column: 1, row: n })),
    node('amqp.queue', 'replies', { column: 1, row: 5 }, { exclusive: true, durable: false }),
  ]
  return topology(
    'Publish and gather',
    [
      node('app.requester', 'asker', { column: 0, row: 0 }, { ...BY_HAND, replyTo: 'replies', timeout: null }),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 2.5, rows: 7 }, inside),
      ...ids.map((id, n) => node('app.replier', id, { column: 4, row: n }, { serviceTime: constant(RESPONDERS_MS[n]!) })),
      node('app.aggregator', 'gatherer', { column: 4, row: 5 }, { count: RESPONDERS_MS.length, timeout: 500 }),
    ],
    [
      line('amqp.publish', 'asker', 'ask_all', hop),
      ...ids.flatMap(id => [line('amqp.binding', 'ask_all', `asks_${id}`, bound), line('amqp.consume', `asks_${id}`, id, hop), line('amqp.publish', id, 'default', hop)]),
      line('amqp.binding', 'default', 'replies', { ...bound, routingKey: 'replies' }),
      line('amqp.consume', 'replies', 'gatherer', { ...hop, noAck: true }),
    ],
  )
}

const gather: Scenario = {
  id: 'gather',
  measure: () => {
    const ended = (stage: Stage): string => (stage.probe('gatherer', 'completed') === 1 ? 'complete' : stage.probe('gatherer', 'timedOut') === 1 ? 'timeout' : 'nothing')
    const all = new Stage(gathering()).go(100).say('asker').go(2000)
    const silent = new Stage(gathering()).crash('R3').go(100).say('asker').go(2000)
    return { 'all alive: ended by': value(ended(all)), 'one silent: ended by': value(ended(silent)), 'one silent: replies': value(silent.probe('gatherer', 'received')) }
  },
}

export const scenarios: readonly Scenario[] = [correlation, returnAddress, pipelining, gather]
