import { describe, expect, it } from 'vitest'
import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { writeDefinitions } from './write-definitions.ts'

const at = { x: 0, y: 0 }
const node = (type: string, id: string, config: Config = {}, within: string | undefined = 'b'): TopologyNode => ({ id, type, label: id, at, config, ...(within === undefined ? {} : { within }) })
const broker = (config: Config = {}): TopologyNode => ({ id: 'b', type: 'amqp.broker', label: 'RabbitMQ', at, config })
const bind = (from: string, to: string, config: Config = {}): Channel => ({ id: `${from}>${to}`, type: 'amqp.binding', from, to, config })
const topology = (nodes: readonly TopologyNode[], channels: readonly Channel[] = []): Topology => ({ format: 1, title: 't', seed: 1, nodes: [broker(), ...nodes], channels })
const write = (of: Topology): Readonly<Record<string, readonly Config[]>> => {
  const outcome = writeDefinitions(of, 'b')
  if (!outcome.ok) throw new Error(outcome.problems[0]!.says)
  return JSON.parse(outcome.value.text) as Readonly<Record<string, readonly Config[]>>
}
const problems = (of: Topology): readonly (readonly [string | undefined, string])[] => writeDefinitions(of, 'b').problems.map(problem => [problem.part, problem.says])

describe('writing definitions', () => {
  it('writes what is drawn, by the names that clients use', () => {
    const { exchanges, queues, bindings, vhosts } = write(topology([node('amqp.exchange', 'x', { exchangeType: 'topic', alternateExchange: 'other' }), node('amqp.queue', 'q', { name: 'real', queueType: 'quorum', maxLength: 5, deadLetterExchange: '(default)' })], [bind('x', 'q', { routingKey: 'a.#', latency: { law: 'constant', value: 1 } })]))
    expect(exchanges).toEqual([{ name: 'x', vhost: '/', type: 'topic', durable: true, auto_delete: false, internal: false, arguments: { 'alternate-exchange': 'other' } }])
    expect(queues).toEqual([{ name: 'real', vhost: '/', type: 'quorum', durable: true, auto_delete: false, arguments: { 'x-max-length': 5, 'x-dead-letter-exchange': '', 'x-queue-type': 'quorum' } }])
    expect(bindings).toEqual([{ source: 'x', vhost: '/', destination: 'real', destination_type: 'queue', routing_key: 'a.#', arguments: {} }])
    expect(vhosts).toEqual([{ name: '/' }])
  })

  it('says aloud that a queue is classic where its virtual host would make it another', () => {
    const of = topology([node('amqp.queue', 'q', { virtualHost: 'v' })])
    const kept = { ...of, nodes: [broker({ virtualHosts: [{ name: 'v', default_queue_type: 'quorum' }] }), ...of.nodes.slice(1)] }
    expect(write(kept)['queues']).toMatchObject([{ type: 'classic', arguments: { 'x-queue-type': 'classic' } }])
    expect(write(of)['queues']).toMatchObject([{ type: 'classic', arguments: {} }])
  })

  it('never writes accounts, nor exchanges that every virtual host has', () => {
    const of = topology([node('amqp.exchange', 'amq.topic', { exchangeType: 'topic' }), node('amqp.queue', 'q')], [bind('amq.topic', 'q')])
    expect(write(of)).toMatchObject({ exchanges: [], bindings: [{ source: 'amq.topic' }] })
    expect(Object.keys(write(of))).not.toContain('users')
  })

  it('writes who may do what, and says whom RabbitMQ must know', () => {
    const permissions = [{ user: 'guest', vhost: 'v', configure: '', write: '', read: '.*' }, { user: 'shop', vhost: 'w', configure: '', write: '', read: '' }]
    const topicPermissions = [{ user: 'shop', vhost: 'w', exchange: 'x', write: '^a', read: '' }]
    const of = { ...topology([]), nodes: [broker({ permissions, topicPermissions })] }
    expect(write(of)).toMatchObject({ permissions, topic_permissions: topicPermissions, vhosts: [{ name: 'v' }, { name: 'w' }] })
    expect(problems(of)).toEqual([['b', 'The user shop must be there already: users aren’t written, and RabbitMQ’s import stops at a permission of one that it doesn’t have.']])
  })

  it('names what has no counterpart', () => {
    const of = topology(
      [node('amqp.exchange', 'x'), node('amqp.queue', 'mine', { exclusive: true }), node('amqp.queue', 'amq.gen-1'), node('amqp.queue', 'far', { virtualHost: 'v' }), node('app.producer', 'shop', {}, ''), node('amqp.x-delayed-message', 'later', { exchangeType: 'x-delayed-message' })],
      [bind('x', 'mine'), bind('x', 'amq.gen-1'), bind('x', 'far'), { id: 'p', type: 'amqp.publish', from: 'shop', to: 'x', config: {} }],
    )
    expect(write(of)['bindings']).toEqual([])
    expect(problems(of)).toEqual([
      ['mine', 'Queue “mine” is exclusive: it exists while the client that declared it is connected, and has no place in definitions.'],
      ['amq.gen-1', '“amq.gen-1” was left out: names that begin with “amq.” are RabbitMQ’s own.'],
      ['x>far', 'The binding from “x” to “far” joins two virtual hosts, / and v: RabbitMQ has no such thing, and it was left out.'],
      [undefined, 'Definitions hold no applications and no other systems. Left out: shop.'],
      [undefined, 'Left out with them: 1 channel of applications. Latencies and faults of wires have no place in definitions either.'],
      [undefined, 'x-delayed-message comes from a plug-in: where it isn’t enabled, RabbitMQ’s import stops there.'],
    ])
  })

  it('refuses what RabbitMQ’s import would refuse, each with its place', () => {
    const of = topology(
      [
        node('amqp.exchange', 'h', { exchangeType: 'headers' }),
        node('amqp.exchange', 'amq.direct', { exchangeType: 'fanout' }),
        node('amqp.queue', 'twice'),
        node('amqp.queue', 'other', { name: 'twice' }),
        node('amqp.queue', 'log', { queueType: 'stream', durable: false, messageTtl: 5 }),
        node('amqp.queue', 'hole', { arguments: { 'x-note': { deep: [null] } } }),
        node('amqp.queue', 'é'.repeat(128)),
      ],
      [bind('h', 'twice', { arguments: { 'x-match': 'some' } })],
    )
    const outcome = writeDefinitions(of, 'b')
    expect(outcome.ok).toBe(false)
    expect(outcome.problems.map(problem => [problem.part!.slice(0, 8), problem.says.replace('é'.repeat(40), 'é')])).toEqual([
      ['amq.dire', '“amq.direct” is RabbitMQ’s own direct exchange: rename yours, or make it direct.'],
      ['other', 'Two queues are called “twice” in the virtual host /: rename one of them, or remove it.'],
      ['log', 'RabbitMQ would refuse queue “log”: x-message-ttl is not for a stream queue: take it away, or change the queue’s type.'],
      ['log', 'RabbitMQ would refuse queue “log”: a stream queue must be durable.'],
      ['hole', 'RabbitMQ’s import can’t read arguments.x-note.deep[0] of “hole”, which is nothing: give it a value, or take it away.'],
      ['éééééééé', 'The name of a queue has 1 to 255 bytes; “é” has 256: rename it.'],
      ['h>twice', 'RabbitMQ would refuse the binding from “h” to “twice”: x-match must be one of all, any, all-with-x, any-with-x.'],
    ])
  })
})
