import { describe, expect, it } from 'vitest'
import { readSheet } from '../../cli/testing/read-sheet.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

const broker = node('amqp.broker', 'b')
const queue = (config: Config) => node('amqp.queue', 'log', config, 'b')
/** Ten messages a second, the first after 100 ms, and 50 ms on their way. */
const producer = (config: Config = {}) => node('app.producer', 'p', { rate: 10, arrival: 'regular', body: '0123456789', ...config })
const consumer = (id: string, ms: number) => node('app.consumer', id, { serviceTime: constant(ms) })
const publish = channel('amqp.publish', 'p', 'log')
const read = (id: string, config: Config = {}) => channel('amqp.consume', 'log', id, { prefetch: 1, ...config })

describe('a stream as a log', () => {
  it('has a cursor for each reader, at the offset that it gets next', () => {
    const one = new Scene([producer({ limit: 20 }), broker, queue({ queueType: 'stream' }), consumer('first', 10), consumer('slow', 10_000), consumer('fifth', 0), consumer('new', 10)], [publish, read('first', { prefetch: 50, streamOffset: 'first' }), read('slow', { prefetch: 3, streamOffset: 'first' }), read('fifth', { prefetch: 50, streamOffset: '5' }), read('new', { prefetch: 50, streamOffset: 'next' })]).until(4)
    expect(readSheet(one, 'log')).toMatchObject({
      first: 0, next: 20, gone: 0,
      cursors: [
        { of: 'reader', name: 'fifth', next: 20, lag: 0 },
        { of: 'reader', name: 'first', next: 20, lag: 0, pending: 0, consumers: 1 },
        { of: 'reader', name: 'new', next: 20, lag: 0 },
        { of: 'reader', name: 'slow', next: 3, lag: 17, pending: 3 },
      ],
    })
  })

  it('goes on at the first offset that is left when segments went before they were read', () => {
    const one = new Scene([producer({ limit: 20 }), broker, queue({ queueType: 'stream', maxLengthBytes: 60, maxSegmentBytes: 20 }), consumer('slow', 60_000)], [publish, read('slow', { streamOffset: 'first' })]).until(4)
    expect(readSheet(one, 'log')).toMatchObject({ first: 14, next: 20, gone: 14, cursors: [{ next: 14, lag: 6, pending: 1 }] })
  })

  it('is one by its type alone, drawn or by argument, there or not', () => {
    const is = (config: Config): boolean => readSheet(new Scene([broker, queue(config)], []), 'log') !== null
    expect([is({}), is({ queueType: 'quorum' }), is({ queueType: 'stream' }), is({ arguments: { 'x-queue-type': 'stream' } })]).toEqual([false, false, true, true])
    const refused = { queueType: 'stream', durable: false }
    expect(is(refused)).toBe(true)
  })

  it('becomes one, or a queue again, when its settings are edited', () => {
    const one = new Scene([producer(), broker, queue({})], [publish]).until(1)
    expect(readSheet(one, 'log')).toBeNull()
    expect(readSheet(one.configure('node', 'log', { queueType: 'stream' }).until(2), 'log')).not.toBeNull()
    expect(readSheet(one.configure('node', 'log', {}).until(3), 'log')).toBeNull()
  })
})
