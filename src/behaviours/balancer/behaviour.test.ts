import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Channel, Config, TopologyNode } from '../../topology/document.ts'

const wire = { latency: constant(1) }
const SERVERS = ['r1', 'r2', 'r3']
const replier = (id: string, config: Config = {}): TopologyNode => node('app.replier', id, { serviceTime: constant(5), ...config })
const line = (from: string, to: string, config: Config = {}): Channel => channel('http.request', from, to, { ...wire, ...config })

interface Draft {
  readonly balancer?: Config
  readonly client?: Config
  readonly line?: Config
  readonly replier?: Config
  readonly registry?: Config
}

/** A client, a balancer, three servers; with a registry where one is wanted. */
function scene(draft: Draft = {}): Scene {
  const nodes = [node('app.requester', 'a', { arrival: 'regular', rate: 10, concurrency: null, timeout: null, ...draft.client }), node('app.balancer', 'b', draft.balancer), ...SERVERS.map(id => replier(id, draft.replier))]
  const channels = [line('a', 'b', draft.line), ...SERVERS.map(id => line('b', id))]
  if (!draft.registry) return new Scene(nodes, channels)
  return new Scene([...nodes, node('app.registry', 'registry', draft.registry)], [...channels, ...['b', ...SERVERS].map(id => line(id, 'registry'))])
}
const replies = (one: Scene): number[] => SERVERS.map(id => one.probe(id, 'replies'))
const REGISTERED = { upstreams: 'registered', whenFailed: 'error' }

