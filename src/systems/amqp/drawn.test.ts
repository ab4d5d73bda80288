import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'
import type { Broker } from './broker.ts'
import { headersSeen } from './envelope.ts'

/** What the settings of drawn parts do: the same broker that the recordings are replayed through, told by the document. */
const broker = (config: Config = {}) => node('amqp.broker', 'b', config)
const queue = (id: string, config: Config = {}) => node('amqp.queue', id, config, 'b')
const exchange = (id: string, config: Config = {}) => node('amqp.exchange', id, config, 'b')
/** Ten messages a second, the first after 100 ms. */
const producer = (config: Config = {}) => node('app.producer', 'p', { rate: 10, arrival: 'regular', ...config })
const consumer = (id: string, config: Config = {}) => node('app.consumer', id, { serviceTime: constant(10), ...config })
const publish = (to: string, config: Config = {}) => channel('amqp.publish', 'p', to, config)
const bind = (from: string, to: string, config: Config = {}) => channel('amqp.binding', from, to, { latency: constant(0), ...config })

function notes(scene: Scene, id: string): readonly string[] {
  return scene.run.system(id)!.notes(scene.run.parts.nodes.get(id)!)
}

/** What is in a queue, the head first. */
function contents(scene: Scene, id: string): { key: string; headers: unknown }[] {
  const runtime = scene.run.parts.nodes.get(id)!
  const out: number[] = []
  scene.run.system(id)!.contents(runtime, out, 0, 100)
  return out.map(message => ({ key: runtime.messages.key(message), headers: headersSeen(runtime.messages, message) }))
}

