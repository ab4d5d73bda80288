import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

const producer = (id: string, config: Config = {}) => node('app.producer', id, { rate: 1000, arrival: 'regular', ...config })
const consumer = (id: string, serviceMs: number) => node('app.consumer', id, { serviceTime: constant(serviceMs) })
/** Tasks handed over at once, after a second. */
const ventilator = (count: number) => producer('v', { rate: count, batchSize: count, limit: count })
const push = (from: string, to: string, config: Config = {}) => channel('zeromq.push-pull', from, to, config)
const sub = (from: string, to: string, config: Config = {}) => channel('zeromq.pub-sub', from, to, config)

/** In which order a node was given messages: their numbers. */
function delivered(scene: Scene, id: string): number[] {
  return scene.run.core.trace.newest(99_999, fact => fact.verb === 'delivered' && scene.run.parts.nodeList[fact.node]!.id === id).map(fact => fact.serial).sort((a, b) => a - b)
}
const discarded = (scene: Scene): number => scene.run.ledger().discarded.reduce((sum, count) => sum + count, 0)

describe('PUSH/PULL between applications', () => {
  it('zeromq.app.one-send: PUSH deals one copy of each message in turn over its lines', () => {
    const scene = new Scene([ventilator(48), consumer('a', 1), consumer('b', 1)], [push('v', 'a'), push('v', 'b')]).until(3)
    expect([scene.probe('a', 'processed'), scene.probe('b', 'processed'), scene.run.ledger().published, scene.run.ledger().copied]).toEqual([24, 24, 48, 0])
    expect(delivered(scene, 'a')).toEqual(Array.from({ length: 24 }, (_, n) => 2 * n + 1))
  })

  it('zeromq.app.worker-crash: a worker that dies in its fourth task takes 21 of 48 with it', () => {
    const scene = new Scene([ventilator(48), consumer('a', 20), consumer('b', 20)], [push('v', 'a'), push('v', 'b')]).until(1.05 + 0.07)
    scene.fault('crash', 'b').until(5)
    expect([scene.probe('a', 'processed'), scene.probe('b', 'processed'), discarded(scene)]).toEqual([24, 3, 21])
  })

  it('zeromq.app.first-joiner: of workers that wait for a ventilator, the first to connect gets everything', () => {
    for (const seed of [1, 2, 3]) {
      const workers = ['a', 'b', 'c', 'd']
      const scene = new Scene([producer('v', { rate: 48_000, batchSize: 48, limit: 48 }), ...workers.map(id => consumer(id, 1))], workers.map(id => push('v', id)), seed)
      // The ventilator starts again when the workers have long been trying.
      scene.fault('crash', 'v').until(2).fault('restart', 'v').until(6)
      expect(workers.map(id => scene.probe(id, 'processed')).sort((x, y) => y - x)).toEqual([48, 0, 0, 0])
    }
  })

  it('zeromq.app.back-pressure: what a PUSH can’t send waits in its program, in order, and nothing is lost', () => {
    const marks = { sendMark: 5, receiveMark: 3 }
    const scene = new Scene([ventilator(50), consumer('w', 100)], [push('v', 'w', marks)]).until(1.06)
    // One in hand, the marks, one that waits with the sender: the rest is not made before that one has gone.
    expect(scene.run.core.ledgers.map(ledger => ledger.figures()).map(({ waiting, unacknowledged, onWire }) => waiting + unacknowledged + onWire)).toEqual([5 + 1, 3])
    scene.until(30)
    expect([scene.probe('w', 'processed'), discarded(scene)]).toEqual([50, 0])
    expect(delivered(scene, 'w')).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
  })

  it('refuses what has to wait when its program keeps no more, or doesn’t wait', () => {
    const scene = (config: Config): Scene => new Scene([ventilator(50), consumer('w', 100)], [push('v', 'w', { sendMark: 5, receiveMark: 3, ...config })]).until(1.5)
    expect(scene({ whenFull: 'drop' }).probe('v', 'lost')).toBeGreaterThan(40)
    // In one instant the sender hears nothing of what left meanwhile: the send mark is all there is.
    expect(scene({ waitingMax: 0 }).probe('v', 'lost')).toBe(50 - 5)
  })

  it('a program without an order to read one at a time takes everything into its own memory', () => {
    const scene = new Scene([ventilator(50), consumer('w', 100)], [push('v', 'w', { sendMark: 5, receiveMark: 3, inHand: null })]).until(4)
    expect(scene.probe('w', 'received')).toBe(50)
  })

  it('gives its turn to the next line when the first one is removed, also while the node is down', () => {
    const scene = new Scene([producer('v', { rate: 100 }), consumer('a', 1), consumer('b', 1)], [push('v', 'a'), push('v', 'b')]).until(1)
    scene.fault('crash', 'v')
    scene.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: ['v>a'] }] })
    const before = scene.probe('b', 'received')
    scene.fault('restart', 'v').until(4)
    expect(scene.probe('b', 'received')).toBeGreaterThan(before + 150)
  })

  it('keeps the share of a bound worker that is away for its return', () => {
    const scene = new Scene([ventilator(20), consumer('a', 1), consumer('b', 1)], [push('v', 'a', { bind: 'to' }), push('v', 'b', { bind: 'to' })]).until(0.5)
    scene.fault('crash', 'b').until(3)
    expect([scene.probe('a', 'processed'), scene.probe('b', 'processed')]).toEqual([10, 0])
    scene.fault('restart', 'b').until(5)
    expect([scene.probe('a', 'processed'), scene.probe('b', 'processed')]).toEqual([10, 10])
  })
})

