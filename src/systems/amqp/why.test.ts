import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Answer, CopyStory, MessageStory } from '../../contract/story.ts'
import type { Question } from '../../contract/why.ts'
import { describeDead } from '../../engine/inspect.ts'
import { storyOf } from '../../engine/story.ts'
import type { Channel, Config, TopologyNode } from '../../topology/document.ts'

/** A producer that sends three messages by half past one second, a queue, and consumers that take for ever. */
interface Setting {
  readonly queue?: Config
  readonly consume?: Config
  readonly consumers?: readonly string[]
  readonly consumer?: Config
  readonly producer?: Config
  readonly publish?: Config
}

function workQueue({ queue = {}, consume = {}, consumers = [], consumer = {}, producer = {}, publish = {} }: Setting): Scene {
  const nodes: TopologyNode[] = [
    node('app.producer', 'p', { rate: 2, arrival: 'regular', limit: 3, key: 'k', persistent: true, ...producer }),
    node('amqp.broker', 'b'),
    node('amqp.queue', 'q', queue, 'b'),
    ...consumers.map(id => node('app.consumer', id, { serviceTime: constant(60_000), ...consumer })),
  ]
  const channels: Channel[] = [channel('amqp.publish', 'p', 'q', publish), ...consumers.map(id => channel('amqp.consume', 'q', id, { prefetch: 1, ...consume }))]
  return new Scene(nodes, channels)
}

/** A producer, an exchange, and what is bound to it. */
function routed(exchange: Config, bindings: Readonly<Record<string, Config>>, more: { readonly producer?: Config; readonly queue?: Config } = {}): Scene {
  const queues = Object.keys(bindings)
  return new Scene(
    [node('app.producer', 'p', { rate: 2, arrival: 'regular', limit: 1, key: 'orders.eu', ...more.producer }), node('amqp.broker', 'b'), node('amqp.exchange', 'x', exchange, 'b'), ...queues.map(id => node('amqp.queue', id, more.queue, 'b'))],
    [channel('amqp.publish', 'p', 'x'), ...queues.map(id => channel('amqp.binding', 'x', id, bindings[id]))],
  )
}

function story(scene: Scene, identity: string): MessageStory {
  const told = storyOf(scene.run, identity, 0)
  if (!told) throw new Error(`nothing is known of ${identity}`)
  return told
}
function copyAt(scene: Scene, identity: string, where: string): CopyStory {
  const copy = story(scene, identity).copies.find(one => one.where === where)
  if (!copy) throw new Error(`${identity} is not at ${where}`)
  return copy
}
function answer(scene: Scene, identity: string, where: string, asks: Question): Answer {
  const found = copyAt(scene, identity, where).answers.find(one => one.asks === asks)
  if (!found) throw new Error(`${identity} has no answer to ${asks}`)
  return found
}
const says = (scene: Scene, identity: string, where: string, asks: Question): string => answer(scene, identity, where, asks).says
const grounds = (scene: Scene, identity: string, where: string, asks: Question): string[] => answer(scene, identity, where, asks).grounds.map(ground => (ground.fits === undefined ? ground.says : `${ground.fits ? '✓' : '✗'} ${ground.says}`))

