import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

const wire = { latency: constant(10) }
const requester = node('app.requester', 'a', { arrival: 'regular', rate: 10, limit: 1, timeout: 5000 })

describe('replier', () => {
  it('app.replier.after-reply: a crash at work gives the request back', () => {
    const one = new Scene(
      [node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('amqp.queue', 'back', {}, 'b'), requester, node('app.replier', 'r', { serviceTime: constant(1000) })],
      [channel('amqp.publish', 'a', 'q', wire), channel('amqp.consume', 'q', 'r', wire), channel('amqp.publish', 'r', 'back', wire), channel('amqp.consume', 'back', 'a', wire)],
    ).until(0.5)
    one.fault('crash', 'r').until(1).fault('restart', 'r').until(4)
    expect([one.probes('r', 'received', 'replies'), one.probes('a', 'replies', 'timeouts')]).toEqual([{ received: 2, replies: 1 }, { replies: 1, timeouts: 0 }])
  })

  it.each([['after', { replies: 1, late: 1 }], ['before', { replies: 0, late: 0 }]] as const)('app.replier.crash-between: acknowledging %s the reply, it answers twice or never', (acknowledge, told) => {
    const one = new Scene(
      [node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('amqp.queue', 'back', {}, 'b'), requester, node('app.replier', 'r', { serviceTime: constant(100), acknowledge, pause: 200 })],
      [channel('amqp.publish', 'a', 'q', wire), channel('amqp.consume', 'q', 'r', wire), channel('amqp.publish', 'r', 'back', wire), channel('amqp.consume', 'back', 'a', wire)],
    ).until(0.3)
    one.fault('crash', 'r').until(1).fault('restart', 'r').until(4)
    expect(one.probes('a', 'replies', 'late')).toEqual(told)
  })

  it('app.replier.dead-end: drops a reply that has no way back', () => {
    const one = new Scene([node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), requester, node('app.replier', 'r')], [channel('amqp.publish', 'a', 'q', wire), channel('amqp.consume', 'q', 'r', wire)]).until(10)
    expect([one.probes('r', 'replies', 'unroutable'), one.probes('a', 'replies', 'timeouts')]).toEqual([{ replies: 0, unroutable: 1 }, { replies: 0, timeouts: 1 }])
  })

  it('uses the return address as the key where one line leads to an exchange', () => {
    const one = new Scene(
      [node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('amqp.exchange', 'x', { exchangeType: 'direct' }, 'b'), node('amqp.queue', 'back', {}, 'b'), node('app.requester', 'a', { arrival: 'regular', rate: 10, limit: 3, replyTo: 'to.a' }), node('app.replier', 'r', { serviceTime: constant(20) })],
      [channel('amqp.publish', 'a', 'q', wire), channel('amqp.consume', 'q', 'r', wire), channel('amqp.publish', 'r', 'x', wire), channel('amqp.binding', 'x', 'back', { routingKey: 'to.a' }), channel('amqp.consume', 'back', 'a', wire)],
    ).until(5)
    expect(one.probes('a', 'replies', 'late')).toEqual({ replies: 3, late: 0 })
  })
})
