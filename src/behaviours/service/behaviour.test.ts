import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

/** One task, worked on for 200 ms from about 0.2 s on. */
function scene(config: Config): Scene {
  return new Scene(
    [
      node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 1 }), node('amqp.broker', 'b'), node('amqp.queue', 'tasks', {}, 'b'), node('amqp.queue', 'results', {}, 'b'),
      node('app.service', 's', { serviceTime: constant(200), ...config }),
    ],
    [channel('amqp.publish', 'p', 'tasks'), channel('amqp.consume', 'tasks', 's', { prefetch: 1 }), channel('amqp.publish', 's', 'results')],
  )
}

/** Results after a crash in the middle of the pause between the two steps. */
function resultsAfterCrash(acknowledge: string): number {
  const one = scene({ acknowledge, pause: 400 }).until(0.6)
  expect(one.facts('finished', 's')).toBe(1)
  one.fault('crash', 's').until(1).fault('restart', 's').until(10)
  return one.probe('results', 'enqueued')
}

describe('service', () => {
  it('app.service.order: a crash between the two steps gives no result, or two', () => {
    expect({ resultFirst: resultsAfterCrash('after'), acknowledgedFirst: resultsAfterCrash('before') }).toEqual({ resultFirst: 2, acknowledgedFirst: 0 })
  })

  it.each(['after', 'before'])('sends one result and leaves nothing unacknowledged when nothing goes wrong: %s', acknowledge => {
    for (const pause of [0, 400]) {
      const one = scene({ acknowledge, pause }).until(5)
      expect([one.probe('results', 'enqueued'), one.probe('tasks', 'unacked'), one.probe('s', 'busy')]).toEqual([1, 0, 0])
    }
  })

  it('gives a task back when its work fails', () => {
    const one = scene({ failureRate: 1 }).until(2)
    expect(one.probe('s', 'failed')).toBeGreaterThan(2)
    expect(one.probe('results', 'enqueued')).toBe(0)
  })

  it('takes up nothing new while a result waits to be sent', () => {
    const marks = { sendMark: 1, receiveMark: 1 }
    const one = new Scene(
      [node('app.producer', 'p', { rate: 100, arrival: 'regular', limit: 20 }), node('app.service', 's', { serviceTime: constant(1) }), node('app.consumer', 'c', { serviceTime: constant(1000) })],
      [channel('zeromq.push-pull', 'p', 's', { inHand: null }), channel('zeromq.push-pull', 's', 'c', marks)],
    ).until(3)
    expect(one.probe('s', 'inbox')).toBeGreaterThan(10)
    expect(one.until(60).probe('c', 'processed')).toBe(20)
  })
})
