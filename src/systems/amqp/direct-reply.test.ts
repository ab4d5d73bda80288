import { describe, expect, it } from 'vitest'
import { DISCARD_REASONS } from '../../contract/ledger.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

const wire = { latency: constant(10) }

describe('direct reply-to', () => {
  /** A requester whose replies come back on the line that it publishes on; the replier has no line out. */
  const direct = (publish: Config, config: Config = {}, service: Config = constant(20)) =>
    new Scene(
      [node('amqp.broker', 'b'), node('amqp.queue', 'requests', {}, 'b'), node('app.requester', 'a', { arrival: 'regular', rate: 10, concurrency: null, limit: 3, timeout: 2000, ...config }), node('app.replier', 'r', { serviceTime: service })],
      [channel('amqp.publish', 'a', 'requests', { ...wire, ...publish }), channel('amqp.consume', 'requests', 'r', wire)],
    )

  it('amqp.drawn.direct-reply: needs no queue and no line for the reply', () => {
    const one = direct({ directReplyTo: 'no-ack' }).until(5)
    expect([one.probes('a', 'requests', 'replies', 'late', 'lost'), one.probes('r', 'replies', 'unroutable')]).toEqual([{ requests: 3, replies: 3, late: 0, lost: 0 }, { replies: 3, unroutable: 0 }])
    // 40 ms on the wires and 20 ms of work.
    const { probes } = one.run.parts.nodes.get('a')!
    expect(probes.whole(probes.slot('latency')).sum).toBe(3 * 60e6)
  })

  it('amqp.drawn.direct-reply-refused: is refused unless it is consumed, without acknowledgements, on the channel that publishes', () => {
    const refused = (publish: Config, config: Config) => direct(publish, { limit: 1, timeout: 500, ...config }).until(1.9)
    const unasked = refused({}, { replyTo: 'amq.rabbitmq.reply-to' })
    expect([unasked.probes('a', 'requests', 'replies', 'timeouts'), unasked.run.ledger().discarded[DISCARD_REASONS.indexOf('refused')]]).toEqual([{ requests: 1, replies: 0, timeouts: 1 }, 1])
    // Its channel is closed before it can ask.
    expect(refused({ directReplyTo: 'ack' }, {}).probes('a', 'requests', 'lost')).toEqual({ requests: 0, lost: 1 })
  })

  it('the reply is dropped when its requester has gone', () => {
    const one = direct({ directReplyTo: 'no-ack' }, { limit: 1 }, constant(1000)).until(0.5).fault('crash', 'a').until(2)
    expect([one.probe('r', 'replies'), one.run.ledger().discarded[DISCARD_REASONS.indexOf('unroutable')]]).toEqual([1, 1])
    // Back under another address: the old one stays dead.
    expect(one.fault('restart', 'a').until(5).probes('a', 'replies', 'late')).toEqual({ replies: 1, late: 0 })
  })

  it('takes replies from the moment that the line is set to do so', () => {
    const one = direct({}, { limit: null, timeout: 300 }).until(1)
    expect(one.probe('a', 'replies')).toBe(0)
    one.configure('channel', 'a>requests', { ...wire, reconnect: 100, directReplyTo: 'no-ack' }).until(3)
    expect(one.probe('a', 'replies')).toBeGreaterThan(10)
  })
})