describe('why a message waits', () => {
  it('says that there is no consumer, and how many are ahead', () => {
    const scene = workQueue({}).until(3)
    expect(['p#1', 'p#2', 'p#3'].map(id => says(scene, id, 'q', 'waits'))).toEqual(['It is next in line, but q has no consumer.', 'One message is ahead of it, and q has no consumer.', '2 messages are ahead of it, and q has no consumer.'])
  })

  it('says that its only consumer holds as many as its prefetch allows, and which has been out the longest', () => {
    const scene = workQueue({ consumers: ['c'], consume: { prefetch: 2 } }).until(3)
    const { says: sentence, grounds: [held] } = answer(scene, 'p#3', 'q', 'waits')
    expect([sentence, held?.says, held?.message?.identity, held?.sinceNs]).toEqual(['It is next in line, but its only consumer, c, holds as many as its prefetch allows: 2 of 2.', 'c has 2 of 2 unacknowledged; the oldest', 'p#1', copyAt(scene, 'p#1', 'q').sinceNs])
  })

  it('says it of every consumer', () => {
    const scene = workQueue({ consumers: ['c', 'd'] }).until(3)
    expect([says(scene, 'p#3', 'q', 'waits'), ...grounds(scene, 'p#3', 'q', 'waits')]).toEqual(['It is next in line, but all 2 consumers hold as many as their prefetch allows.', 'c has 1 of 1 unacknowledged; the oldest', 'd has 1 of 1 unacknowledged; the oldest'])
  })

  it('says that only the single active consumer gets messages', () => {
    const scene = workQueue({ consumers: ['c', 'd'], queue: { singleActiveConsumer: true } }).until(3)
    expect([says(scene, 'p#2', 'q', 'waits'), grounds(scene, 'p#2', 'q', 'waits').at(-1)]).toEqual(['It is next in line, but the single active consumer, c, holds as many as its prefetch allows: 1 of 1.', 'd is not the active consumer: it gets nothing while c is there'])
  })

  it('says that the limit of the channel is used up', () => {
    const scene = workQueue({ consumers: ['c'], consume: { prefetch: 2, prefetchScope: 'channel' } }).until(3)
    expect(says(scene, 'p#3', 'q', 'waits')).toBe('It is next in line, but its only consumer, c, has used up the limit of its channel: 2 of 2.')
  })

  it('says who has it, since when, and what is done with it there', () => {
    const scene = workQueue({ consumers: ['c'], consume: { prefetch: 2 } }).until(3)
    const first = answer(scene, 'p#1', 'q', 'waits')
    expect([first.says, first.grounds[0]?.sinceNs]).toEqual(['c got it and has not acknowledged it.', copyAt(scene, 'p#1', 'q').sinceNs])
    expect(first.grounds.map(ground => ground.says)).toEqual(['Handed out with delivery tag 1', 'c holds 2 of its prefetch of 2', 'c is working on it.'])
    expect(grounds(scene, 'p#2', 'q', 'waits').at(-1)).toBe('It is in the inbox of c, next in line: c works on one at a time.')
  })

  it('says that a delivery is still on the wire, and that a consumer never acknowledges', () => {
    const slow = workQueue({ consumers: ['c'], consume: { latency: constant(5000) } }).until(8)
    expect(answer(slow, 'p#1', 'q', 'waits').grounds.at(-1)).toMatchObject({ says: 'Its delivery to c is still on the wire' })
    const never = workQueue({ consumers: ['c'], consumer: { acknowledge: 'never', serviceTime: constant(10) } }).until(3)
    expect(grounds(never, 'p#1', 'q', 'waits').at(-1)).toBe('c has worked on it and never acknowledges anything.')
  })

  it('tells when its time to live ends, and that only the head expires', () => {
    const scene = workQueue({ queue: { messageTtl: 60_000 } }).until(3)
    const { sinceNs } = copyAt(scene, 'p#1', 'q')
    expect(answer(scene, 'p#1', 'q', 'waits').grounds).toEqual([{ says: 'Its time to live ends', untilNs: sinceNs + 60e9 }])
  })

  it('says that its broker is down', () => {
    const scene = workQueue({}).until(3).fault('crash', 'b').until(4)
    expect(says(scene, 'p#1', 'q', 'waits')).toBe('b is down; q is on disk and comes back with it.')
  })

  it('says that a client keeps it until there is a connection', () => {
    const scene = workQueue({ publish: { whileDisconnected: 'buffer', reconnect: 0 } }).until(0.2).fault('crash', 'b').until(3)
    expect(says(scene, 'p#3', 'p', 'waits')).toBe('It waits in p until there is a connection again.')
  })
})

