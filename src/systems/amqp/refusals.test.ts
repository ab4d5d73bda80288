import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'
import type { Problem } from '../../topology/problem.ts'

/** What people are told while a run goes on. */
const broker = node('amqp.broker', 'b')
const queue = (id: string, config: Config = {}) => node('amqp.queue', id, config, 'b')
const consumer = (id: string) => node('app.consumer', id, { serviceTime: constant(10) })
const consume = (from: string, to: string, config: Config = {}) => channel('amqp.consume', from, to, { latency: constant(10), ...config })
const told = (scene: Scene): Pick<Problem, 'part' | 'code' | 'says'>[] => scene.run.troubles.map(({ part, code, says }) => ({ ...(part === undefined ? {} : { part }), code, says }))

describe('what RabbitMQ refuses is a problem of the run', () => {
  it('amqp.drawn.inequivalent: a second declaration of a name has to be like the first', () => {
    const scene = new Scene([broker, queue('q', { name: 'orders' }), queue('r', { name: 'orders', durable: false })], [])
    expect(told(scene)).toEqual([{ part: 'r', code: 'amqp.refused.406', says: "RabbitMQ refuses “r”: 406 PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'orders' in vhost '/': received 'false' but current is 'true'" }])
    scene.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: ['q'], channels: [] }] })
    expect([told(scene), scene.run.parts.nodes.get('r')!.there]).toEqual([[], true])
  })

  it('of exchanges as of queues, where declared alike they are one', () => {
    const exchange = (id: string, config: Config) => node('amqp.exchange', id, { name: 'x', ...config }, 'b')
    const scene = new Scene([broker, exchange('x1', {}), exchange('x2', { exchangeType: 'topic' }), exchange('x3', {})], [])
    expect(told(scene).map(one => [one.part, one.code])).toEqual([['x2', 'amqp.refused.406']])
    scene.configure('node', 'x2', { name: 'other', exchangeType: 'topic' })
    expect(told(scene)).toEqual([])
  })

  it('an invalid argument is told at the node, once, however many clients ask for it', () => {
    const scene = new Scene([broker, queue('q', { queueType: 'quorum', durable: false }), consumer('c'), consumer('d')], [consume('q', 'c'), consume('q', 'd')]).until(3)
    expect(told(scene)).toEqual([{ part: 'q', code: 'amqp.refused.406', says: "RabbitMQ refuses “q”: 406 PRECONDITION_FAILED - invalid property 'non-durable' for queue 'q' in vhost '/'" }])
    expect(told(scene.configure('node', 'q', { queueType: 'quorum' }).until(4))).toEqual([])
  })

  it('an exclusive queue is told at the line of whoever comes second, until its owner has gone', () => {
    const scene = new Scene([broker, queue('q', { exclusive: true }), consumer('c'), consumer('d')], [consume('q', 'c'), consume('q', 'd')]).until(1)
    expect(told(scene)).toEqual([
      {
        part: 'q>d',
        code: 'amqp.refused.405',
        says: "RabbitMQ refuses what d asks of “q”: 405 RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.",
      },
    ])
    expect(told(scene.fault('crash', 'c').until(2))).toEqual([])
  })

  it('a publish to an internal exchange, which closes the channel; what other exchanges send it goes on', () => {
    const drawn = [broker, node('amqp.exchange', 'x', { exchangeType: 'fanout' }, 'b'), node('amqp.exchange', 'inner', { exchangeType: 'fanout', internal: true }, 'b'), queue('q')]
    const producer = (id: string) => node('app.producer', id, { arrival: 'regular', rate: 10, limit: 1 })
    const publish = (from: string, to: string) => channel('amqp.publish', from, to, { latency: constant(10), reconnect: 0 })
    const scene = new Scene([...drawn, producer('a'), producer('c')], [channel('amqp.binding', 'x', 'inner', {}), channel('amqp.binding', 'inner', 'q', {}), publish('a', 'x'), publish('c', 'inner')]).until(1)
    expect(told(scene)).toEqual([{ part: 'c>inner', code: 'amqp.refused.403', says: "RabbitMQ refuses what c asks of “inner”: 403 ACCESS_REFUSED - cannot publish to internal exchange 'inner' in vhost '/'" }])
    expect(scene.run.core.ledgers[scene.run.parts.nodes.get('q')!.index]!.figures().waiting).toBe(1)
  })

  it('an exclusive consumer, and a request for a direct reply that nobody reads', () => {
    const scene = new Scene(
      [broker, queue('q'), queue('requests'), consumer('c'), consumer('d'), node('app.requester', 'a', { arrival: 'regular', rate: 10, limit: 1, replyTo: 'amq.rabbitmq.reply-to' })],
      [consume('q', 'c', { exclusive: true }), consume('q', 'd'), channel('amqp.publish', 'a', 'requests', { latency: constant(10) })],
    ).until(1)
    expect(told(scene)).toEqual([
      { part: 'q>d', code: 'amqp.refused.403', says: "RabbitMQ refuses what d asks of “q”: 403 ACCESS_REFUSED - queue 'q' in vhost '/' in exclusive use" },
      { part: 'a>requests', code: 'amqp.refused.406', says: 'RabbitMQ refuses what a asks of “requests”: 406 PRECONDITION_FAILED - fast reply consumer does not exist' },
    ])
    scene.configure('channel', 'a>requests', { latency: constant(10), directReplyTo: 'no-ack' })
    expect(told(scene).map(one => one.part)).toEqual(['q>d'])
    scene.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: ['q>d'] }] })
    expect(told(scene)).toEqual([])
  })
})