describe('load balancer', () => {
  it('deals requests in turn, and answers find their way back', () => {
    const one = scene({ client: { limit: 9, rate: 100 } }).until(2)
    expect([replies(one), one.probes('a', 'replies', 'late', 'errors'), one.probes('b', 'forwarded', 'answered', 'open')]).toEqual([[3, 3, 3], { replies: 9, late: 0, errors: 0 }, { forwarded: 9, answered: 9, open: 0 }])
  })

  it('app.balancer.connections: what comes on one connection is one worker’s', () => {
    const think = { arrival: 'think', thinkTime: constant(1), concurrency: 1, limit: 12 }
    const [kept, anew] = [true, false].map(keepAlive => scene({ balancer: { deals: 'connections' }, client: think, line: { keepAlive, socketsMax: 1 } }).until(3))
    expect([replies(kept!), replies(anew!)]).toEqual([[12, 0, 0], [4, 4, 4]])
    // A busy client with many connections is dealt to many.
    expect(replies(scene({ balancer: { deals: 'connections' }, client: { limit: 30, rate: 10_000 } }).until(3))).toEqual([10, 10, 10])
  })

  it('app.balancer.second: one that moves its index before it looks begins with the second', () => {
    expect(replies(scene({ balancer: { begins: 'second' }, client: { limit: 1 } }).until(2))).toEqual([0, 1, 0])
  })

  it('app.balancer.next, app.balancer.aside: a dead upstream costs clients nothing, is left alone, and tried again', () => {
    const one = scene({ balancer: { failTimeout: 2000 } }).until(1.05).fault('crash', 'r2').until(2.05)
    expect([one.probe('a', 'errors'), one.probe('b', 'retried'), one.probe('b', 'aside')]).toEqual([0, 1, 1])
    const before = one.probe('r2', 'replies')
    one.fault('restart', 'r2').until(3.1)
    expect(one.probe('r2', 'replies')).toBe(before)
    one.until(4)
    expect([one.probe('r2', 'replies') > before, one.probe('b', 'aside'), one.probe('a', 'errors')]).toEqual([true, 0, 0])
  })

  it('does a request twice when its upstream dies with the work done', () => {
    const one = scene({ client: { limit: 1 }, replier: { serviceTime: constant(50), pause: 20, acknowledge: 'before' } }).until(0.16)
    one.fault('crash', 'r1').until(2)
    expect([one.probe('r1', 'received'), one.probe('r2', 'received'), one.probe('a', 'replies')]).toEqual([1, 1, 1])
  })

  it('app.balancer.all-failed: nobody is left, and the client is told; then all are tried again', () => {
    const one = scene({ client: { rate: 10 } }).until(0.55)
    for (const id of SERVERS) one.fault('crash', id)
    one.until(1.55)
    expect([one.probe('a', 'errors'), one.probe('a', 'outstanding')]).toEqual([10, 0])
    const before = one.probe('a', 'replies')
    for (const id of SERVERS) one.fault('restart', id)
    // The one request that finds all of them left alone is the last to fail.
    one.until(2.55)
    expect(one.probe('a', 'replies') - before).toBeGreaterThanOrEqual(9)
  })

  it('hands on an upstream’s error, and thinks no worse of it', () => {
    const one = scene({ client: { limit: 6 }, replier: { failureRate: 1 } }).until(2)
    expect([one.probe('a', 'errors'), one.probe('b', 'retried'), one.probe('b', 'aside')]).toEqual([6, 0, 0])
  })

  it('app.balancer.registered: serves who registers at once, and leaves alone who has deregistered', () => {
    const one = scene({ balancer: REGISTERED, replier: { service: 'api' }, registry: {} }).fault('crash', 'r3').until(1.05)
    const two = replies(one)
    expect([two[0]! + two[1]! > 5, Math.abs(two[0]! - two[1]!) <= 1]).toEqual([true, true])
    const errors = one.probe('a', 'errors')
    one.fault('restart', 'r3').until(2.05)
    expect(one.probe('r3', 'replies')).toBeGreaterThanOrEqual(3)
    one.run.input({ input: 'fault', fault: { fault: 'stop', node: 'r2' } })
    const stopped = one.probe('r2', 'replies')
    one.until(4)
    expect([one.probe('r2', 'replies') - stopped, one.probe('a', 'errors') - errors, one.probe('registry', 'registered')]).toEqual([0, 0, 2])
  })

  it('app.balancer.killed, app.registry.says-so: one that is killed stays registered, and every third request fails', () => {
    const one = scene({ balancer: REGISTERED, replier: { service: 'api' }, registry: {} }).until(1.05).fault('crash', 'r2').until(4.05)
    expect([one.probe('registry', 'registered'), one.probe('a', 'errors'), one.probe('b', 'errors')]).toEqual([3, 10, 10])
  })

  it('ends where it handles no error, and takes its clients’ requests along', () => {
    const one = scene({ balancer: { whenFailed: 'ends' } }).until(1.05).fault('crash', 'r2').until(2)
    expect([one.run.parts.nodes.get('b')!.up, one.probe('a', 'errors') > 0]).toEqual([false, true])
  })

  it('answers with an error when nobody is registered, or the registry is away', () => {
    const nobody = scene({ balancer: REGISTERED, client: { limit: 5 }, registry: {} }).until(2)
    expect(nobody.probes('a', 'errors', 'outstanding')).toEqual({ errors: 5, outstanding: 0 })
    const away = scene({ balancer: REGISTERED, client: { limit: 5 }, replier: { service: 'api' }, registry: {} }).fault('crash', 'registry').until(2)
    expect(away.probes('a', 'errors', 'outstanding')).toEqual({ errors: 5, outstanding: 0 })
  })

  it('a line that is taken out takes what was under way on it along, and the client is told', () => {
    const one = scene({ client: { limit: 3, rate: 1000 }, replier: { serviceTime: constant(500) } }).until(0.1)
    expect(one.probe('b', 'open')).toBe(3)
    one.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: ['b>r2'] }] })
    expect([one.probe('b', 'open'), one.until(0.2).probe('a', 'errors'), one.until(2).probe('a', 'replies'), one.probe('b', 'open')]).toEqual([2, 1, 2, 0])
    const asking = scene({ balancer: REGISTERED, client: { limit: 1 }, replier: { service: 'api' }, registry: {} }).until(0.103)
    expect(asking.probe('b', 'open')).toBe(1)
    asking.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: ['b>registry'] }] })
    expect([asking.probe('b', 'open'), asking.until(1).probe('a', 'errors')]).toEqual([0, 1])
  })

  it('balances over other lines that go both ways', () => {
    const one = new Scene(
      [node('app.requester', 'a', { arrival: 'regular', rate: 100, limit: 9, concurrency: null }), node('app.balancer', 'b'), ...SERVERS.map(id => replier(id))],
      [channel('pipe.ipc', 'a', 'b', wire), ...SERVERS.map(id => channel('pipe.ipc', 'b', id, wire))],
    ).until(2)
    expect([replies(one), one.probe('a', 'replies')]).toEqual([[3, 3, 3], 9])
  })
})
