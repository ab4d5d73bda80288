import type { Config, Topology } from '../../../topology/document.ts'
import { answersTo, FINDS, TASKS } from '../cracker.ts'
import { constant, container, line, node, topology } from '../draw.ts'
import { value, type Json, type Scenario } from '../expectation.ts'
import { filters as redisFilters } from '../../../systems/redis/scenarios.ts'
import { Stage } from '../stage.ts'
import { crackerWorkerCrash } from './cracker-amqp.ts'
import { crackerStreamsCrash, producerFirst, workersDown } from './redis.ts'
import { undeclaredQueue } from './requests.ts'
import { leasedWorkerDies, pipelineWorkerDies, sinkLate, ventilatorFirst } from './zeromq.ts'

/** Scenarios that lay several systems side by side. */
const hop = { latency: constant(1) }
const bound = { latency: constant(0) }

const workerCrash: Scenario = {
  id: 'worker-crash',
  measure: () => {
    const sockets = pipelineWorkerDies()
    const queue = crackerWorkerCrash({})
    const queueOne = crackerWorkerCrash({ prefetch: 1 })
    const log = crackerStreamsCrash()
    const leased = leasedWorkerDies()
    return {
      'ZeroMQ completed': value(sockets.done),
      'ZeroMQ missing tasks': value(sockets.missing),
      'ZeroMQ results': value(sockets.results),
      'AMQP completed': value(queue.done === queueOne.done ? queue.done : [queue.done, queueOne.done]),
      'AMQP redelivered without prefetch limit': value(queue.again),
      'AMQP redelivered with prefetch 1': value(queueOne.again),
      'Streams completed': value(log.done),
      'Streams pending of the dead consumer': value(log.pending),
      'Streams new consumer with another name completes': value(log.byAnother),
      'Streams consumer with the same name completes': value(log.bySame),
      'ZeroMQ with leases completed': value(leased.done),
    }
  },
}

const COLLECTOR = { nodes: [node('amqp.queue', 'results_queue', { column: 0, row: 2 }, {}, 'rabbitmq'), node('app.consumer', 'collector', { column: 4, row: 2 }, { serviceTime: constant(0) })], channels: [line('amqp.binding', 'default', 'results_queue', bound), line('amqp.consume', 'results_queue', 'collector', hop)] }

/** Workers send to an exchange, as to the default one: who declares the queue behind it is the collector, when it first runs. */
function collected(when: { readonly declared: 'never' | 'earlier'; readonly acknowledge?: Config[string] }): Topology {
  const { nodes, channels } = COLLECTOR
  const there = when.declared === 'earlier'
  return topology(
    'Who declares the results queue',
    [
      node('app.producer', 'producer', { column: 0, row: 0 }, { rate: 480, arrival: 'regular', batchSize: TASKS, limit: TASKS, body: '{n}', messageType: 'command' }),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 1.5, rows: 5 }, [node('amqp.queue', 'tasks_queue', { column: 0, row: 0 }), node('amqp.exchange', 'default', { column: 0, row: 1 }, { exchangeType: 'direct' })]),
      node('app.service', 'A', { column: 4, row: 0 }, { serviceTime: constant(5) }),
      ...(there ? nodes.map(one => (one.id === 'collector' && when.acknowledge !== undefined ? { ...one, config: { ...one.config, acknowledge: when.acknowledge } } : one)) : []),
    ],
    [line('amqp.publish', 'producer', 'tasks_queue', hop), line('amqp.consume', 'tasks_queue', 'A', hop), line('amqp.publish', 'A', 'default', hop), ...(there ? channels : [])],
  )
}

/** Answers to the task that finds the word, at a collector that starts when the work is done. */
function collectedLate(declared: 'never' | 'earlier'): number {
  const stage = new Stage(collected({ declared }))
  if (declared === 'earlier') stage.crash('collector').go(3000).restart('collector').go(3000)
  else stage.go(3000).edit({ edit: 'add-nodes', nodes: COLLECTOR.nodes }, { edit: 'add-channels', channels: COLLECTOR.channels }).go(3000)
  return answersTo(stage, FINDS, ['A'], 'collector')
}

