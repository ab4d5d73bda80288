import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

const wire = { latency: constant(10) }

/** Wholes of four parts, worked on by two services of different pace, collected. */
function scene(aggregator: Config, { services = [50, 130], limit = 5, consume = {} }: { readonly services?: readonly number[]; readonly limit?: number; readonly consume?: Config } = {}): Scene {
  const names = services.map((_, n) => `w${n}`)
  return new Scene(
    [
      node('app.producer', 'p', { rate: 10, arrival: 'regular', limit, body: '{n}' }), node('app.splitter', 's', { parts: 4, body: '"{n}/{part}"' }), node('app.aggregator', 'a', aggregator), node('amqp.broker', 'b'),
      ...['in', 'out', 'results', ...names.map(name => `q${name}`)].map(id => node('amqp.queue', id, {}, 'b')),
      ...names.map((name, n) => node('app.service', name, { serviceTime: constant(services[n]!), body: `"${name}"` })),
    ],
    [
      channel('amqp.publish', 'p', 'in', wire), channel('amqp.consume', 'in', 's', wire), channel('amqp.consume', 'results', 'a', { ...wire, ...consume }), channel('amqp.publish', 'a', 'out', wire),
      ...names.flatMap(name => [channel('amqp.publish', 's', `q${name}`, wire), channel('amqp.consume', `q${name}`, name, wire), channel('amqp.publish', name, 'results', wire)]),
    ],
  )
}

describe('aggregator', () => {
  it('app.aggregator.complete: collects the parts of each whole, whatever comes between', () => {
    const one = scene({}).until(10)
    expect(one.probes('a', 'received', 'completed', 'open', 'sent')).toEqual({ received: 20, completed: 5, open: 0, sent: 5 })
    const handles: number[] = []
    one.run.system('out')?.contents(one.run.parts.nodes.get('out')!, handles, 0, 9)
    // In the order of the parts, which were dealt in turn.
    expect(handles.map(handle => one.run.core.messages.body(handle))).toEqual(Array.from({ length: 5 }, () => '["w0","w1","w0","w1"]'))
  })

  it('app.aggregator.timeout: ends what stays incomplete; what comes later opens nothing', () => {
    const one = scene({ timeout: 500 }, { services: [10, 2000], limit: 1 }).until(30)
    expect(one.probes('a', 'completed', 'timedOut', 'late', 'open', 'sent')).toEqual({ completed: 0, timedOut: 1, late: 2, open: 0, sent: 0 })
    expect(scene({ timeout: 500, onTimeout: 'send' }, { services: [10, 2000], limit: 1 }).until(30).probe('a', 'sent')).toBe(1)
  })

  it('app.aggregator.duplicate: a part that comes twice counts once', () => {
    // The slow worker sends its result and crashes before it acknowledges.
    const one = scene({}, { limit: 1 })
    one.configure('node', 'w1', { serviceTime: constant(130), pause: 500 }).until(0.45).fault('crash', 'w1').until(1).fault('restart', 'w1').until(10)
    expect(one.probes('a', 'completed', 'duplicates', 'open')).toEqual({ completed: 1, duplicates: 1, open: 0 })
  })

  it('loses open groups with a crash when parts were acknowledged on arrival, and gets them again otherwise', () => {
    const story = (acknowledge: string): Scene => scene({ acknowledge, timeout: null }, { services: [10, 1000], limit: 1 }).until(0.6).fault('crash', 'a').until(0.7).fault('restart', 'a').until(20)
    expect(story('before').probes('a', 'completed', 'open')).toEqual({ completed: 0, open: 1 })
    expect(story('after').probes('a', 'completed', 'open')).toEqual({ completed: 1, open: 0 })
  })

  it('waits for ever when the prefetch is smaller than a group that is acknowledged as a whole', () => {
    const one = scene({ acknowledge: 'after', timeout: null }, { limit: 1, consume: { prefetch: 3 } }).until(10)
    expect([one.probes('a', 'completed', 'received'), one.probe('results', 'ready')]).toEqual([{ completed: 0, received: 3 }, 1])
  })

  it('collects copies that came without acknowledgement, and by key', () => {
    const one = scene({ by: 'key', count: 10 }, { consume: { noAck: true } }).until(10)
    expect(one.probes('a', 'completed', 'open')).toEqual({ completed: 2, open: 0 })
    one.fault('crash', 'a').until(11)
  })
})