describe('why a message is here', () => {
  it('tells every binding that was tried, and which matched', () => {
    const scene = routed({ exchangeType: 'topic' }, { eu: { routingKey: 'orders.eu' }, all: { routingKey: 'orders.#' }, us: { routingKey: 'orders.us' } }).until(3)
    expect([says(scene, 'p#1', 'eu', 'here'), ...grounds(scene, 'p#1', 'eu', 'here')]).toEqual(['It came to eu through the exchange x: its routing key “orders.eu” matches its binding.', '✓ orders.eu → eu', '✓ orders.# → all', '✗ orders.us → us'])
  })

  it('says so when the bindings have changed since', () => {
    const scene = routed({ exchangeType: 'direct' }, { eu: { routingKey: 'orders.eu' } }).until(3)
    scene.configure('channel', 'x>eu', { ...channel('amqp.binding', 'x', 'eu').config, routingKey: 'other' }).until(4)
    expect([says(scene, 'p#1', 'eu', 'here'), ...grounds(scene, 'p#1', 'eu', 'here')]).toEqual(['It came to eu through the exchange x: by a binding that is there no more.', '✗ other → eu', 'These are the bindings of now: they have changed since it was routed'])
  })

  it('names the default exchange, and a fanout', () => {
    expect(says(workQueue({}).until(3), 'p#1', 'q', 'here')).toBe('It came to q through the default exchange, by the name of the queue.')
    expect(says(routed({ exchangeType: 'fanout' }, { all: {} }).until(3), 'p#1', 'all', 'here')).toBe('It came to all through the exchange x: a fanout gives a copy to everything bound to it.')
  })

  it('says of a dead letter where it died and why', () => {
    const scene = new Scene(
      [node('app.producer', 'p', { rate: 2, arrival: 'regular', limit: 1 }), node('amqp.broker', 'b'), node('amqp.queue', 'work', { deadLetterExchange: '(default)', deadLetterRoutingKey: 'dead' }, 'b'), node('amqp.queue', 'dead', {}, 'b'), node('app.consumer', 'c', { failureRate: 1, serviceTime: constant(10), onFailure: 'reject' })],
      [channel('amqp.publish', 'p', 'work'), channel('amqp.consume', 'work', 'c')],
    ).until(3)
    expect(says(scene, 'p#1', 'dead', 'here')).toBe('It is a dead letter: it died in work (rejected) and came here through the default exchange, by the name of the queue.')
    expect(copyAt(scene, 'p#1', 'dead').headers['x-death']).toMatchObject([{ queue: 'work', reason: 'rejected', count: 1 }])
    expect(story(scene, 'p#1').steps.filter(step => step.verb === 'dead-lettered').map(step => [step.node, step.says])).toEqual([['work', 'Became a dead letter: rejected']])
    expect(scene.run.core.marks.filter(mark => mark.mark === 'dead-letter')).toMatchObject([{ part: 'work', says: 'work: dead letter, rejected', message: { identity: 'p#1' } }])
  })
})

