import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'
import type { Edit } from '../../topology/edit.ts'

/** Parts of one name: what RabbitMQ has once, however often it is drawn. */
const broker = node('amqp.broker', 'b')
const queue = (id: string, config: Config = {}) => node('amqp.queue', id, { name: 'orders', ...config }, 'b')
const exchange = (id: string, config: Config = {}) => node('amqp.exchange', id, { name: 'x', exchangeType: 'fanout', ...config }, 'b')
const producer = (id: string, limit: number, rate = 10) => node('app.producer', id, { rate, arrival: 'regular', limit })
const consumer = (id: string) => node('app.consumer', id, { serviceTime: constant(10) })
const publish = (from: string, to: string) => channel('amqp.publish', from, to)
const consume = (from: string, to: string) => channel('amqp.consume', from, to, { prefetch: 1, reconnect: 100 })
const bind = (from: string, to: string, config: Config = {}) => channel('amqp.binding', from, to, { latency: constant(0), ...config })
const edit = (scene: Scene, edits: readonly Edit[]): Scene => {
  scene.run.input({ input: 'edit', edits })
  return scene
}
const remove = (...nodes: string[]): Edit => ({ edit: 'remove', nodes, channels: [] })
const notes = (scene: Scene, id: string): readonly string[] => scene.run.system(id)!.notes(scene.run.parts.nodes.get(id)!)

describe('a queue that is drawn twice', () => {
  const both = () => new Scene([producer('p', 4), producer('r', 3), broker, queue('one'), queue('two'), consumer('c')], [publish('p', 'one'), publish('r', 'two'), consume('two', 'c')])

  it('amqp.drawn.same: takes what is published to either, and hands it to whoever consumes either', () => {
    const scene = both().until(3)
    expect([scene.probe('c', 'processed'), scene.probes('one', 'enqueued', 'acknowledged', 'consumers'), scene.probes('two', 'enqueued', 'acknowledged', 'consumers')]).toEqual([7, { enqueued: 7, acknowledged: 7, consumers: 1 }, { enqueued: 7, acknowledged: 7, consumers: 1 }])
    expect([notes(scene, 'one')[0], notes(scene, 'two'), scene.run.troubles]).toEqual(['Consumers: c', ['Drawn twice: this is the same queue as “one”, which has its messages'], []])
  })

  it('gets one copy of what is routed to both boxes', () => {
    const scene = new Scene([producer('p', 5), broker, exchange('x'), queue('one'), queue('two')], [publish('p', 'x'), bind('x', 'one'), bind('x', 'two')])
    expect(scene.until(2).probes('two', 'ready', 'enqueued')).toEqual({ ready: 5, enqueued: 5 })
    edit(scene, [{ edit: 'remove', nodes: [], channels: ['x>one'] }, { edit: 'add-nodes', nodes: [producer('later', 2, 2)] }, { edit: 'add-channels', channels: [publish('later', 'x')] }])
    // The other line says the same, and goes on.
    expect(scene.until(4).probe('one', 'ready')).toBe(7)
  })

  it('stays when the second box goes, and begins anew when the first does', () => {
    const [first, second] = [both().until(0.15), both().until(0.15)]
    edit(second, [remove('two')])
    expect([second.until(3).probe('one', 'enqueued'), second.probe('one', 'ready') > 0]).toEqual([5, true])
    edit(first, [{ edit: 'remove', nodes: [], channels: ['p>one'] }, remove('one')])
    expect([first.until(3).probe('c', 'processed'), notes(first, 'two')[0]]).toEqual([3, 'Consumers: c'])
  })

  it('are two again when one is called or declared otherwise', () => {
    const scene = both().until(0.15)
    scene.configure('node', 'two', { name: 'others' }).until(3)
    expect([scene.probe('one', 'enqueued'), scene.probe('two', 'consumers'), scene.run.troubles]).toEqual([5, 1, []])
    scene.configure('node', 'one', { name: 'others', durable: false })
    expect(scene.run.troubles.map(one => [one.part, one.code])).toEqual([['one', 'amqp.refused.406']])
    scene.configure('node', 'one', { name: 'others' }).until(5)
    expect(notes(scene, 'one')).toEqual(['Drawn twice: this is the same queue as “two”, which has its messages'])
    scene.configure('node', 'two', { name: 'others', maxLength: 5 }).until(6)
    expect(scene.run.troubles.map(one => [one.part, one.code])).toEqual([['one', 'amqp.refused.406']])
  })

  it('is back as one after a restart', () => {
    const scene = both().until(0.15).fault('crash', 'b').until(1).fault('restart', 'b').until(4)
    expect(scene.run.parts.nodes.get('two')!.there).toBe(true)
    expect(scene.probe('one', 'enqueued')).toBe(scene.probe('two', 'enqueued'))
  })
})

describe('an exchange that is drawn twice', () => {
  it('amqp.drawn.same: routes along the bindings of both boxes, whichever is published to', () => {
    const scene = new Scene([producer('p', 5), broker, exchange('x1'), exchange('x2'), node('amqp.queue', 'q', {}, 'b'), node('amqp.queue', 'r', {}, 'b')], [publish('p', 'x2'), bind('x1', 'q'), bind('x2', 'r')]).until(2)
    expect([scene.probe('q', 'ready'), scene.probe('r', 'ready'), scene.probes('x1', 'in', 'routed'), scene.probes('x2', 'in', 'routed')]).toEqual([5, 5, { in: 5, routed: 10 }, { in: 5, routed: 10 }])
    edit(scene, [{ edit: 'remove', nodes: [], channels: ['x1>q'] }, remove('x1'), { edit: 'add-nodes', nodes: [producer('later', 2, 2)] }, { edit: 'add-channels', channels: [publish('later', 'x2')] }])
    expect([scene.until(4).probe('q', 'ready'), scene.probe('r', 'ready')]).toEqual([5, 7])
  })
})
