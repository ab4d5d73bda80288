import { describe, expect, it } from 'vitest'
import { channel, node, Scene } from '../../cli/testing/scene.ts'

describe('producer', () => {
  const scene = (): Scene =>
    new Scene(
      [node('app.producer', 'p', { rate: 4, arrival: 'regular', limit: 10 }), node('amqp.broker', 'b'), node('amqp.exchange', 'x', {}, 'b')],
      [channel('amqp.publish', 'p', 'x')],
    )

  it('app.producer.one-way: is done when it has sent; that nobody wanted it is told at the exchange', () => {
    const one = scene().until(5)
    expect(one.probes('p', 'sent', 'lost')).toEqual({ sent: 10, lost: 0 })
    expect(one.run.behaviour('p')!.contents([], 0, 10)).toBe(0)
    expect(one.probe('x', 'unroutable')).toBe(10)
  })

  it('sends all over again when its program is started again', () => {
    const one = scene().until(5).fault('crash', 'p').fault('restart', 'p').until(10)
    expect(one.probe('p', 'sent')).toBe(20)
  })

  it('counts what it could not send', () => {
    const one = scene().fault('crash', 'b').until(5)
    expect(one.probe('p', 'sent') + one.probe('p', 'lost')).toBe(10)
    expect(one.probe('p', 'lost')).toBeGreaterThan(0)
  })
})
