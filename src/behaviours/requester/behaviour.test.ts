import { describe, expect, it } from 'vitest'
import type { Channel, Config, TopologyNode } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

const wire = { latency: constant(10) }
const requester = (id: string, config: Config = {}): TopologyNode => node('app.requester', id, { arrival: 'regular', rate: 10, limit: 10, concurrency: null, ...config })
const replier = (config: Config = {}): TopologyNode => node('app.replier', 'r', { serviceTime: constant(20), ...config })

/** Requesters with a queue for replies each, and one queue of requests. */
function overRabbit(requesters: readonly TopologyNode[], replierConfig: Config = {}, consume: Config = {}): Scene {
  const nodes = [node('amqp.broker', 'b'), node('amqp.queue', 'requests', {}, 'b'), replier(replierConfig), ...requesters, ...requesters.map(one => node('amqp.queue', `${one.id}-replies`, {}, 'b'))]
  const channels: Channel[] = [channel('amqp.consume', 'requests', 'r', { ...wire, ...consume })]
  for (const { id } of requesters) channels.push(channel('amqp.publish', id, 'requests', wire), channel('amqp.publish', 'r', `${id}-replies`, wire), channel('amqp.consume', `${id}-replies`, id, wire))
  return new Scene(nodes, channels)
}

describe('requester', () => {
  it('app.requester.correlation: tells replies apart that come out of order', () => {
    const one = overRabbit([requester('a', { rate: 100 })], { concurrency: 10, serviceTime: { law: 'trace', values: [500, 10, 300, 40, 20] } }).until(10)
    expect(one.probes('a', 'requests', 'replies', 'late', 'timeouts', 'outstanding')).toEqual({ requests: 10, replies: 10, late: 0, timeouts: 0, outstanding: 0 })
    const { probes } = one.run.parts.nodes.get('a')!
    // 40 ms on four wires (bar the histogram's resolution), and the work.
    expect(Math.round(probes.whole(probes.slot('latency')).sum / 1e7)).toBe(10 * 4 + 2 * (50 + 1 + 30 + 4 + 2))
  })

  it('app.requester.return-address: each requester gets its own replies', () => {
    const one = overRabbit([requester('a'), requester('c', { limit: 7 })]).until(10)
    expect([one.probes('a', 'replies', 'late'), one.probes('c', 'replies', 'late')]).toEqual([{ replies: 10, late: 0 }, { replies: 7, late: 0 }])
  })

  it('app.requester.timeout: gives up, and counts the reply that comes later', () => {
    const one = overRabbit([requester('a', { timeout: 100, limit: 1 })], { serviceTime: constant(500) }).until(10)
    expect(one.probes('a', 'replies', 'timeouts', 'late', 'outstanding')).toEqual({ replies: 0, timeouts: 1, late: 1, outstanding: 0 })
  })

  it('takes replies to what it asked before a crash for late ones', () => {
    const one = overRabbit([requester('a', { limit: 1 })], { serviceTime: constant(1000) }).until(0.5).fault('crash', 'a').until(0.6).fault('restart', 'a').until(10)
    expect(one.probes('a', 'requests', 'replies', 'late')).toEqual({ requests: 2, replies: 1, late: 1 })
  })

  it('keeps no more open than it may; the rest waits', () => {
    const one = overRabbit([requester('a', { rate: 100, limit: 20, concurrency: 2 })]).until(0.15)
    expect(one.probe('a', 'outstanding')).toBe(2)
    expect(one.probe('a', 'waiting')).toBeGreaterThan(3)
    expect(one.until(10).probes('a', 'replies', 'waiting')).toEqual({ replies: 20, waiting: 0 })
  })

  it('thinks after each reply, as many at once as there are', () => {
    // 60 ms for a round trip and 140 ms to think: five a second each.
    const one = overRabbit([requester('a', { arrival: 'think', thinkTime: constant(140), concurrency: 3, limit: null })], { concurrency: 3 }).until(10.05)
    expect(one.probe('a', 'requests')).toBe(150)
    one.configure('node', 'a', { arrival: 'think', thinkTime: constant(140), concurrency: 1, limit: null }).until(20.05)
    expect(one.probe('a', 'requests') - 150).toBeGreaterThanOrEqual(50)
    expect(one.probe('a', 'requests') - 150).toBeLessThanOrEqual(52)
  })

  it.each(['zeromq.req-rep', 'zeromq.dealer-router', 'zeromq.pair', 'pipe.ipc', 'websocket.connection'])('asks over one line both ways: %s', type => {
    const one = new Scene([requester('a'), replier()], [channel(type, 'a', 'r', wire)]).until(10)
    expect([one.probes('a', 'replies', 'late', 'outstanding'), one.probes('r', 'replies', 'unroutable')]).toEqual([{ replies: 10, late: 0, outstanding: 0 }, { replies: 10, unroutable: 0 }])
  })

  it.each(['zeromq.req-rep', 'zeromq.dealer-router'])('asks several repliers in turn, and several ask one: %s', type => {
    const one = new Scene([requester('a'), requester('c'), replier(), node('app.replier', 's', { serviceTime: constant(30) })], ['r', 's'].flatMap(to => ['a', 'c'].map(from => channel(type, from, to, wire)))).until(10)
    expect([one.probe('a', 'replies'), one.probe('c', 'replies'), one.probe('r', 'replies') + one.probe('s', 'replies')]).toEqual([10, 10, 20])
    expect(one.probe('s', 'replies')).toBe(10)
  })

  it('app.requester.back-pressure: a REQ that waits for its answer asks nothing more', () => {
    const one = new Scene([requester('a', { rate: 100, limit: 50 }), replier({ serviceTime: constant(1000) })], [channel('zeromq.req-rep', 'a', 'r', wire)]).until(2)
    expect(one.probe('a', 'requests')).toBeLessThan(5)
    expect(one.probe('a', 'waiting')).toBeGreaterThan(40)
  })

  it('app.requester.turns: asks its servers in turn, the second first; one that is dead fails every second request', () => {
    const servers = ['r1', 'r2']
    const one = new Scene([requester('a', { limit: 10 }), ...servers.map(id => node('app.replier', id, { serviceTime: constant(1) }))], servers.map(id => channel('http.request', 'a', id, { latency: constant(1) })))
    one.until(0.15)
    expect(servers.map(id => one.probe(id, 'replies'))).toEqual([0, 1])
    one.until(1.05).configure('node', 'a', { arrival: 'regular', rate: 10, limit: 20, concurrency: null }).fault('crash', 'r1').until(5)
    expect([servers.map(id => one.probe(id, 'replies')), one.probe('a', 'errors')]).toEqual([[5, 10], 5])
  })

  it('app.requester.retry: asks the same again, after longer and longer, until a reply comes', () => {
    const asks = (config: Config, serviceTime: Config) => overRabbit([requester('a', { limit: 1, timeout: 100, retryAfter: 50, ...config })], { serviceTime, concurrency: 10 }).until(10)
    // Asked at 100, 250, 450 ms; then given up.
    expect(asks({ retries: 2 }, constant(5000)).probes('a', 'requests', 'retries', 'replies', 'timeouts', 'late')).toEqual({ requests: 1, retries: 2, replies: 0, timeouts: 1, late: 3 })
    const slow = asks({ retries: 5 }, constant(200))
    expect([slow.probes('a', 'requests', 'retries', 'replies', 'timeouts', 'late'), slow.probe('r', 'received')]).toEqual([{ requests: 1, retries: 1, replies: 1, timeouts: 0, late: 1 }, 2])
    const published = slow.run.core.trace.newest(99, fact => fact.verb === 'published' && slow.run.parts.nodeList[fact.node]!.id === 'a').map(fact => fact.atNs / 1e6)
    expect(published.sort((a, b) => a - b)).toEqual([100, 250])
    expect(asks({}, constant(5000)).probes('a', 'retries', 'timeouts')).toEqual({ retries: 0, timeouts: 1 })
  })

  it('asks again what was refused, until somebody is there', () => {
    const one = new Scene([requester('a', { limit: 1, retries: 5, retryAfter: 100, backOff: 2 }), replier()], [channel('http.request', 'a', 'r', wire)]).fault('crash', 'r').until(0.5)
    expect(one.probes('a', 'errors', 'retries', 'outstanding')).toEqual({ errors: 3, retries: 2, outstanding: 1 })
    expect(one.fault('restart', 'r').until(3).probes('a', 'errors', 'replies', 'outstanding')).toEqual({ errors: 3, replies: 1, outstanding: 0 })
  })

  it('backs off by a factor that is multiplied out', () => {
    const times = (backOff: number) => {
      const one = overRabbit([requester('a', { limit: 1, timeout: 10, retryAfter: 100, retries: 3, backOff })], { serviceTime: constant(60_000) }).until(5)
      return one.run.core.trace.newest(99, fact => fact.verb === 'published' && one.run.parts.nodeList[fact.node]!.id === 'a').map(fact => fact.atNs / 1e6).sort((a, b) => a - b)
    }
    expect(times(2)).toEqual([100, 210, 420, 830])
    expect(times(1)).toEqual([100, 210, 320, 430])
  })
})