function seenAtEveryStart(): boolean {
  const stage = new Stage(collected({ declared: 'earlier', acknowledge: 'never' })).go(3000)
  const seen = (): number => answersTo(stage, FINDS, ['A'], 'collector')
  const times = [stage.numbers('started', 'collector').length]
  for (let n = 0; n < 2; n += 1) times.push(stage.crash('collector').go(500).restart('collector').go(3000).numbers('started', 'collector').length)
  return seen() === 1 && times[1]! > times[0]! && times[2]! > times[1]!
}

const startOrder: Scenario = {
  id: 'start-order',
  measure: () => {
    const streams = workersDown()
    return {
      'AMQP results when nobody declared results_queue': value(collectedLate('never')),
      'AMQP results when the collector declared it earlier and is down': value(collectedLate('earlier')),
      'collector without ack sees the result at every restart': value(seenAtEveryStart()),
      'Streams: producer before the group exists ($): tasks delivered': value(producerFirst()),
      'Streams: group exists, workers down: tasks delivered': value(streams.delivered),
      'Streams: collector at $ started after the result sees it': value(streams.seen),
      'ZeroMQ: sink starts late: results': value(sinkLate()),
      'ZeroMQ: producer first: tasks sent before a worker exists': value(ventilatorFirst()),
      'AMQP request queue never declared: replies of 100': value(undeclaredQueue()),
    }
  },
}

const TOPICS = ['chat', 'chat.room1', 'chat.room2', 'chat.room1.typing', 'chatter', 'news.room1', 'Chat.room1']
const sender = (id: string) => node('app.producer', id, { column: 0, row: 1 }, { rate: 10, arrival: 'regular', limit: TOPICS.length, key: TOPICS.join('\n') })
const reader = (n: number) => node('app.consumer', `R${n + 1}`, { column: 4, row: n }, { serviceTime: constant(0) })

/** Which of the seven came to each reader. */
function heard(drawn: Topology, names: readonly string[], readerOf: (n: number) => string): Json {
  const stage = new Stage(drawn).go(3000)
  return Object.fromEntries(names.map((name, n) => [name, [...stage.numbers('finished', readerOf(n))].sort((a, b) => a - b).map(serial => TOPICS[serial - 1]!)]))
}

/** One exchange; a queue for each binding key. */
export function amqpFilters(exchangeType: string, keys: readonly string[]): Topology {
  return topology(
    `Subscription filters: ${exchangeType} exchange`,
    [
      sender('producer'),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 2.5, rows: 5 }, [node('amqp.exchange', 'topics', { column: 0, row: 1 }, { exchangeType }), ...keys.map((_, n) => node('amqp.queue', `Q${n + 1}`, { column: 1, row: n }))]),
      ...keys.map((_, n) => reader(n)),
    ],
    [line('amqp.publish', 'producer', 'topics', hop), ...keys.flatMap((routingKey, n) => [line('amqp.binding', 'topics', `Q${n + 1}`, { ...bound, routingKey }), line('amqp.consume', `Q${n + 1}`, `R${n + 1}`, hop)])],
  )
}

export function prefixFilters(prefixes: readonly string[]): Topology {
  return topology('Subscription filters: prefixes', [sender('producer'), ...prefixes.map((_, n) => reader(n))], prefixes.map((prefix, n) => line('zeromq.pub-sub', 'producer', `R${n + 1}`, { ...hop, prefixes: prefix })))
}

const filters: Scenario = {
  id: 'filters',
  measure: () => {
    const amqp = (type: string, keys: readonly string[]): Json => heard(amqpFilters(type, keys), keys, n => `R${n + 1}`)
    const globs = ['chat.*', 'chat*', 'chat.room[12]', '*', '']
    const prefixes = ['chat', 'chat.', 'chat.room1', '']
    return {
      'received per mechanism': value({
        'AMQP direct exchange': amqp('direct', ['chat.room1', 'chat']),
        'AMQP topic exchange': amqp('topic', ['chat.#', 'chat.*', '*.room1', '#', 'chat.room1']),
        'AMQP fanout exchange': amqp('fanout', ['ignored']),
        'Redis Pub/Sub (glob patterns)': heard(redisFilters(globs), [...globs.slice(0, -1), '(exact) chat.room1'], n => `subscriber ${n + 1}`),
        'ZeroMQ SUB (byte prefix)': heard(prefixFilters(prefixes), [...prefixes.slice(0, -1), '(empty)'], n => `R${n + 1}`),
      }),
    }
  },
}

export const scenarios: readonly Scenario[] = [workerCrash, startOrder, filters]
