import type { Config, Topology } from '../../../topology/document.ts'
import { answersTo, done, FINDS, TASKS } from '../cracker.ts'
import { constant, container, line, node, topology, upTo } from '../draw.ts'
import { outcomes, value, type Scenario } from '../expectation.ts'
import { Stage } from '../stage.ts'

/** Loopback as it was recorded: about a millisecond to the broker and one back. */
const HOP_MS = 1
const BYTES_PER_SECOND = 1e8
const hop = { latency: constant(HOP_MS) }

interface Draft {
  /** Service time of each worker, in ms, in the order they subscribe. */
  readonly workers: Readonly<Record<string, number>>
  readonly consume?: Config
  readonly worker?: Config
  readonly hop?: Config
}

/** The cracker over two queues: 48 tasks at once after 100 ms; every worker sends an answer for each. */
export function cracker({ workers, consume = {}, worker = {}, hop: wire = hop }: Draft): Topology {
  const ids = Object.keys(workers)
  const broker = container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 1.2, rows: 4 }, [node('amqp.queue', 'tasks_queue', { column: 0, row: 0 }), node('amqp.queue', 'results_queue', { column: 0, row: 2 })])
  return topology(
    'Hashsum cracker over RabbitMQ',
    [
      node('app.producer', 'producer', { column: 0, row: 1 }, { rate: 480, arrival: 'regular', batchSize: TASKS, limit: TASKS, body: '{n}', messageType: 'command', persistent: false }),
      ...broker,
      ...ids.map((id, n) => node('app.service', id, { column: 3, row: n }, { serviceTime: constant(workers[id]!), ...worker })),
      node('app.consumer', 'collector', { column: 0, row: 3 }, { serviceTime: constant(0) }),
    ],
    [
      // They leave at once, one behind the other: two workers never get theirs in the same instant.
      line('amqp.publish', 'producer', 'tasks_queue', { ...wire, bandwidth: BYTES_PER_SECOND }),
      ...ids.map(id => line('amqp.consume', 'tasks_queue', id, { ...wire, ...consume })),
      ...ids.map(id => line('amqp.publish', id, 'results_queue', wire)),
      line('amqp.consume', 'results_queue', 'collector', wire),
    ],
  )
}

const FIVE_SECONDS = 5000
const share = (draft: Draft): number[] => {
  const stage = new Stage(cracker(draft)).go(FIVE_SECONDS)
  return stage.probes(Object.keys(draft.workers), 'sent')
}
const equal = (count: number): Readonly<Record<string, number>> => Object.fromEntries(upTo(count).map(n => [`W${n}`, 20]))
const UNEQUAL = { fast: 20, slow: 60 }
const ONE = { prefetch: 1 }

/** The second worker comes when the first has done twenty of the tasks. */
function late(consume: Config): number[] {
  const stage = new Stage(cracker({ workers: { early: 25, late: 25 }, consume }))
  stage.crash('late').goUntil((fact, id) => fact.verb === 'finished' && id === 'early' && fact.serial === 20)
  return stage.restart('late').go(FIVE_SECONDS).probes(['early', 'late'], 'sent')
}

/** Edition 4: one task in hand, acknowledged before its result is sent; who finds the word leaves as soon as it has told. */
function finderLeaves(): number {
  const stage = new Stage(cracker({ workers: { A: 20, B: 20 }, consume: ONE, worker: { acknowledge: 'before' } }))
  let finder = ''
  stage.goUntil((fact, id) => {
    if (fact.verb !== 'finished' || fact.serial !== FINDS) return false
    finder = id
    return true
  })
  stage.go(2 * HOP_MS).crash(finder).go(FIVE_SECONDS)
  return TASKS - done(stage, ['A', 'B']).size
}

/** Dies between the two steps of the task that finds the word: answers that came. */
function diesBetween(acknowledge: 'before' | 'after'): number {
  const stage = new Stage(cracker({ workers: { A: 20, B: 20 }, worker: { acknowledge, pause: 5 } }))
  let finder = ''
  stage.goUntil((fact, id) => {
    if (fact.verb !== 'finished' || fact.serial !== FINDS) return false
    finder = id
    return true
  })
  stage.go(2).crash(finder).go(FIVE_SECONDS)
  return answersTo(stage, FINDS, ['A', 'B'], 'collector')
}
export const crackerAckOrder = { resultFirst: (): number => diesBetween('after'), ackFirst: (): number => diesBetween('before') }

/** B, which was started before A, dies at work on its fourth task, and stays away. */
function workerDies(consume: Config): { readonly done: number; readonly again: readonly number[] } {
  const stage = new Stage(cracker({ workers: { A: 20, B: 20 }, consume })).crash('A').go(20).restart('A')
  let begun = 0
  stage.goUntil((fact, id) => fact.verb === 'started' && id === 'B' && (begun += 1) === 4)
  stage.go(10)
  const held = stage.numbers('started', 'B')
  const untilThen = new Set([...done(stage, ['A', 'B']), ...stage.numbers('delivered', 'A')])
  stage.crash('B').go(FIVE_SECONDS)
  const again = stage.numbers('handed-out', 'tasks_queue').filter((task, n, all) => all.indexOf(task) < n)
  if (held.length !== 4 || again.some(task => untilThen.has(task))) throw new Error(`B had begun ${held.join(', ')}; handed out again: ${again.join(', ')}`)
  return { done: done(stage, ['A', 'B']).size, again }
}
export const crackerWorkerCrash = workerDies