describe('the return address', () => {
  it('is the name of what replies are read from, and a replier without a line to it sends there through the default exchange', () => {
    const one = new Scene(
      [node('amqp.broker', 'b'), node('amqp.queue', 'requests', {}, 'b'), node('amqp.queue', 'back', { name: 'replies.a', exclusive: true }, 'b'), requester('a', { limit: 2 }), replier()],
      [channel('amqp.publish', 'a', 'requests', wire), channel('amqp.consume', 'requests', 'r', wire), channel('amqp.consume', 'back', 'a', wire)],
    ).until(3)
    expect([one.probe('a', 'replies'), one.probe('back', 'enqueued')]).toEqual([2, 2])
    expect(one.run.parts.applications.get('a')!.behaviour.notes()).toContain('Replies go to replies.a')
  })

  it('is the name of a list in Redis', () => {
    const one = new Scene(
      [node('redis.server', 's'), node('redis.list', 'l1', { name: 'requests' }, 's'), node('redis.list', 'l2', { name: 'a:replies' }, 's'), node('redis.list', 'l3', { name: 'c:replies' }, 's'), requester('a', { limit: 2 }), requester('c', { limit: 2 }), replier()],
      [channel('redis.push', 'a', 'l1', wire), channel('redis.push', 'c', 'l1', wire), channel('redis.pop', 'l1', 'r', wire), channel('redis.push', 'r', 'l2', wire), channel('redis.push', 'r', 'l3', wire), channel('redis.pop', 'l2', 'a', wire), channel('redis.pop', 'l3', 'c', wire)],
    ).until(3)
    expect([one.probe('a', 'replies'), one.probe('c', 'replies')]).toEqual([2, 2])
    expect(one.run.parts.applications.get('a')!.behaviour.notes()).toContain('Replies go to a:replies')
  })
})