describe('why a message died', () => {
  it('unroutable: no binding matched, and these were tried', () => {
    const scene = routed({ exchangeType: 'topic' }, { us: { routingKey: 'orders.us' }, audit: { routingKey: 'audit.#' } }).until(3)
    expect([says(scene, 'p#1', 'x', 'died'), ...grounds(scene, 'p#1', 'x', 'died')]).toEqual(['No binding of x matches its routing key “orders.eu”: an exchange keeps nothing, so it was dropped.', '✗ orders.us → us', '✗ audit.# → audit'])
    expect(scene.run.core.marks).toMatchObject([{ mark: 'loss', part: 'x', message: { identity: 'p#1' } }])
    expect(describeDead(scene.run, { node: 'x', limit: 10 })).toMatchObject([{ identity: 'p#1', state: 'discarded', reason: 'unroutable', where: 'x' }])
  })

  it('unroutable: nothing was bound, or a binding has come since', () => {
    const scene = routed({ exchangeType: 'direct' }, { late: { routingKey: 'other' } }).until(3)
    scene.configure('channel', 'x>late', { ...channel('amqp.binding', 'x', 'late').config, routingKey: 'orders.eu' }).until(4)
    expect(says(scene, 'p#1', 'x', 'died')).toBe('When it came, no binding of x led it to a queue; now one matches its routing key “orders.eu”.')
    expect(grounds(scene, 'p#1', 'x', 'died')).toEqual(['✓ orders.eu → late', 'These are the bindings of now: they have changed since it was routed'])
    expect(says(routed({}, {}).until(3), 'p#1', 'x', 'died')).toBe('Nothing was bound to x: an exchange keeps nothing, so it was dropped.')
  })

  it('expired at the head, by the queue’s time to live or its own', () => {
    const scene = workQueue({ queue: { messageTtl: 500 } }).until(9)
    expect([says(scene, 'p#1', 'q', 'died'), ...grounds(scene, 'p#1', 'q', 'died')]).toEqual(['Its time to live of 500 ms, the message TTL of q, was over when it stood at the head of q.', 'q has no dead-letter exchange, so it was dropped'])
    expect(says(workQueue({ queue: { messageTtl: 500 }, publish: { expiration: 200 } }).until(9), 'p#1', 'q', 'died')).toBe('Its time to live of 200 ms, its own expiration, was over when it stood at the head of q.')
  })

  it('rejected, by whom, with a dead-letter exchange that is not there', () => {
    const failing = { consumers: ['c'], consumer: { failureRate: 1, serviceTime: constant(10), onFailure: 'reject' } }
    expect(says(workQueue(failing).until(5), 'p#1', 'q', 'died')).toBe('c rejected it and did not ask for it to be put back.')
    expect(grounds(workQueue({ ...failing, queue: { deadLetterExchange: 'gone' } }).until(5), 'p#1', 'q', 'died')).toEqual(['The dead-letter exchange of q, gone, is not there, so it was dropped'])
  })

  it('overflow, at the head or as a newcomer', () => {
    expect(says(workQueue({ queue: { maxLength: 1 } }).until(5), 'p#1', 'q', 'died')).toBe('q was over its limit of 1 message: its head is dropped to make room (drop-head).')
    expect(says(workQueue({ queue: { maxLength: 1, overflow: 'reject-publish' } }).until(5), 'p#3', 'q', 'died')).toBe('q was full, with 1 message, and refuses what comes then (reject-publish).')
  })

  it('queue deleted, broker crashed', () => {
    const exclusive = workQueue({ queue: { exclusive: true, autoDelete: true }, producer: { persistent: false } }).until(3).fault('crash', 'p').until(4)
    expect([says(exclusive, 'p#1', 'q', 'died'), ...grounds(exclusive, 'p#1', 'q', 'died')]).toEqual(['q was deleted, with everything in it.', 'An exclusive queue goes with the connection that declared it'])
    expect(says(workQueue({ producer: { persistent: false } }).until(3).fault('crash', 'b').until(4), 'p#1', 'q', 'died')).toBe('b crashed, and it was transient: only persistent messages in durable queues come back.')
    expect(says(workQueue({ queue: { durable: false } }).until(3).fault('crash', 'b').until(4), 'p#1', 'q', 'died')).toBe('b crashed, and q is not durable: it went with everything in it.')
  })

  it('connection lost, on the way to the broker and on the way to a consumer that acknowledges nothing', () => {
    const out = workQueue({ publish: { latency: constant(2000) } }).until(1.6).fault('crash', 'b').until(9)
    expect(says(out, 'p#1', 'p', 'died')).toBe('The connection was lost, and p kept no copy to send again.')
    const back = workQueue({ consumers: ['c'], consume: { noAck: true, latency: constant(2000) } }).until(3).fault('crash', 'c').until(9)
    expect(says(back, 'p#3', 'q', 'died')).toBe('q had handed it out without asking for an acknowledgement, and the connection was lost on the way.')
  })

  it('given back too often', () => {
    const scene = workQueue({ queue: { queueType: 'quorum', deliveryLimit: 2 }, consumers: ['c'], consumer: { failureRate: 1, serviceTime: constant(10), onFailure: 'requeue' } }).until(9)
    expect(says(scene, 'p#1', 'q', 'died')).toBe('It was given back more often than the delivery limit of q allows: 2.')
    expect(story(scene, 'p#1').steps.find(step => step.verb === 'requeued')?.says).toBe('Put back: c failed on it and gave it back')
  })
})