describe('PUB/SUB between applications', () => {
  it('zeromq.app.one-send: PUB copies to every subscriber that wants it, once', () => {
    const scene = new Scene([ventilator(10), consumer('a', 1), consumer('b', 1)], [sub('v', 'a'), sub('v', 'b')]).until(3)
    expect([scene.probe('a', 'processed'), scene.probe('b', 'processed'), scene.run.ledger().copied]).toEqual([10, 10, 10])
  })

  it('filters at the publisher by prefix: chat also takes chatter', () => {
    const keys = 'chat\nchat.room1\nchatter\nnews'
    const scene = new Scene([producer('v', { rate: 4, batchSize: 4, limit: 4, key: keys }), consumer('a', 1), consumer('b', 1)], [sub('v', 'a', { prefixes: 'chat' }), sub('v', 'b', { prefixes: 'chat.\nnews' })]).until(3)
    expect([scene.probe('a', 'processed'), scene.probe('b', 'processed'), discarded(scene)]).toEqual([3, 2, 0])
  })

  it('counts what nobody wants as filtered, and what nobody is there for as without subscriber', () => {
    const scene = new Scene([producer('v', { rate: 10, key: 'x' }), consumer('a', 1)], [sub('v', 'a', { prefixes: 'y' })]).until(1.01)
    expect(scene.run.ledger().discarded[10]).toBe(10)
    scene.fault('crash', 'a').until(2.01)
    expect(scene.run.ledger().discarded[1]).toBeGreaterThan(8)
  })

  it('zeromq.app.late-subscriber: a subscriber that was first misses up to twice the reconnect interval', () => {
    const windows = [1, 2, 3, 4, 5, 6, 7, 8].map(seed => {
      const scene = new Scene([producer('v'), consumer('s', 0)], [sub('v', 's', { latency: constant(0) })], seed).fault('crash', 'v').until(3).fault('restart', 'v').until(4)
      return delivered(scene, 's')[0]! - 1
    })
    expect(Math.max(...windows)).toBeLessThanOrEqual(200)
    expect(windows.reduce((sum, one) => sum + one, 0) / windows.length).toBeGreaterThan(30)
    expect(windows.reduce((sum, one) => sum + one, 0) / windows.length).toBeLessThan(130)
  })

  it('a silent subscriber gets the oldest first, up to the marks and the kernel’s buffers', () => {
    // A hundredth of what was recorded, in messages a hundred times as long: 160 of 600 were kept.
    const scene = new Scene([producer('v', { rate: 1000, limit: 600, body: 'x'.repeat(3400) }), consumer('s', 1e6)], [sub('v', 's', { kernelBytes: 500_000, sendMark: 10, receiveMark: 10 })]).until(2)
    const kept = 600 - discarded(scene)
    expect(scene.run.ledger().discarded[2]).toBe(600 - kept)
    expect([kept > 145, kept < 165]).toEqual([true, true])
    expect(delivered(scene, 's')).toEqual([1])
  })

  it('takes a new subscription while it runs', () => {
    const scene = new Scene([producer('v', { rate: 100, key: 'a\nb' }), consumer('s', 1)], [sub('v', 's', { prefixes: 'a' })]).until(1)
    scene.configure('channel', 'v>s', { latency: constant(50), prefixes: 'a\nb' })
    const before = scene.probe('s', 'received')
    scene.until(2)
    expect(scene.probe('s', 'received') - before).toBeGreaterThan(85)
  })
})

