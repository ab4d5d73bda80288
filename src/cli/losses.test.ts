import { describe, expect, it } from 'vitest'
import { DISCARD_REASONS } from '../contract/ledger.ts'
import { decodeLink, encodeLink } from '../formats/url/link.ts'
import { readRelayJson, writeRelayJson } from '../formats/json/relay-json.ts'
import type { Config } from '../topology/document.ts'
import { channel, constant, node, Scene } from './testing/scene.ts'
import { catalogue } from '../worker/catalogue.ts'

/** What a lossy network does to each family: TCP repairs it, at the price of time; fire and forget loses, if it is told to. */
const producer = node('app.producer', 'p', { rate: 50, arrival: 'regular', limit: 500, persistent: true })
const consumer = node('app.consumer', 'c', { serviceTime: constant(1) })
const LONG = { latency: constant(10), heartbeat: 86_400_000 }
const lost = (scene: Scene): number => scene.run.ledger().discarded[DISCARD_REASONS.indexOf('lost on the wire')]!
const ended = (scene: Scene): number => scene.run.ledger().discarded.reduce((sum, count) => sum + count, 0)

const families: Readonly<Record<string, (wire: Config) => Scene>> = {
  'amqp': wire => new Scene([node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), producer, consumer], [channel('amqp.publish', 'p', 'q', wire), channel('amqp.consume', 'q', 'c', { ...wire, prefetch: 5 })]),
  'redis lists': wire => new Scene([node('redis.server', 'r'), node('redis.list', 'q', {}, 'r'), producer, consumer], [channel('redis.push', 'p', 'q', wire), channel('redis.pop', 'q', 'c', { ...wire, atOnce: 3 })]),
  'redis pub/sub': wire => new Scene([node('redis.server', 'r'), node('redis.channel', 'q', {}, 'r'), producer, consumer], [channel('redis.publish', 'p', 'q', wire), channel('redis.subscribe', 'q', 'c', wire)]),
  'zeromq pub/sub': wire => new Scene([producer, consumer], [channel('zeromq.pub-sub', 'p', 'c', { ...wire, sendMark: 20, receiveMark: 20 })]),
  'zeromq push/pull': wire => new Scene([producer, consumer], [channel('zeromq.push-pull', 'p', 'c', wire)]),
}

describe('over a stream', () => {
  it.each(Object.keys(families))('%s loses nothing, and takes longer', family => {
    const [lossy, whole] = [5, 0].map(loss => families[family]!({ ...LONG, loss, sendMark: 1000, receiveMark: 1000 }).until(3600))
    const took = (scene: Scene): number => {
      const { probes } = scene.run.parts.nodes.get('c')!
      return probes.whole(probes.slot('latency')).mean()
    }
    // Late subscriptions miss what comes before them, and a publisher drops what finds no room behind a packet that is sent again: that is pub/sub, not the network.
    if (family.endsWith('pub/sub')) expect(lossy!.probe('c', 'processed') + ended(lossy!)).toBe(500)
    else expect([lossy!.probe('c', 'processed'), ended(lossy!)]).toEqual([500, 0])
    expect([whole!.probe('c', 'processed'), lost(lossy!)]).toEqual([500, 0])
    expect(took(lossy!)).toBeGreaterThan(took(whole!) + 5e6)
  })

  it('ends connections that nothing comes through, and clients connect again', () => {
    const scene = families['amqp']!({ latency: constant(10), heartbeat: 1000, loss: 60, reconnect: 100 }).until(60)
    expect(scene.run.ledger().discarded[DISCARD_REASONS.indexOf('connection lost')]).toBeGreaterThan(0)
    expect(scene.probe('c', 'processed')).toBeGreaterThan(5)
  })
})

describe('fire and forget', () => {
  it.each(['redis pub/sub', 'zeromq pub/sub'])('%s loses its share, and goes on', family => {
    const scene = families[family]!({ ...LONG, loss: 20, lossMeans: 'gone' }).until(60)
    const arrived = scene.probe('c', 'processed')
    expect([arrived + lost(scene), ended(scene) - lost(scene)]).toEqual([500, 0])
    // One wire, or two of them.
    const share = family === 'redis pub/sub' ? 0.8 * 0.8 : 0.8
    expect(Math.abs(arrived - 500 * share)).toBeLessThan(5 * Math.sqrt(500 * share * (1 - share)))
  })

  it('inside one process there is no network', () => {
    expect(lost(new Scene([producer, consumer], [channel('zeromq.pub-sub', 'p', 'c', { ...LONG, transport: 'inproc', loss: 50, lossMeans: 'gone' })]).until(60))).toBe(0)
  })
})

it('a loss travels in links and files', () => {
  const topology = { format: 1 as const, title: 'lossy', seed: 1, nodes: [producer, consumer], channels: [channel('zeromq.pub-sub', 'p', 'c', { loss: 12.5, lossMeans: 'gone' })] }
  const link = decodeLink(encodeLink({ topology, semantics: 1 }))
  expect(link.ok && link.value.topology.channels[0]!.config).toMatchObject({ loss: 12.5, lossMeans: 'gone' })
  const file = readRelayJson(writeRelayJson(topology))
  expect(file.ok && file.value.topology.channels[0]!.config).toMatchObject({ loss: 12.5, lossMeans: 'gone' })
})

it('every wire over a network has a loss, and none inside a machine', () => {
  const withLoss = catalogue().families.flatMap(family => family.channels).filter(kind => kind.fields.some(field => field.id === 'loss')).map(kind => kind.type)
  expect(withLoss.filter(type => type.startsWith('pipe.') || type === 'amqp.binding')).toEqual([])
  expect(['amqp.publish', 'amqp.consume', 'redis.publish', 'redis.subscribe', 'redis.push', 'redis.pop', 'redis.add', 'redis.read', 'zeromq.pub-sub', 'zeromq.push-pull', 'zeromq.req-rep', 'websocket.connection'].filter(type => !withLoss.includes(type))).toEqual([])
})