describe('settings of a queue', () => {
  it('expire messages at the head and dead-letter them', () => {
    const scene = new Scene([producer({ limit: 3, key: 'job' }), broker(), queue('q', { messageTtl: 500, deadLetterExchange: 'dead' }), exchange('dead', { exchangeType: 'fanout' }), queue('morgue')], [publish('q'), bind('dead', 'morgue')])
    scene.until(0.5)
    expect(scene.probes('q', 'ready', 'deadLettered')).toEqual({ ready: 3, deadLettered: 0 })
    scene.until(2)
    expect(scene.probes('q', 'ready', 'deadLettered')).toEqual({ ready: 0, deadLettered: 3 })
    expect(contents(scene, 'morgue')[0]).toMatchObject({ key: 'q', headers: { 'x-first-death-queue': 'q', 'x-death': [{ count: 1, reason: 'expired', queue: 'q', 'routing-keys': ['q'] }] } })
  })

  it('amqp.drawn.key: what is published to a queue has its name as routing key when it dies', () => {
    const scene = new Scene([producer({ limit: 1, key: 'other' }), broker(), queue('q', { messageTtl: 10, deadLetterExchange: 'dead' }), exchange('dead', { exchangeType: 'topic' }), queue('morgue')], [publish('q'), bind('dead', 'morgue', { routingKey: 'q' })])
    expect(scene.until(2).probe('morgue', 'ready')).toBe(1)
  })

  it('drop the head of a full queue, or refuse newcomers', () => {
    const scene = (overflow: string) => new Scene([producer({ limit: 9 }), broker(), queue('q', { maxLength: 4, overflow })], [publish('q')]).until(2)
    expect(scene('drop-head').probes('q', 'ready', 'enqueued', 'dropped')).toEqual({ ready: 4, enqueued: 9, dropped: 5 })
    expect(scene('reject-publish').probes('q', 'ready', 'enqueued', 'dropped')).toEqual({ ready: 4, enqueued: 4, dropped: 5 })
  })

  it('hand out by priority, by priority of consumers, or to one consumer alone', () => {
    const two = (config: Config, one: Config, other: Config) => new Scene([producer({ limit: 6 }), broker(), queue('q', config), consumer('c'), consumer('d')], [publish('q'), channel('amqp.consume', 'q', 'c', one), channel('amqp.consume', 'q', 'd', other)]).until(3)
    expect([two({}, {}, { priority: 5 }).probe('d', 'received'), two({ singleActiveConsumer: true }, {}, {}).probe('c', 'received')]).toEqual([6, 6])
    const both = two({}, {}, {})
    expect([both.probe('c', 'received'), both.probe('d', 'received')]).toEqual([3, 3])
  })

  it('count returns in a quorum queue up to the delivery limit', () => {
    const scene = new Scene([producer({ limit: 1 }), broker(), queue('q', { queueType: 'quorum', deliveryLimit: 2 }), consumer('c', { failureRate: 1, onFailure: 'requeue' })], [publish('q'), channel('amqp.consume', 'q', 'c', { prefetch: 1 })]).until(5)
    expect(scene.probe('c', 'received')).toBe(3)
    expect(scene.run.ledger().discarded).toContain(1)
  })

  it('keep the entries of a stream for every reader', () => {
    const read = (offset: string) => channel('amqp.consume', 'log', offset === 'first' ? 'c' : 'd', { prefetch: 10, streamOffset: offset })
    const scene = new Scene([producer({ limit: 5 }), broker(), queue('log', { queueType: 'stream' }), consumer('c'), consumer('d')], [publish('log'), read('first'), read('3')]).until(3)
    expect([scene.probe('c', 'processed'), scene.probe('d', 'processed'), scene.run.ledger().retained]).toEqual([5, 2, 5])
  })

  it('amqp.stream.retention: a stream drops whole segments, and never the one that is written to', () => {
    const scene = new Scene([producer({ limit: 20, body: '0123456789' }), broker(), queue('log', { queueType: 'stream', maxLengthBytes: 60, maxSegmentBytes: 20 })], [publish('log')]).until(4)
    expect(scene.probe('log', 'ready')).toBe(6)
  })

  it('amqp.stream.offset-age: reading begins with the first entry that is not older', () => {
    const scene = new Scene([producer({ limit: 30 }), broker(), queue('log', { queueType: 'stream' }), consumer('c')], [publish('log'), channel('amqp.consume', 'log', 'c', { prefetch: 100, streamOffset: '1s' })])
    scene.until(0.1).fault('crash', 'c').until(2.5).fault('restart', 'c').until(2.72)
    // It subscribes a moment after 2.55 s: the entry of 1.55 s is too old by then, those of 1.65 s to 2.65 s are read.
    expect(scene.probe('c', 'received')).toBe(11)
  })

  it('amqp.restart.crash: marks all that came back as redelivered, an orderly stop does not', () => {
    const redelivered = (fault: 'crash' | 'stop'): number => {
      const scene = new Scene([producer({ limit: 5 }), broker(), queue('q'), consumer('c')], [publish('q', { reconnect: 0 }), channel('amqp.consume', 'q', 'c', { reconnect: 1000 })]).until(0.05)
      scene.fault('crash', 'c').until(1)
      scene.run.input({ input: 'fault', fault: { fault, node: 'b' } })
      return scene.until(2).fault('restart', 'b').until(3).fault('restart', 'c').until(8).probe('c', 'redelivered')
    }
    expect([redelivered('crash'), redelivered('stop')]).toEqual([5, 0])
  })

  it('amqp.drawn.refused: what RabbitMQ refuses is not there, with its code and text', () => {
    const scene = new Scene([producer(), broker(), queue('q', { queueType: 'quorum', durable: false })], [publish('q')]).until(1)
    expect(notes(scene, 'q')).toEqual(["RabbitMQ refuses it: 406 PRECONDITION_FAILED - invalid property 'non-durable' for queue 'q' in vhost '/'"])
    scene.configure('node', 'q', { queueType: 'quorum', durable: true }).until(5)
    expect(scene.probe('q', 'ready')).toBeGreaterThan(10)
  })

  it('mean the same as raw arguments, and win over them', () => {
    const scene = (config: Config) => new Scene([producer({ limit: 9 }), broker(), queue('q', config)], [publish('q')]).until(2).probe('q', 'ready')
    expect([scene({ arguments: { 'x-max-length': 3 } }), scene({ maxLength: 5, arguments: { 'x-max-length': 3 } })]).toEqual([3, 5])
  })

  it('can change while it runs', () => {
    const scene = new Scene([producer({ limit: 9 }), broker(), queue('q')], [publish('q')]).until(2)
    scene.configure('node', 'q', { maxLength: 2 })
    expect(scene.probe('q', 'ready')).toBe(2)
    scene.configure('node', 'q', { maxLength: 2, queueType: 'quorum' }).until(3)
    expect(scene.probe('q', 'ready')).toBe(2)
  })
})

