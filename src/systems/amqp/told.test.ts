import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import { describeNode } from '../../engine/inspect.ts'
import type { Config } from '../../topology/document.ts'

/** What people are told of a drawn part when they look at it. */
const broker = node('amqp.broker', 'b')
const queue = (config: Config = {}) => node('amqp.queue', 'q', config, 'b')
const producer = (config: Config = {}) => node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 10, ...config })
const notes = (scene: Scene, id: string): string => describeNode(scene.run, id, { from: 0, limit: 0 })!.notes.join('\n')

describe('a publisher', () => {
  it('shows what was confirmed and what was refused', () => {
    const scene = new Scene([producer(), broker, queue({ maxLength: 3, overflow: 'reject-publish' })], [channel('amqp.publish', 'p', 'q', { confirms: true })]).until(5)
    expect(notes(scene, 'p')).toContain('3 confirmed (ack), 7 refused (nack), 0 not answered yet')
  })

  it('shows what came back as mandatory, confirmed or not', () => {
    const scene = new Scene([producer({ key: 'nowhere' }), broker, node('amqp.exchange', 'x', {}, 'b')], [channel('amqp.publish', 'p', 'x', { confirms: true, mandatory: true })]).until(5)
    expect(notes(scene, 'p')).toContain('10 confirmed (ack), 0 refused (nack)')
    expect(notes(scene, 'p')).toContain('Returned from “x” as mandatory and unroutable (312 NO_ROUTE): 10')
    const plain = new Scene([producer({ key: 'nowhere' }), broker, node('amqp.exchange', 'x', {}, 'b')], [channel('amqp.publish', 'p', 'x', { mandatory: true })]).until(5)
    expect(notes(plain, 'p')).toContain('312 NO_ROUTE): 10')
  })
})

describe('a queue that is not there', () => {
  it('says by which of its settings it went', () => {
    const expired = new Scene([broker, queue({ expires: 500 })], []).until(2)
    expect(notes(expired, 'q')).toContain('unused for 500 ms it expires')
    const served = new Scene([broker, queue({ autoDelete: true }), node('app.consumer', 'c', { serviceTime: constant(10) })], [channel('amqp.consume', 'q', 'c')]).until(1)
    served.fault('crash', 'c').until(2)
    expect(notes(served, 'q')).toContain('an auto-delete queue goes with its last consumer')
  })
})

describe('a broker', () => {
  it('tells of its default exchange, which nobody draws', () => {
    const named = new Scene([broker, queue({ name: 'jobs' })], []).until(1)
    expect(notes(named, 'b')).toContain('with a binding for every queue by its name: “')
    const none = new Scene([broker], []).until(1)
    expect(notes(none, 'b')).toContain('there is none yet')
    const many = new Scene([broker, ...Array.from({ length: 15 }, (_, n) => node('amqp.queue', `q${n}`, {}, 'b'))], []).until(1)
    expect(notes(many, 'b')).toContain(' and 3 more')
  })
})
