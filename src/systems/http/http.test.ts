import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import { DISCARD_REASONS } from '../../contract/ledger.ts'
import type { Config } from '../../topology/document.ts'

/** One asks another: 10 ms a hop. */
function scene(line: Config, requester: Config = {}, replier: Config = {}): Scene {
  return new Scene(
    [node('app.requester', 'a', { arrival: 'regular', rate: 100, limit: 10, concurrency: null, timeout: null, ...requester }), node('app.replier', 'r', { serviceTime: constant(20), concurrency: 100, ...replier })],
    [channel('http.request', 'a', 'r', { latency: constant(10), ...line })],
  )
}
const connects = (one: Scene, ms: number): number => {
  // A round trip, the hop of the request, the work and the hop of the answer; without the first where the connection is kept.
  const { probes } = one.run.parts.nodes.get('a')!
  return Math.round((probes.whole(probes.slot('latency')).sum / 1e6 - 10 * ms) / 20)
}
const discarded = (one: Scene, reason: (typeof DISCARD_REASONS)[number]): number => one.run.ledger().discarded[DISCARD_REASONS.indexOf(reason)]!

describe('HTTP', () => {
  it('http.one-at-a-time: one connection answers one after the other; many answer as the work is done', () => {
    const [one, many] = [1, null].map(socketsMax => scene({ socketsMax }).until(0.25))
    expect([one!.probe('a', 'replies'), many!.probe('a', 'replies')]).toEqual([5, 10])
    expect(one!.until(2).probe('a', 'replies')).toBe(10)
  })

  it('http.connect: a new connection costs a round trip each time, a kept one once', () => {
    const slow = { arrival: 'think', thinkTime: constant(5), concurrency: 1 }
    expect([connects(scene({ keepAlive: false }, slow).until(3), 40), connects(scene({ keepAlive: true }, slow).until(3), 40)]).toEqual([10, 1])
  })

  it('http.refused: nobody is there, and the request is an error at once', () => {
    const one = scene({}, { arrival: 'think', thinkTime: constant(100), concurrency: 1 }).fault('crash', 'r').until(0.4)
    expect([one.probe('a', 'errors'), one.probe('a', 'outstanding')]).toEqual([3, 0])
    expect(discarded(one, 'connection lost')).toBe(3)
    one.fault('restart', 'r').until(3)
    expect([one.probe('a', 'replies'), one.probe('a', 'errors')]).toEqual([7, 3])
  })

  it('http.reset: what is under way when the server dies is an error, done or not', () => {
    const one = scene({}, { rate: 1000 }, { serviceTime: constant(100) }).until(0.06)
    expect(one.probe('a', 'outstanding')).toBe(10)
    one.fault('crash', 'r').until(1)
    expect(one.probes('a', 'errors', 'replies', 'outstanding')).toEqual({ errors: 10, replies: 0, outstanding: 0 })
  })

  it('http.error, app.requester.error: work that fails is answered with an error', () => {
    const one = scene({}, {}, { failureRate: 1 }).until(1)
    expect([one.probe('a', 'errors'), one.probe('r', 'failed'), discarded(one, 'rejected')]).toEqual([10, 10, 10])
  })

  it('a client that dies leaves its server at work, and the answers nowhere to go', () => {
    const one = scene({}, { rate: 1000 }, { serviceTime: constant(100) }).until(0.06).fault('crash', 'a').until(1)
    expect([one.probe('r', 'replies'), one.probe('r', 'lost')]).toEqual([0, 10])
  })

  it('a cut that lasts ends the connections at both ends', () => {
    const one = scene({ heartbeat: 50 }, { rate: 1000 }, { serviceTime: constant(100) }).until(0.06)
    one.run.input({ input: 'fault', fault: { fault: 'cut', channel: 'a>r' } })
    expect(one.until(1).probes('a', 'errors', 'outstanding')).toEqual({ errors: 10, outstanding: 0 })
  })
})
