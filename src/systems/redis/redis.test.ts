import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import { DISCARD_REASONS, type DiscardReason } from '../../contract/ledger.ts'
import type { Channel, Config, TopologyNode } from '../../topology/document.ts'

/** Drawn lines through the whole engine; the ledger is checked after every event. */
const server = (config: Config = {}): TopologyNode => node('redis.server', 'r', config)
const producer = (config: Config = {}): TopologyNode => node('app.producer', 'p', { rate: 100, arrival: 'regular', limit: 10, body: '{n}', ...config })
const consumer = (id: string, config: Config = {}): TopologyNode => node('app.consumer', id, { serviceTime: constant(20), ...config })
const discarded = (scene: Scene, reason: DiscardReason): number => scene.run.ledger().discarded[DISCARD_REASONS.indexOf(reason)]!
const line = (type: string, from: string, to: string, config: Config = {}): Channel => channel(type, from, to, { latency: constant(5), ...config })

/** What a node received, in order. */
function received(scene: Scene, id: string): number[] {
  const facts = scene.run.core.trace.newest(9999, fact => fact.verb === 'delivered' && scene.run.parts.nodeList[fact.node]!.id === id)
  return facts.map(fact => fact.serial).sort((a, b) => a - b)
}

describe('Redis Pub/Sub', () => {
  const scene = (nodes: TopologyNode[], lines: Channel[], p: Config = {}): Scene => new Scene([server(), node('redis.channel', 'news', {}, 'r'), producer(p), ...nodes], [line('redis.publish', 'p', 'news'), ...lines])

  it('redis.pubsub.fanout: every subscriber gets a copy', () => {
    const one = scene([consumer('a'), consumer('b')], [line('redis.subscribe', 'news', 'a'), line('redis.subscribe', 'news', 'b', { pattern: 'n?w*' })]).until(3)
    expect([one.probe('a', 'processed'), one.probe('b', 'processed')]).toEqual([10, 10])
    expect(one.probes('news', 'published', 'delivered', 'unheard', 'subscribers')).toEqual({ published: 10, delivered: 20, unheard: 0, subscribers: 2 })
    expect(one.probe('r', 'connections')).toBe(3)
  })

  it('redis.pubsub.nothing-kept: what is published while nobody listens is lost, and the ledger says so', () => {
    const one = scene([consumer('a')], [line('redis.subscribe', 'news', 'a')], { rate: 10, limit: 40 }).until(1).fault('crash', 'a').until(3).fault('restart', 'a').until(6)
    const { unheard } = one.probes('news', 'unheard')
    expect(unheard).toBeGreaterThan(15)
    expect(discarded(one, 'no subscriber')).toBe(unheard)
    expect(one.probe('a', 'received') + unheard! + discarded(one, 'connection lost')).toBe(40)
  })

  it('redis.client.offline-queue: what is said during an outage comes after it, if the subscriber is back by then', () => {
    const outage = (publish: number, subscribe: number): number => {
      const one = new Scene(
        [server(), node('redis.channel', 'news', {}, 'r'), producer({ rate: 20, limit: 20 }), consumer('a')],
        [line('redis.publish', 'p', 'news', { reconnect: publish }), line('redis.subscribe', 'news', 'a', { reconnect: subscribe })],
      ).until(0.1).fault('crash', 'r').until(0.4).fault('restart', 'r').until(10)
      return one.probe('a', 'received')
    }
    expect(outage(500, 100)).toBeGreaterThanOrEqual(18)
    expect(outage(100, 900)).toBeLessThan(8)
  })

  it('a publisher may choose the channel by key; patterns tell them apart', () => {
    const one = new Scene(
      [server(), node('redis.channel', 'chat', {}, 'r'), producer({ limit: 21, key: 'chat\nchat.room1\nchat.room2\nchat.room1.typing\nchatter\nnews.room1\nChat.room1' }), consumer('dots'), consumer('all'), consumer('rooms'), consumer('exact')],
      [line('redis.publish', 'p', 'chat', { channelFrom: 'key' }), line('redis.subscribe', 'chat', 'dots', { pattern: 'chat.*' }), line('redis.subscribe', 'chat', 'all', { pattern: 'chat*' }), line('redis.subscribe', 'chat', 'rooms', { pattern: 'chat.room[12]' }), line('redis.subscribe', 'chat', 'exact')],
    ).until(5)
    expect(['dots', 'all', 'rooms', 'exact'].map(id => one.probe(id, 'received'))).toEqual([9, 15, 6, 3])
  })
})

