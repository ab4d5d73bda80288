import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

/** A producer sends `limit` messages within a tenth of a second; the consumer takes a second for each. */
function scene(consumer: Config, limit = 1, consume: Config = {}): Scene {
  return new Scene(
    [node('app.producer', 'p', { rate: 100, arrival: 'regular', limit }), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('app.consumer', 'c', { serviceTime: constant(1000), ...consumer })],
    [channel('amqp.publish', 'p', 'q'), channel('amqp.consume', 'q', 'c', consume)],
  )
}

describe('consumer', () => {
  it('app.consumer.ack-before: a crash at work loses the message', () => {
    const one = scene({ acknowledge: 'before' }).until(0.8).fault('crash', 'c').until(1).fault('restart', 'c').until(5)
    expect(one.probes('c', 'received', 'processed', 'redelivered')).toEqual({ received: 1, processed: 0, redelivered: 0 })
    expect(one.probes('q', 'ready', 'unacked')).toEqual({ ready: 0, unacked: 0 })
  })

  it('app.consumer.ack-after: a crash at work brings it back, marked redelivered', () => {
    const one = scene({ acknowledge: 'after' }).until(0.8).fault('crash', 'c').until(1).fault('restart', 'c').until(5)
    expect(one.probes('c', 'received', 'processed', 'redelivered')).toEqual({ received: 2, processed: 1, redelivered: 1 })
  })

  it('does what it has acknowledged even when the connection is lost', () => {
    const one = scene({ acknowledge: 'before' }, 10).until(1).fault('crash', 'b').until(20)
    expect(one.probes('c', 'processed', 'inbox')).toEqual({ processed: 10, inbox: 0 })
  })

  it('drops what it has not begun nor acknowledged when the connection is lost, and gets it again', () => {
    const one = scene({ acknowledge: 'after' }, 4).until(0.8).fault('crash', 'b').until(1)
    expect(one.probe('c', 'inbox')).toBe(0)
    one.fault('restart', 'b').until(20)
    // The first was in work when the connection went: it is done twice.
    expect(one.probes('c', 'processed', 'redelivered')).toEqual({ processed: 5, redelivered: 4 })
  })

  it('settles what came under “after” when the setting is “before” by then', () => {
    const one = scene({ acknowledge: 'after', serviceTime: constant(100) }, 30, { prefetch: 5 }).until(0.3)
    one.configure('node', 'c', { acknowledge: 'before', serviceTime: constant(100) }).until(30)
    expect(one.probe('c', 'processed')).toBe(30)
    expect(one.probe('q', 'unacked')).toBe(0)
  })

  it('never acknowledging uses up the prefetch', () => {
    const one = scene({ acknowledge: 'never', serviceTime: constant(10) }, 30, { prefetch: 5 }).until(30)
    expect(one.probe('c', 'processed')).toBe(5)
    expect(one.probes('q', 'ready', 'unacked')).toEqual({ ready: 25, unacked: 5 })
  })

  it('works on as many at once as it may, and is not at work when it is down', () => {
    const one = scene({ concurrency: 4 }, 10).until(0.9)
    expect(one.probes('c', 'busy', 'inbox')).toEqual({ busy: 1, inbox: 6 })
    one.fault('crash', 'c')
    expect(one.probes('c', 'busy', 'inbox')).toEqual({ busy: 0, inbox: 0 })
  })

  it('loses what came without acknowledgement when it crashes', () => {
    const one = scene({}, 3, { noAck: true }).until(0.8).fault('crash', 'c')
    expect(one.run.ledger().discarded.reduce((sum, count) => sum + count, 0)).toBe(3)
  })

  it.each(['before', 'never'])('reads one after the other where nothing is acknowledged, whatever is set: %s', acknowledge => {
    const one = new Scene([node('app.producer', 'p', { rate: 100, arrival: 'regular', limit: 10 }), node('app.consumer', 'c', { serviceTime: constant(100), acknowledge })], [channel('zeromq.push-pull', 'p', 'c')]).until(0.5)
    expect(one.probes('c', 'inbox')).toEqual({ inbox: 0 })
    expect(one.until(5).probes('c', 'processed')).toEqual({ processed: 10 })
  })
})
