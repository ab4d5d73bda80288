import type { Reply } from '../../../systems/amqp/control.ts'
import { AmqpEndpoint } from '../../../systems/amqp/endpoint.ts'
import type { Config, Topology } from '../../../topology/document.ts'
import { crackerAckOrder } from './cracker-amqp.ts'
import { amqpChat } from './chat.ts'
import { constant, container, line, node, topology } from '../draw.ts'
import { value, type Scenario } from '../expectation.ts'
import { Stage } from '../stage.ts'

const hop = { latency: constant(1) }
const bound = { latency: constant(0) }
const SILENT = { rate: 0 }
/** What one program calls its nth message. */
const called = (numbers: readonly number[]): string[] => numbers.map(n => `m${n}`)

/** What the broker answers to a program, as its client library hears it: listened to from now on. */
function repliesTo(stage: Stage, id: string): readonly Reply[] {
  const heard: Reply[] = []
  for (const endpoint of stage.run.parts.endpointsOf(id)) {
    if (!(endpoint instanceof AmqpEndpoint)) continue
    const told = endpoint.replied.bind(endpoint)
    endpoint.replied = reply => {
      heard.push(reply)
      told(reply)
    }
  }
  return heard
}

const durableSubscriber: Scenario = {
  id: 'durable-subscriber',
  measure: () => {
    const stage = new Stage(amqpChat(['S1', 'S2'])).go(500)
    const say = (count: number): void => {
      for (let n = 0; n < count; n += 1) stage.say('C1').go(20)
    }
    say(3)
    stage.go(100).crash('history').go(100)
    const before = stage.probe('C3', 'received')
    say(7)
    stage.go(100)
    const whileAway = stage.probe('C3', 'received') - before
    const depth = stage.probe('chat_history', 'ready')
    const backMs = stage.nowMs
    stage.restart('history').go(3000)
    const stored = called(stage.numbers('stored', 'history', backMs))
    const depthAfter = stage.probe('chat_history', 'ready') + stage.probe('chat_history', 'unacked')
    // A stranger's connection asks for a server's own queue.
    const stranger = node('app.consumer', 'stranger', { column: 4.5, row: 0 })
    stage.edit({ edit: 'add-nodes', nodes: [stranger] }, { edit: 'add-channels', channels: [line('amqp.consume', 'chat_srv_S1', 'stranger', { ...hop, reconnect: 0 })] })
    const told = repliesTo(stage, 'stranger')
    stage.go(500)
    stage.crash('S2').go(100)
    return {
      'chat delivery while H is down': value(whileAway),
      'depth of chat_history before restart': value(depth),
      'order after restart': value(stored),
      'depth after catching up': value(depthAfter),
      'exclusive queue of a killed server': value(stage.isThere('chat_srv_S2') ? 'there' : 'deleted'),
      'depth seen when server queue is inspected from another connection': value(told.map(reply => (reply.reply === 'error' ? `refused ${reply.code}` : reply.reply)).join(', ')),
    }
  },
}

/** A queue, and the service that stores what comes from it. */
function archive(history: Config): Topology {
  return topology(
    'A history service that crashes on its third message',
    [
      node('app.producer', 'writer', { column: 0, row: 0 }, SILENT),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 1, rows: 2 }, [node('amqp.queue', 'chat_history', { column: 0, row: 0 })]),
      node('chat.history', 'history', { column: 2.5, row: 0 }, { storeTime: constant(10), ...history }),
    ],
    [line('amqp.publish', 'writer', 'chat_history', hop), line('amqp.consume', 'chat_history', 'history', hop)],
  )
}

/** Six messages; the service dies between the two steps of the third, and is started again when all are there. */
function storeAndCrash(acknowledge: 'before' | 'after'): { readonly ready: number; readonly stored: readonly string[]; readonly again: boolean } {
  const stage = new Stage(archive({ acknowledge, pause: 10 })).go(100)
  const say = (count: number): void => {
    for (let n = 0; n < count; n += 1) stage.say('writer').go(50)
  }
  say(2)
  stage.say('writer').goUntil(fact => fact.verb === (acknowledge === 'after' ? 'stored' : 'started') && fact.serial === 3)
  // Half a step later: what was acknowledged has come to the broker.
  stage.go(5).crash('history')
  say(3)
  const ready = stage.probe('chat_history', 'ready')
  stage.restart('history').go(3000)
  const again = stage.probe('history', 'redelivered') === 1 && stage.numbers('started', 'history').filter(n => n === 3).length === 2
  return { ready, stored: called(stage.numbers('stored', 'history')), again }
}

const ackWindow: Scenario = {
  id: 'ack-window',
  measure: () => {
    const [after, before] = [storeAndCrash('after'), storeAndCrash('before')]
    return {
      'store then ack: stored': value(after.stored),
      'store then ack: redelivered flag on second m3': value(after.again),
      'store then ack: ready after crash': value(after.ready),
      'ack then store: stored': value(before.stored),
      'ack then store: ready after crash': value(before.ready),
      'cracker, result then ack: results': value(crackerAckOrder.resultFirst()),
      'cracker, ack then result: results': value(crackerAckOrder.ackFirst()),
    }
  },
}