describe('Redis lists', () => {
  const scene = (workers: TopologyNode[], pop: Config = {}, push: Config = {}, p: Config = {}): Scene =>
    new Scene([server(), node('redis.list', 'jobs', {}, 'r'), producer(p), ...workers], [line('redis.push', 'p', 'jobs', push), ...workers.map(worker => line('redis.pop', 'jobs', worker.id, pop))])

  it('redis.list.blocked-order: whoever is free takes the next; a worker asks again when it is done', () => {
    const one = scene([consumer('fast', { serviceTime: constant(20) }), consumer('slow', { serviceTime: constant(60) })], {}, {}, { rate: 1000, limit: 48 }).until(5)
    expect(one.probe('fast', 'processed') + one.probe('slow', 'processed')).toBe(48)
    expect(one.probe('fast', 'processed')).toBeGreaterThan(32)
    expect(one.probes('jobs', 'ready', 'pushed', 'popped', 'blocked')).toEqual({ ready: 0, pushed: 48, popped: 48, blocked: 2 })
  })

  it('redis.list.pop-is-final: a job of a worker that dies is lost', () => {
    const one = scene([consumer('w', { serviceTime: constant(1000) })], {}, {}, { limit: 3 }).until(0.5).fault('crash', 'w').until(1).fault('restart', 'w').until(10)
    expect(one.probe('w', 'processed')).toBe(2)
    expect(discarded(one, 'application crashed')).toBe(1)
  })

  it('redis.list.move: with a processing list it is found again when the worker starts', () => {
    const one = scene([consumer('w', { serviceTime: constant(1000) })], { command: 'BLMOVE' }, {}, { limit: 3 }).until(0.5)
    expect(one.probes('jobs', 'ready', 'processing')).toEqual({ ready: 2, processing: 1 })
    expect(one.run.core.ledgers[one.run.parts.nodes.get('jobs')!.index]!.figures().unacknowledged).toBe(1)
    one.fault('crash', 'w').until(1).fault('restart', 'w').until(10)
    expect(one.probes('w', 'processed', 'redelivered')).toEqual({ processed: 3, redelivered: 1 })
    expect(one.probes('jobs', 'ready', 'processing')).toEqual({ ready: 0, processing: 0 })
  })

  it('redis.list.move: what is given back comes next, what is rejected is dropped', () => {
    const back = scene([consumer('w', { failureRate: 0.5, onFailure: 'requeue' })], { command: 'BLMOVE' }).until(20)
    expect(back.probe('w', 'processed')).toBe(10)
    expect(back.probe('w', 'redelivered')).toBeGreaterThan(0)
    const dropped = scene([consumer('w', { failureRate: 0.5, onFailure: 'reject' })], { command: 'BLMOVE' }).until(20)
    expect(dropped.probe('w', 'processed') + discarded(dropped, 'rejected')).toBe(10)
    expect(dropped.probe('jobs', 'processing')).toBe(0)
  })

  it('a list that is its own processing list goes round, and no worker takes more than it may', () => {
    const one = scene([consumer('w', { acknowledge: 'never' })], { command: 'BLMOVE', processing: 'jobs', atOnce: 4, latency: constant(0) }, {}, { limit: 1 }).until(0.5).fault('crash', 'w').fault('restart', 'w').until(1)
    expect(one.probe('w', 'received')).toBeGreaterThan(20)
    expect(one.probe('w', 'inbox')).toBeLessThan(4)
    expect(one.probe('jobs', 'ready')).toBe(1)
  })

  it('redis.list.trim: LTRIM after each push keeps the newest', () => {
    const one = new Scene([server(), node('redis.list', 'jobs', {}, 'r'), producer()], [line('redis.push', 'p', 'jobs', { keep: 3 })]).until(3)
    expect(one.probes('jobs', 'ready', 'trimmed')).toEqual({ ready: 3, trimmed: 7 })
    const contents: number[] = []
    one.run.system('jobs')!.contents(one.run.parts.nodes.get('jobs')!, contents, 0, 10)
    expect(contents.map(message => one.run.core.messages.body(message))).toEqual(['8', '9', '10'])
  })

  it('redis.list.order: BRPOP after LPUSH is a queue, BLPOP a stack', () => {
    const order = (command: string): number[] => {
      const one = scene([consumer('w', { serviceTime: constant(200) })], { command }, {}, { rate: 1000, limit: 5 }).until(5)
      return one.run.core.trace.newest(99, fact => fact.verb === 'started').map(fact => fact.serial)
    }
    expect([order('BRPOP'), order('BRPOP').reverse()]).toContainEqual([1, 2, 3, 4, 5])
    expect([order('BLPOP'), order('BLPOP').reverse()]).toContainEqual([1, 5, 4, 3, 2])
  })
})

