import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

function scene(config: Config): Scene {
  return new Scene(
    [node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 1 }), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('chat.history', 'h', { storeTime: constant(200), ...config })],
    [channel('amqp.publish', 'p', 'q'), channel('amqp.consume', 'q', 'h')],
  )
}

describe('history service', () => {
  it('chat.history.crash-window: a crash between storing and acknowledging stores it twice', () => {
    const one = scene({ pause: 400 }).until(0.6)
    expect(one.probe('h', 'stored')).toBe(1)
    one.fault('crash', 'h').until(1).fault('restart', 'h').until(10)
    expect(one.probes('h', 'stored', 'redelivered')).toEqual({ stored: 2, redelivered: 1 })
    expect(one.probe('q', 'unacked')).toBe(0)
  })

  it('chat.history.answers: who asks gets the newest that are stored by then, oldest first', () => {
    const one = new Scene(
      [node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 20, body: 'm{n}' }), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('chat.history', 'h', { storeTime: constant(1), readTime: constant(100), answers: 3, keeps: 5 }), node('app.requester', 'a', { arrival: 'regular', rate: 0 })],
      [channel('amqp.publish', 'p', 'q'), channel('amqp.consume', 'q', 'h'), channel('http.request', 'a', 'h', { latency: constant(10) })],
    ).until(5)
    const bodies: string[] = []
    const requester = one.run.behaviour('a')!
    const deliver = requester.deliver.bind(requester)
    requester.deliver = (endpoint, message, tag) => {
      bodies.push(one.run.core.messages.body(message))
      deliver(endpoint, message, tag)
    }
    one.run.input({ input: 'send', node: 'a' })
    one.until(6).fault('crash', 'h').until(7).fault('restart', 'h').configure('node', 'h', { answers: null, keeps: 5, readTime: constant(0) })
    one.run.input({ input: 'send', node: 'a' })
    expect([one.until(8).probes('a', 'replies', 'errors'), bodies.map(body => JSON.parse(body) as unknown)]).toEqual([{ replies: 2, errors: 0 }, [['m18', 'm19', 'm20'], ['m16', 'm17', 'm18', 'm19', 'm20']]])
  })

  it('a crash between acknowledging and storing loses it', () => {
    const one = scene({ acknowledge: 'before' }).until(0.35).fault('crash', 'h').until(1).fault('restart', 'h').until(10)
    expect(one.probes('h', 'stored', 'redelivered')).toEqual({ stored: 0, redelivered: 0 })
    expect(one.probe('q', 'ready')).toBe(0)
  })
})
