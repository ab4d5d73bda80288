import { describe, expect, it } from 'vitest'
import { channel, constant, node } from '../cli/testing/scene.ts'
import type { Config, Topology } from '../topology/document.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { rehearse } from './rehearsal.ts'

const kinds = { catalogue: catalogue(), models: models() }

function pair(config: Config, seed = 1): Topology {
  return { format: 1, title: '', seed, nodes: [node('app.producer', 'p', config), node('amqp.broker', 'b'), node('amqp.exchange', 'x', {}, 'b')], channels: [channel('amqp.publish', 'p', 'x', { latency: constant(0) })] }
}

describe('a rehearsal', () => {
  it('tells the first messages as a producer fills them in, whatever the seed', () => {
    const config = { arrival: 'regular', rate: 2, key: 'a.{n}\nb', body: '{"id":"{id}","n":{n},"at":{time}}' }
    const { messages, atNs, byHand } = rehearse(pair(config), 'p', kinds)
    expect(messages.map(({ key, body }) => [key, body])).toEqual([
      ['a.1', '{"id":"p","n":1,"at":0.500}'],
      ['b', '{"id":"p","n":2,"at":1.000}'],
      ['a.3', '{"id":"p","n":3,"at":1.500}'],
      ['b', '{"id":"p","n":4,"at":2.000}'],
    ])
    expect([atNs.length, atNs[0], atNs[399], byHand]).toEqual([400, 5e8, 200e9, false])
    expect(rehearse(pair({ ...config, body: '{random}' }, 5), 'p', kinds)).toEqual(rehearse(pair({ ...config, body: '{random}' }, 6), 'p', kinds))
  })

  it('sends one by hand where nothing comes by itself', () => {
    const { messages, byHand } = rehearse(pair({ rate: 0, key: 'k' }), 'p', kinds)
    expect([messages.map(message => message.key), byHand]).toEqual([['k'], true])
  })

  it('hears replies, and nothing from who never says anything', () => {
    const topology: Topology = { format: 1, title: '', seed: 1, nodes: [node('app.requester', 'ask'), node('app.replier', 'answer', { body: 'no {n}' })], channels: [channel('http.request', 'ask', 'answer')] }
    const heard = rehearse(topology, 'answer', kinds)
    expect(heard.messages[0]).toMatchObject({ body: 'no 1', reply: true })
    expect(rehearse(pair({}), 'x', kinds).atNs).toEqual([])
    expect(rehearse(pair({}), 'nobody', kinds).atNs).toEqual([])
  })
})