describe('a proxy', () => {
  const proxy = node('zeromq.proxy', 'x')
  const ask = (from: string, config: Config = {}) => channel('zeromq.req-rep', from, 'x', { reconnect: 100, ...config })
  const requester = (id: string) => node('app.requester', id, { rate: 10, arrival: 'regular', limit: 1, timeout: 60_000 })

  it('zeromq.app.routing-id: an answer finds who asked on another connection, if it has a name', () => {
    const answered = (config: Config): number => {
      const scene = new Scene([requester('a'), proxy, node('app.replier', 'r', { serviceTime: constant(1500) })], [ask('a', { heartbeat: 100, ...config }), channel('zeromq.req-rep', 'x', 'r', {})]).until(0.5)
      for (const fault of ['cut', 'heal'] as const) {
        scene.run.input({ input: 'fault', fault: { fault, channel: 'a>x' } })
        scene.until(fault === 'cut' ? 0.8 : 1.3)
      }
      return scene.until(5).facts('delivered', 'a')
    }
    expect([answered({}), answered({ routingId: 'shop' })]).toEqual([0, 1])
  })

  it('zeromq.app.handover: of two of one name the first is served, or the newcomer', () => {
    const served = (handover: boolean): number[] => {
      const scene = new Scene([requester('a'), requester('b'), proxy, node('app.replier', 'r', { serviceTime: constant(10) })], [ask('a', { routingId: 'one', handover }), ask('b', { routingId: 'one', handover }), channel('zeromq.req-rep', 'x', 'r', {})]).until(5)
      return ['a', 'b'].map(id => scene.facts('delivered', id))
    }
    expect([served(false), served(true)]).toEqual([[1, 0], [0, 1]])
  })

  it('zeromq.proxy.pub-sub: joins publishers and subscribers that know only the proxy', () => {
    const scene = new Scene([producer('p', { rate: 100, key: 'a\nb' }), producer('q', { rate: 100, key: 'a' }), proxy, consumer('s', 1), consumer('t', 1)], [sub('p', 'x', { bind: 'to' }), sub('q', 'x', { bind: 'to' }), sub('x', 's', { prefixes: 'a' }), sub('x', 't')]).until(5)
    expect(scene.probe('s', 'received') / scene.probe('t', 'received')).toBeCloseTo(0.75, 1)
    expect(scene.probe('t', 'received')).toBeGreaterThan(900)
    scene.fault('crash', 'x').until(6).fault('restart', 'x').until(9)
    expect(scene.probe('t', 'received')).toBeGreaterThan(1300)
  })

  it('hands a pipeline on, with its marks at both sides', () => {
    const scene = new Scene([ventilator(40), proxy, consumer('a', 10), consumer('b', 10)], [push('v', 'x', { bind: 'to' }), push('x', 'a'), push('x', 'b')]).until(4)
    expect([scene.probe('a', 'processed'), scene.probe('b', 'processed'), scene.probe('x', 'forwarded')]).toEqual([20, 20, 40])
  })
})