describe('Redis streams', () => {
  const scene = (readers: readonly (readonly [TopologyNode, Config])[], p: Config = {}, add: Config = {}, config: Config = {}): Scene =>
    new Scene(
      [server(config), node('redis.stream', 'log', {}, 'r'), producer(p), ...readers.map(([reader]) => reader)],
      [line('redis.add', 'p', 'log', add), ...readers.map(([reader, settings]) => line('redis.read', 'log', reader.id, { command: 'group' in settings ? 'XREADGROUP' : 'XREAD', ...settings }))],
    )

  it('redis.stream.read: every reader gets every entry, and the entries stay', () => {
    const one = scene([[consumer('a'), { start: '0' }], [consumer('b', { serviceTime: constant(50) }), { start: '$', count: 3 }]]).until(5)
    expect([received(one, 'a').length, received(one, 'b').length, one.probe('log', 'length')]).toEqual([10, 10, 10])
    expect(one.run.ledger().retained).toBe(10)
  })

  it('redis.stream.dollar: a reader that asks for $ each time misses what comes while it works', () => {
    const one = scene([[consumer('a', { serviceTime: constant(50) }), { next: '$' }]]).until(5)
    expect(received(one, 'a').length).toBeLessThan(4)
  })

  it('redis.stream.read: a reader that starts anew at 0 reads the whole log again', () => {
    const one = scene([[consumer('a'), { start: '0' }]]).until(2).fault('crash', 'a').until(3).fault('restart', 'a').until(5)
    expect(one.probe('a', 'processed')).toBe(20)
  })

  it('redis.group.share: the group shares, another group gets everything', () => {
    const one = scene([[consumer('a'), { group: 'g', start: '0' }], [consumer('b'), { group: 'g', start: '0' }], [consumer('c'), { group: 'h', start: '0' }]]).until(5)
    expect(one.probe('a', 'processed') + one.probe('b', 'processed')).toBe(10)
    expect(one.probe('c', 'processed')).toBe(10)
    expect(one.probes('log', 'length', 'pending', 'ready', 'acknowledged')).toEqual({ length: 10, pending: 0, ready: 0, acknowledged: 20 })
  })

  it('redis.group.start: a group made at $ after the producer gets nothing', () => {
    const one = new Scene([server(), node('redis.stream', 'log', {}, 'r'), producer(), consumer('a')], [line('redis.add', 'p', 'log'), line('redis.read', 'log', 'a', { latency: constant(1000), start: '$' })]).until(5)
    expect(one.probes('a', 'received')).toEqual({ received: 0 })
  })

  it('redis.group.history: what a dead consumer had not acknowledged waits for its name', () => {
    const die = (): Scene => scene([[consumer('a'), { group: 'g' }], [consumer('b', { serviceTime: constant(300) }), { group: 'g' }]], { limit: 8 }).until(0.2).fault('crash', 'b').until(3)
    const one = die()
    expect(one.probe('log', 'pending')).toBe(1)
    one.fault('restart', 'b').until(6)
    expect(one.probe('log', 'pending')).toBe(0)
    expect(one.probes('b', 'processed', 'redelivered')).toEqual({ processed: 1, redelivered: 1 })
    expect(one.probe('a', 'processed')).toBe(7)
  })

  it('redis.group.claim: another consumer takes it over after it has been idle', () => {
    const one = scene([[consumer('a'), { group: 'g', claimIdle: 1000, claimEvery: 200 }], [consumer('b', { serviceTime: constant(300) }), { group: 'g' }]], { limit: 8 }).until(0.2).fault('crash', 'b').until(6)
    expect(one.probes('log', 'pending', 'claimed')).toEqual({ pending: 0, claimed: 1 })
    expect(one.probes('a', 'processed', 'redelivered')).toEqual({ processed: 8, redelivered: 1 })
  })

  it('redis.group.ack: a consumer that never acknowledges goes on reading, and what is pending grows', () => {
    const one = scene([[consumer('a', { acknowledge: 'never' }), { group: 'g' }]]).until(5)
    expect([one.probe('a', 'processed'), one.probe('log', 'pending')]).toEqual([10, 10])
  })

  it('redis.group.noack: lost with the consumer, without a trace', () => {
    const one = scene([[consumer('a', { serviceTime: constant(1000) }), { group: 'g', noAck: true }]], { limit: 2 }).until(0.5).fault('crash', 'a').until(1).fault('restart', 'a').until(5)
    expect([one.probe('a', 'processed'), one.probe('log', 'pending'), discarded(one, 'application crashed')]).toEqual([1, 0, 1])
  })

  it('redis.stream.trim: a slow group loses what is cut off before it has read it', () => {
    const one = scene([[consumer('a', { serviceTime: constant(100) }), { group: 'g', start: '0' }]], { rate: 1000, limit: 50 }, { trimming: '=', length: 20 }).until(10)
    expect(one.probes('log', 'length', 'trimmed')).toEqual({ length: 20, trimmed: 30 })
    expect(one.probe('a', 'processed')).toBeLessThan(23)
    expect(discarded(one, 'trimmed')).toBeGreaterThanOrEqual(30)
  })

  it('redis.wrong-type: two nodes of one name are one key; the second kind is refused', () => {
    const one = new Scene([server(), node('redis.list', 'x', {}, 'r'), node('redis.stream', 's', { name: 'x' }, 'r'), producer()], [line('redis.push', 'p', 'x'), { ...line('redis.add', 'p', 's'), config: { latency: constant(50) } }]).until(3)
    expect([one.probe('x', 'ready'), one.probe('s', 'length'), discarded(one, 'refused')]).toEqual([10, 0, 10])
  })
})

