import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

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

describe('arrivals of a producer', () => {
  const producer = (config: Config): Scene =>
    new Scene([node('app.producer', 'p', config), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b')], [channel('amqp.publish', 'p', 'q', { latency: { law: 'constant', value: 0 } })])
  /** When the producer published, in seconds. */
  const times = (one: Scene): number[] => one.run.core.trace.newest(9999, fact => fact.verb === 'published').map(fact => fact.atNs / 1e9)
  const keys = (one: Scene): string[] => {
    const held: number[] = []
    one.run.system('q')!.contents(one.run.parts.nodes.get('q')!, held, 0, 99)
    return held.map(message => `${one.run.core.messages.key(message)} ${one.run.core.messages.body(message)}`)
  }

  it('come at the times of a schedule, in batches', () => {
    const one = producer({ arrival: 'schedule', schedule: '1 2s 2500ms', batchSize: 2 }).until(10)
    expect(times(one)).toEqual([1, 1, 2, 2, 2.5, 2.5])
    expect(one.run.behaviour('p')!.notes()).toEqual(['It has sent all it was to send.'])
  })

  it('come from a trace, with its keys and bodies as they stand', () => {
    const one = producer({ arrival: 'trace', trace: 'time,key,body\n1,a,{n}\n3,,\n4,b', key: 'own', body: 'own {n}', batchSize: 5 }).until(10)
    expect(times(one)).toEqual([1, 3, 4])
    expect(keys(one)).toEqual(['a {n}', 'own own 2', 'b own 3'])
  })

  it('begin anew when what decides them changes, and only then', () => {
    const config = { arrival: 'schedule', schedule: '1 2' }
    const one = producer(config).until(1.5)
    one.configure('node', 'p', { ...config, body: 'new' }).until(2.5)
    expect(times(one)).toEqual([1, 2])
    one.configure('node', 'p', { ...config, schedule: '1' }).until(10)
    expect(times(one)).toHaveLength(3)
  })

  it('follow any law of gaps, a trace of them too', () => {
    expect(times(producer({ arrival: 'law', gap: { law: 'trace', values: [1000, 500] } }).until(4))).toEqual([1, 1.5, 2.5, 3, 4])
  })

  it('rise with a ramp and pause when off', () => {
    const ramp = times(producer({ arrival: 'ramp', rampFrom: 0, rampTo: 100, rampTime: 10_000 }).until(10))
    expect(ramp.filter(at => at > 5).length).toBeGreaterThan(2 * ramp.filter(at => at < 5).length)
    const phases = times(producer({ arrival: 'on-off', onRate: 100, onTime: constant(1000), offTime: constant(1000) }).until(10))
    expect(phases.length).toBeGreaterThan(300)
    expect(phases.every(at => at % 2 <= 1)).toBe(true)
  })
})

describe('a producer whose send has to wait', () => {
  const scene = (producer: Config): Scene => new Scene([node('app.producer', 'p', { rate: 100, arrival: 'regular', ...producer }), node('app.consumer', 'c', { serviceTime: constant(1000) })], [channel('zeromq.push-pull', 'p', 'c', { sendMark: 2, receiveMark: 2 })])

  it('app.producer.back-pressure: makes nothing more until it has gone through', () => {
    const one = scene({ limit: 20 }).until(3)
    expect([one.probe('p', 'sent') < 12, one.probes('p', 'lost', 'skipped')]).toEqual([true, { lost: 0, skipped: 0 }])
    expect(one.until(30).probes('c', 'processed')).toEqual({ processed: 20 })
  })

  it('leaves out what is due meanwhile when it is to skip', () => {
    const one = scene({ whenBlocked: 'skip' }).until(10.005)
    expect(one.probe('p', 'skipped') + one.probe('p', 'sent')).toBe(1000)
    expect(one.probe('p', 'skipped')).toBeGreaterThan(900)
  })

  it('waits with the rest of a batch', () => {
    const one = scene({ batchSize: 20, limit: 20 }).until(3)
    expect(one.probe('p', 'sent')).toBeLessThan(12)
    expect(one.until(30).probe('c', 'processed')).toBe(20)
  })

  it('goes on after a restart', () => {
    const one = scene({}).until(3).fault('crash', 'p').until(4).fault('restart', 'p').until(30)
    expect(one.probe('c', 'processed')).toBeGreaterThan(20)
  })
})