const crackerAmqp: Scenario = {
  id: 'cracker-amqp',
  measure: () => ({
    'no prefetch limit, equal workers': value([1, 2, 4].map(count => share({ workers: equal(count) }))),
    'no prefetch limit, 20 ms and 60 ms workers': value(share({ workers: UNEQUAL })),
    'prefetch 1, 20 ms and 60 ms workers': value(share({ workers: UNEQUAL, consume: ONE })),
    'no prefetch limit, second worker joins after the send': value(late({})),
    'prefetch 1, second worker joins after the send': value(late(ONE)),
    'edition 4 finder leaves: tasks lost': value(finderLeaves()),
  }),
}

const dispatchPrefetch: Scenario = {
  id: 'dispatch-prefetch',
  measure: () => ({
    'completed fast/slow by prefetch': value(Object.fromEntries([['unlimited', 0] as const, ...[10, 5, 2, 1].map(n => [String(n), n] as const)].map(([name, prefetch]) => [name, share({ workers: UNEQUAL, consume: { prefetch } })]))),
    // One task in hand, and a network that takes no time.
    ideal: value(share({ workers: UNEQUAL, consume: ONE, hop: { latency: constant(0) } })),
  }),
}

/** A task more is wasted for each that is done after the word was found. */
function wasted(workers: number): number {
  return doneAfterFind(new Stage(cracker({ workers: equal(workers), consume: ONE })).go(FIVE_SECONDS), Object.keys(equal(workers)))
}

function doneAfterFind(stage: Stage, ids: readonly string[]): number {
  const ends = ids.flatMap(id => stage.facts('finished', id))
  const found = ends.find(fact => fact.serial === FINDS)!
  return ends.filter(fact => fact.atNs > found.atNs || (fact.atNs === found.atNs && fact.serial > FINDS)).length
}

/** The cracker as it is in the book: who finds the word sends it to the collector, which tells all workers to stop over a channel of its own. */
export function stoppable(workers: readonly string[]): Topology {
  const inside = [
    node('amqp.queue', 'tasks_queue', { column: 0, row: 0 }),
    node('amqp.queue', 'results_queue', { column: 0, row: 1 }),
    node('amqp.exchange', 'control', { column: 0, row: 2 }, { exchangeType: 'fanout' }),
    ...workers.map((id, n) => node('amqp.queue', `control_${id}`, { column: 1, row: n + 2 }, { exclusive: true, durable: false })),
  ]
  return topology(
    'Stop when found',
    [
      node('app.ventilator', 'producer', { column: 0, row: 0 }, { from: 1, to: WORDS, taskSize: 10_000 }),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 2.5, rows: workers.length + 3 }, inside),
      ...workers.map((id, n) => node('app.worker', id, { column: 4, row: n }, { serviceTime: constant(20), finds: 'range', target: WORD, stopKey: 'stop' })),
      node('app.service', 'collector', { column: 0, row: 2 }, { serviceTime: constant(0), key: 'stop', messageType: 'command' }),
    ],
    [
      line('amqp.publish', 'producer', 'tasks_queue', { ...hop, bandwidth: BYTES_PER_SECOND }),
      line('amqp.consume', 'results_queue', 'collector', hop),
      line('amqp.publish', 'collector', 'control', hop),
      ...workers.flatMap(id => [
        line('amqp.consume', 'tasks_queue', id, { ...hop, ...ONE }),
        line('amqp.publish', id, 'results_queue', hop),
        line('amqp.binding', 'control', `control_${id}`, { latency: constant(0) }),
        line('amqp.consume', `control_${id}`, id, hop),
      ]),
    ],
  )
}
/** Words of up to four letters, and which of them is looked for. */
const WORDS = 475_254
const WORD = 256_313

function wastedWithStop(workers: number): number {
  const ids = Object.keys(equal(workers))
  const stage = new Stage(stoppable(ids)).go(FIVE_SECONDS)
  if (ids.some(id => stage.isUp(id))) throw new Error('somebody did not stop')
  return doneAfterFind(stage, ids)
}

const stopBroadcast: Scenario = {
  id: 'stop-broadcast',
  measure: () => ({
    'wasted tasks without stop': outcomes([1, 2, 4].map(wasted)),
    'wasted tasks with stop, 1/2/4 workers': value([1, 2, 4].map(wastedWithStop)),
  }),
}

export const scenarios: readonly Scenario[] = [crackerAmqp, dispatchPrefetch, stopBroadcast]