/** Four queues of different lifetimes, two exchanges; five transient and five persistent messages into each queue. No client comes back. */
export function lifetimes(): Topology {
  const never = { ...hop, reconnect: 0 }
  const fed = ['q_durable', 'q_transient', 'exclusive']
  const sender = (id: string, persistent: boolean) => node('app.producer', id, { column: 0, row: persistent ? 2 : 0 }, { rate: 0, persistent, body: `${id}{n}` })
  return topology(
    'What survives a broker restart',
    [
      sender('T', false),
      sender('P', true),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 2.5, rows: 5 }, [
        node('amqp.exchange', 'in', { column: 0, row: 1 }, { exchangeType: 'fanout' }),
        node('amqp.exchange', 'x_durable', { column: 0, row: 0 }, { exchangeType: 'direct' }),
        node('amqp.exchange', 'x_transient', { column: 0, row: 2 }, { exchangeType: 'direct', durable: false }),
        node('amqp.queue', 'q_durable', { column: 1, row: 0 }),
        node('amqp.queue', 'q_transient', { column: 1, row: 1 }, { durable: false }),
        // Its publishers declare it; deleted when its last consumer goes, and it never has one.
        node('amqp.queue', 'q_autodelete', { column: 1, row: 2 }, { autoDelete: true }),
        node('amqp.queue', 'exclusive', { column: 1, row: 3 }, { exclusive: true }),
      ]),
      node('app.consumer', 'owner', { column: 4, row: 3 }, { acknowledge: 'never' }),
    ],
    [
      ...['T', 'P'].flatMap(id => [line('amqp.publish', id, 'in', never), line('amqp.publish', id, 'q_autodelete', never)]),
      ...fed.map(queue => line('amqp.binding', 'in', queue, bound)),
      line('amqp.binding', 'x_durable', 'q_durable', bound),
      line('amqp.binding', 'x_transient', 'q_transient', bound),
      line('amqp.consume', 'exclusive', 'owner', { ...never, prefetch: 1 }),
    ],
  )
}

const brokerRestart: Scenario = {
  id: 'broker-restart',
  measure: () => {
    const filled = (): Stage => {
      const stage = new Stage(lifetimes()).go(100)
      for (const id of ['T', 'P']) for (let n = 0; n < 5; n += 1) stage.say(id).go(10)
      return stage.go(100)
    }
    const stage = filled().crash('rabbitmq').go(3600).restart('rabbitmq').go(1000)
    const stopped = filled().stop('rabbitmq').go(4000).restart('rabbitmq').go(1000).contents('q_durable')
    const kept = stage.contents('q_durable')
    return {
      'durable queue contents': value(kept.map(one => one.body)),
      'transient queue exists': value(stage.isThere('q_transient')),
      'exclusive queue exists': value(stage.isThere('exclusive')),
      'durable exchange and its binding exist': value(stage.isThere('x_durable') && stage.notes('x_durable').includes('1 bindings')),
      'transient exchange exists': value(stage.isThere('x_transient')),
      'redelivered flag after clean stop': value(stopped.length === 0 || stopped.some(one => one.redelivered)),
      'redelivered flag after crash': value(kept.length > 0 && kept.every(one => one.redelivered)),
    }
  },
}

const rabbitOutage: Scenario = {
  id: 'rabbit-outage',
  measure: () => {
    // No program of edition 4 handles an error of its connection, and no client connects again.
    const drawn = amqpChat(['S1', 'S2'])
    const nodes = drawn.nodes.map(one => (one.type === 'chat.server' || one.type === 'chat.history' ? { ...one, config: { ...one.config, whenLost: 'ends' } } : one))
    const channels = drawn.channels.map(one => (one.type === 'websocket.connection' ? { ...one, config: { ...one.config, reconnect: 0 } } : one))
    const stage = new Stage({ ...drawn, nodes, channels }).go(500).crash('rabbitmq').go(1000)
    const users = nodes.filter(one => one.type === 'chat.user')
    const left = users.filter(user => stage.run.parts.endpointsOf(user.id).every(endpoint => !endpoint.isOpen())).length
    return {
      'processes that exit': value(nodes.filter(one => one.type.startsWith('chat.') && !stage.isUp(one.id)).map(one => one.id)),
      'clients disconnected': value(left === users.length ? 'all' : left),
    }
  },
}

/** A fanout exchange with a queue of its own for two consumers, and one queue that two others share. */
export function ownAndShared(): Topology {
  const consumers = ['own1', 'own2', 'shared1', 'shared2']
  return topology(
    'Own queue or shared queue',
    [
      node('app.producer', 'producer', { column: 0, row: 1 }, { rate: 100, arrival: 'regular', limit: 10 }),
      ...container('amqp.broker', 'rabbitmq', { column: 1, row: 0 }, { columns: 2.5, rows: 4 }, [node('amqp.exchange', 'chat', { column: 0, row: 1 }, { exchangeType: 'fanout' }), ...['q_own1', 'q_own2', 'q_shared'].map((id, n) => node('amqp.queue', id, { column: 1, row: n }))]),
      ...consumers.map((id, n) => node('app.consumer', id, { column: 4, row: n }, { serviceTime: constant(1) })),
    ],
    [
      line('amqp.publish', 'producer', 'chat', hop),
      ...['q_own1', 'q_own2', 'q_shared'].map(id => line('amqp.binding', 'chat', id, bound)),
      ...consumers.map((id, n) => line('amqp.consume', n < 2 ? `q_${id}` : 'q_shared', id, hop)),
    ],
  )
}

const ownOrShared: Scenario = {
  id: 'own-or-shared-queue',
  measure: () => {
    const stage = new Stage(ownAndShared()).go(3000)
    return {
      'own queues': value(stage.probes(['own1', 'own2'], 'processed')),
      'shared queue': value(['shared1', 'shared2'].map(id => [...stage.numbers('finished', id)])),
    }
  },
}

export const scenarios: readonly Scenario[] = [durableSubscriber, ackWindow, brokerRestart, rabbitOutage, ownOrShared]