describe('settings of exchanges and publishers', () => {
  it('send what no binding matches to the alternate exchange', () => {
    const scene = new Scene([producer({ limit: 3 }), broker(), exchange('x', { alternateExchange: 'rest' }), exchange('rest', { exchangeType: 'fanout' }), queue('q')], [publish('x'), bind('rest', 'q')]).until(2)
    expect(scene.probe('q', 'ready')).toBe(3)
  })

  it('stamp messages with CC, BCC, priority and expiration', () => {
    const scene = new Scene([producer({ limit: 2, key: 'k' }), broker(), exchange('x'), queue('q', { maxPriority: 5 }), queue('r'), queue('s')], [publish('x', { cc: 'c', bcc: 'd', priority: 3, expiration: 500 }), bind('x', 'q', { routingKey: 'k' }), bind('x', 'r', { routingKey: 'c' }), bind('x', 's', { routingKey: 'd' })])
    scene.until(0.45)
    expect(['q', 'r', 's'].map(id => scene.probe(id, 'ready'))).toEqual([2, 2, 2])
    expect(contents(scene, 's')[0]).toEqual({ key: 'k', headers: { CC: ['c'] } })
    expect(scene.until(1).probe('q', 'ready')).toBe(0)
  })

  it('amqp.client.confirms: what a full queue refuses is published again', () => {
    const nodes = [producer({ limit: 6 }), broker(), queue('q', { maxLength: 1, overflow: 'reject-publish' }), consumer('c', { serviceTime: constant(300) })]
    const lines = (config: Config) => [publish('q', { confirms: true, ...config }), channel('amqp.consume', 'q', 'c', { prefetch: 1 })]
    expect(new Scene(nodes, lines({ whenRefused: 'again', publishAgainAfter: 200 })).until(10).probe('c', 'processed')).toBe(6)
    expect(new Scene(nodes, lines({})).until(10).probe('c', 'processed')).toBeLessThan(6)
    // A connection that is lost before the confirm came: everything arrives at least once.
    const scene = new Scene([producer({ limit: 20 }), broker(), queue('q')], [publish('q', { confirms: true, whenRefused: 'again', whileDisconnected: 'buffer' })])
    scene.until(1.03).fault('crash', 'b').until(1.5).fault('restart', 'b').until(5)
    expect(scene.run.ledger().copied).toBeGreaterThan(0)
  })

  it('keep the ledger with dead letters that nobody takes, at least once', () => {
    const scene = new Scene([producer({ limit: 3 }), broker(), queue('q', { queueType: 'quorum', messageTtl: 100, deadLetterExchange: 'dead', deadLetterStrategy: 'at-least-once', overflow: 'reject-publish' }), exchange('dead', { exchangeType: 'fanout' }), queue('morgue')], [publish('q')])
    expect(scene.until(3).run.ledger().waiting).toBe(3)
    expect(notes(scene, 'q').join()).toContain('3 dead letters wait')
    scene.run.input({ input: 'edit', edits: [{ edit: 'add-channels', channels: [bind('dead', 'morgue')] }] })
    expect(scene.until(200).probe('morgue', 'ready')).toBe(3)
  })
})

describe('policies', () => {
  const row = (name: string, pattern: string, priority: number, definition: Config, applyTo = 'queues'): Config => ({ name, vhost: '/', pattern, priority, definition, 'apply-to': applyTo })
  const ready = (config: Config, own: Config = {}): number => new Scene([producer({ limit: 9 }), broker(config), queue('q', own)], [publish('q')]).until(2).probe('q', 'ready')

  it('amqp.policy.one: the highest priority alone applies', () => {
    expect(ready({ policies: [row('a', '^q', 1, { 'max-length': 3 }), row('b', '.*', 5, { 'message-ttl': 60_000 })] })).toBe(9)
    expect(ready({ policies: [row('a', '^q', 1, { 'max-length': 3 }), row('b', '^other', 5, { 'max-length': 1 })] })).toBe(3)
  })

  it('amqp.policy.operator: an operator policy is laid over it, the smaller limit holds', () => {
    const operator = (limit: number): Config => ({ component: 'operator_policy', name: 'cap', vhost: '/', value: { pattern: '.*', priority: 0, 'apply-to': 'queues', definition: [['max-length', limit]] } })
    const policies = [row('a', '^q', 1, { 'max-length': 5 })]
    expect([ready({ policies, parameters: [operator(2)] }), ready({ policies, parameters: [operator(7)] }), ready({ parameters: [operator(4)] })]).toEqual([2, 5, 4])
  })

  it('amqp.policy.arguments: of limits the smaller holds, names are the argument’s', () => {
    expect(ready({ policies: [row('a', '^q', 1, { 'max-length': 5 })] }, { maxLength: 2 })).toBe(2)
    expect(ready({ policies: [row('a', '^q', 1, { 'max-length': 2 })] }, { maxLength: 5 })).toBe(2)
    const scene = new Scene([producer({ limit: 1 }), broker({ policies: [row('a', '^q$', 1, { 'message-ttl': 10, 'dead-letter-exchange': 'one' })] }), queue('q', { deadLetterExchange: 'other' }), exchange('one', { exchangeType: 'fanout' }), exchange('other', { exchangeType: 'fanout' }), queue('r'), queue('s')], [publish('q'), bind('one', 'r'), bind('other', 's')]).until(2)
    expect([scene.probe('r', 'ready'), scene.probe('s', 'ready')]).toEqual([0, 1])
  })

  it('amqp.policy.alternate: exchanges get an alternate by policy', () => {
    const scene = new Scene([producer({ limit: 3 }), broker({ policies: [row('ae', '^x$', 0, { 'alternate-exchange': 'rest' }, 'exchanges')] }), exchange('x'), exchange('rest', { exchangeType: 'fanout' }), queue('q')], [publish('x'), bind('rest', 'q')]).until(2)
    expect(scene.probe('q', 'ready')).toBe(3)
  })
})

it('amqp.queue: says why its messages wait', () => {
  const scene = new Scene([producer({ limit: 9 }), broker(), queue('q'), consumer('c', { acknowledge: 'never' })], [publish('q'), channel('amqp.consume', 'q', 'c', { prefetch: 2 })]).until(2)
  expect(notes(scene, 'q')).toEqual(['Consumers: c', 'Messages wait: every consumer has used up its prefetch'])
  expect((scene.run.system('b') as Broker).objects.queues.size).toBe(1)
})