describe('restarts of Redis', () => {
  const scene = (config: Config): Scene => new Scene([server(config), node('redis.list', 'jobs', {}, 'r'), node('redis.stream', 'log', {}, 'r'), producer({ rate: 10, limit: 1000 })], [line('redis.push', 'p', 'jobs'), line('redis.add', 'p', 'log')])
  const crash = (config: Config): Scene => scene(config).until(3.05).fault('crash', 'r')

  it('redis.restart.none: without RDB and AOF everything is gone', () => {
    const one = crash({ persistence: 'none' })
    expect([one.probe('jobs', 'ready'), one.probe('log', 'length')]).toEqual([0, 0])
    expect(discarded(one, 'broker crashed')).toBeGreaterThan(50)
  })

  it('redis.restart.aof: nothing that was written is lost, or at most a second of it', () => {
    expect(crash({ persistence: 'aof-always' }).probe('jobs', 'ready')).toBe(30)
    const everySecond = crash({ persistence: 'aof-everysec' }).probe('jobs', 'ready')
    expect(everySecond).toBeGreaterThanOrEqual(20)
    expect(everySecond).toBeLessThan(31)
  })

  it('redis.restart.rdb: the last snapshot comes back, with what was popped since', () => {
    const one = new Scene([server({ persistence: 'rdb', save: '2 1' }), node('redis.list', 'jobs', {}, 'r'), producer({ rate: 10, limit: 15 }), consumer('w', { serviceTime: constant(500) })], [line('redis.push', 'p', 'jobs'), line('redis.pop', 'jobs', 'w')])
    one.until(3.5)
    const saved = one.probe('w', 'processed')
    expect(saved).toBeGreaterThan(4)
    one.fault('crash', 'r').fault('restart', 'r')
    // 15 were pushed by second 1.5, some popped by second 2; those popped since are there again.
    const again = one.probe('jobs', 'ready')
    one.until(30)
    expect(one.probe('w', 'processed')).toBeGreaterThan(15)
    expect(again).toBeGreaterThan(15 - saved - 1)
  })

  it('redis.restart.stop: an orderly end saves once more', () => {
    const ready = (how: 'crash' | 'stop', config: Config) => {
      const one = new Scene([server(config), node('redis.list', 'jobs', {}, 'r'), producer({ rate: 10, limit: 30 })], [line('redis.push', 'p', 'jobs')]).until(2.5)
      return one.fault(how, 'r').fault('restart', 'r').probe('jobs', 'ready')
    }
    const held = ready('stop', {})
    expect(held).toBeGreaterThan(20)
    expect([ready('crash', {}), ready('stop', { save: '' }), ready('stop', { persistence: 'none' })]).toEqual([0, 0, 0])
    expect([ready('stop', { persistence: 'aof-everysec' }), ready('stop', { persistence: 'aof-always' })]).toEqual([held, held])
  })

  it('redis.restart.rdb: streams come back with their groups', () => {
    const one = new Scene([server({ persistence: 'aof-always' }), node('redis.stream', 'log', {}, 'r'), producer({ limit: 5 }), consumer('a', { acknowledge: 'never' })], [line('redis.add', 'p', 'log'), line('redis.read', 'log', 'a', { group: 'g', ownFirst: false })])
    one.until(2).fault('crash', 'r').until(3).fault('restart', 'r').until(5)
    expect(one.probes('log', 'length', 'pending')).toEqual({ length: 5, pending: 5 })
    expect(one.run.system('log')!.notes(one.run.parts.nodes.get('log')!)).toContain('Group g: up to 55-0, lag 0, 5 pending (a 5)')
  })
})

