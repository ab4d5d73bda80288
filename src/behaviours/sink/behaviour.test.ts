import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

const producer = node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 10, body: '{n}' })
const wire = { latency: constant(10) }
const MS = 1e6

describe('sink', () => {
  it('app.sink.takes-all: tells when the first and the last came', () => {
    const one = new Scene([producer, node('app.sink', 's', { expected: 5 }), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b')], [channel('amqp.publish', 'p', 'q', wire), channel('amqp.consume', 'q', 's', wire)]).until(5)
    expect(one.probes('s', 'results', 'first', 'last')).toEqual({ results: 10, first: 120 * MS, last: 1020 * MS })
    const { probes } = one.run.parts.nodes.get('s')!
    expect([probes.whole(probes.slot('whole')).count, probes.whole(probes.slot('whole')).sum]).toEqual([1, 520 * MS])
    expect([one.probe('q', 'unacked'), one.run.parts.applications.get('s')!.behaviour.notes()]).toEqual([0, ['Came last:', '10', '9', '8', '7', '6']])
  })

  it.each(['zeromq.push-pull', 'pipe.stream'])('reads all from a socket or a pipe: %s', type => {
    const one = new Scene([producer, node('app.sink', 's')], [channel(type, 'p', 's', wire)]).until(5).fault('crash', 's').until(6).fault('restart', 's').until(7)
    expect(one.probes('s', 'results', 'first')).toEqual({ results: 10, first: 0 })
  })
})
