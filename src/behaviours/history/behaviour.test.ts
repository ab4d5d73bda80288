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

  it('a crash between acknowledging and storing loses it', () => {
    const one = scene({ acknowledge: 'before' }).until(0.35).fault('crash', 'h').until(1).fault('restart', 'h').until(10)
    expect(one.probes('h', 'stored', 'redelivered')).toEqual({ stored: 0, redelivered: 0 })
    expect(one.probe('q', 'ready')).toBe(0)
  })
})