describe('live edits', () => {
  it('a renamed key keeps its items, and its clients go on under the new name', () => {
    const one = new Scene([server(), node('redis.list', 'jobs', {}, 'r'), producer({ rate: 10, limit: 60 }), consumer('w', { serviceTime: constant(150) })], [line('redis.push', 'p', 'jobs'), line('redis.pop', 'jobs', 'w')])
    one.until(3).configure('node', 'jobs', { name: 'tasks' }).until(20)
    expect(one.probe('w', 'processed')).toBe(60)
  })

  it('a reader becomes a consumer of a group, and the other way round', () => {
    const one = new Scene([server(), node('redis.stream', 'log', {}, 'r'), producer({ rate: 10, limit: 60 }), consumer('w')], [line('redis.add', 'p', 'log'), line('redis.read', 'log', 'w', { command: 'XREAD', start: '0' })])
    one.until(3).configure('channel', 'log>w', { latency: constant(5), command: 'XREADGROUP', start: '0' }).until(20)
    expect(one.probe('log', 'acknowledged')).toBe(60)
    one.configure('channel', 'log>w', { latency: constant(5), command: 'XREAD', start: '0' }).until(40)
    expect(one.probe('w', 'processed')).toBeGreaterThanOrEqual(145)
  })

  it('another pattern takes effect at once', () => {
    const one = new Scene([server(), node('redis.channel', 'news', {}, 'r'), producer({ rate: 10, limit: 60 }), consumer('w')], [line('redis.publish', 'p', 'news'), line('redis.subscribe', 'news', 'w', { pattern: 'x*' })])
    one.until(3).configure('channel', 'news>w', { latency: constant(5), pattern: 'n*' }).until(20)
    expect(one.probe('w', 'processed')).toBeGreaterThan(25)
  })
})

describe('XRANGE', () => {
  const scene = (): Scene =>
    new Scene([server({ persistence: 'aof-always' }), node('redis.stream', 'log', {}, 'r'), producer(), node('app.requester', 'a', { arrival: 'regular', rate: 0 })], [line('redis.add', 'p', 'log'), line('redis.range', 'a', 'log')]).until(1)
  const ask = (one: Scene): void => void one.run.input({ input: 'send', node: 'a' })

  it('redis.stream.range: brings every entry there is, as a copy, and removes nothing', () => {
    const one = scene()
    for (let n = 0; n < 2; n += 1) ask(one)
    one.until(2)
    expect(received(one, 'a')).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10])
    expect([one.probe('log', 'length'), one.probe('log', 'delivered'), one.run.ledger().unacknowledged]).toEqual([10, 20, 0])
    // The first entry of each answer is the reply to its question.
    expect(one.probes('a', 'replies', 'late', 'outstanding')).toEqual({ replies: 2, late: 18, outstanding: 0 })
  })

  it('a question that the server can’t answer any more is an error', () => {
    const one = scene()
    ask(one)
    one.fault('crash', 'r').until(2)
    expect(one.probes('a', 'replies', 'errors', 'outstanding')).toEqual({ replies: 0, errors: 1, outstanding: 0 })
  })
})
