import { describe, expect, it } from 'vitest'
import { emptyTopology, type Channel, type Config, type Topology, type TopologyNode } from '../topology/document.ts'
import { applyEdits } from '../topology/edit.ts'
import { catalogue as kinds } from '../worker/catalogue.ts'
import { lintTopology } from './lint.ts'

const catalogue = kinds()
const node = (type: string, id: string, config: Config = {}, within?: string): TopologyNode => ({ id, type, label: id, at: { x: 0, y: 0 }, config, ...(within === undefined ? {} : { within }) })
const channel = (type: string, from: string, to: string, config: Config = {}): Channel => ({ id: `${from}-${to}`, type, from, to, config })
const broker = { ...node('amqp.broker', 'rabbit'), size: { width: 300, height: 200 } }
const queue = (id: string, config: Config = {}): TopologyNode => node('amqp.queue', id, config, 'rabbit')
const exchange = (id: string, exchangeType: string, config: Config = {}): TopologyNode => node('amqp.exchange', id, { exchangeType, ...config }, 'rabbit')
const producer = (config: Config = {}): TopologyNode => node('app.producer', 'shop', { rate: 2, key: 'order.created', ...config })
const consumer = (id: string, config: Config = {}): TopologyNode => node('app.consumer', id, { serviceTime: { law: 'constant', value: 100 }, ...config })
const topology = (nodes: readonly TopologyNode[], channels: readonly Channel[]): Topology => ({ ...emptyTopology(), nodes: [broker, ...nodes], channels })
const codes = (of: Topology): readonly string[] => lintTopology(catalogue, of).map(one => `${one.code} ${one.part}`)
/** What is left to say after the first fix of the first finding of a rule. */
const after = (of: Topology, code: string): readonly string[] => {
  const found = lintTopology(catalogue, of).find(one => one.code === code)!
  return codes(applyEdits(of, found.fixes[0]!.edits).topology)
}

const sound = topology(
  [producer(), exchange('orders', 'topic'), queue('created'), consumer('billing')],
  [channel('amqp.publish', 'shop', 'orders'), channel('amqp.binding', 'orders', 'created', { routingKey: 'order.*' }), channel('amqp.consume', 'created', 'billing', { prefetch: 5 })],
)
const change = (of: Topology, id: string, config: Config): Topology => ({ ...of, nodes: of.nodes.map(one => (one.id === id ? { ...one, config: { ...one.config, ...config } } : one)), channels: of.channels.map(one => (one.id === id ? { ...one, config: { ...one.config, ...config } } : one)) })
const without = (of: Topology, id: string): Topology => ({ ...of, nodes: of.nodes.filter(one => one.id !== id), channels: of.channels.filter(one => one.id !== id && one.from !== id && one.to !== id) })

describe('lint', () => {
  it('has nothing to say of a topology that is sound', () => {
    expect(codes(sound)).toEqual([])
  })

  it('finds a queue that nothing is routed to, and binds it', () => {
    const lonely: Topology = { ...sound, nodes: [...sound.nodes, queue('lonely')], channels: [...sound.channels, channel('amqp.consume', 'lonely', 'billing', { prefetch: 5 })] }
    expect(codes(lonely)).toEqual(['queue.unbound lonely'])
    expect(after(lonely, 'queue.unbound')).toEqual([])
  })

  it('finds parts of one name, and tells them apart or makes them one', () => {
    const again = { ...queue('again'), config: { name: 'created' } }
    const twice: Topology = { ...sound, nodes: [...sound.nodes, again], channels: [...sound.channels, channel('amqp.binding', 'orders', 'again', { routingKey: 'order.*' }), channel('amqp.consume', 'again', 'billing', { prefetch: 5 })] }
    const [found] = lintTopology(catalogue, twice)
    expect([found!.code, found!.severity, found!.says]).toEqual(['name.twice', 'info', '“created” and “again” are both called “created”: in RabbitMQ that is one queue, drawn twice. What goes to one is in both.'])
    expect(applyEdits(twice, found!.fixes[0]!.edits).topology.nodes.at(-1)!.config).toEqual({ name: 'created-2' })
    const merged = applyEdits(twice, found!.fixes[1]!.edits).topology
    expect([codes(merged), merged.nodes.length, merged.channels.map(one => one.id)]).toEqual([[], 4 + 1, ['shop-orders', 'orders-created', 'created-billing']])
    const other = lintTopology(catalogue, change(twice, 'again', { maxLength: 5 }))[0]!
    expect([other.code, other.severity]).toEqual(['name.twice', 'warning'])
    // Another virtual host is another world.
    expect(codes(change(twice, 'again', { virtualHost: 'staging' })).filter(one => one.startsWith('name.'))).toEqual([])
  })

  it('finds keys that no binding takes, one by one, and binds them', () => {
    const lost = change(sound, 'shop', { key: 'order.created\nrefund.asked' })
    expect(lintTopology(catalogue, lost).map(one => one.says)).toEqual(['“orders” has no binding for “refund.asked”: what “shop” publishes with it is dropped.'])
    expect(after(lost, 'exchange.no-route')).toEqual([])
    expect(codes(change(lost, 'orders', { alternateExchange: 'rest' }))).toEqual([])
  })

  it('says so when an exchange has no binding at all', () => {
    expect(codes(without(sound, 'orders-created'))).toEqual(['exchange.no-route orders', 'queue.unbound created', 'node.unreachable billing'])
  })

  it('does not guess at keys that are only known while it runs', () => {
    expect(codes(change(sound, 'shop', { key: '{random}.{n}' }))).toEqual([])
    expect(codes(change(change(sound, 'orders', { exchangeType: 'direct' }), 'shop', { key: 'user-{n}' }))).toEqual([])
  })

  it('finds a queue that nobody consumes, but for limits and dead letters, and adds a consumer', () => {
    const full = without(sound, 'billing')
    expect(codes(full)).toEqual(['queue.no-consumer created'])
    expect(after(full, 'queue.no-consumer')).toEqual([])
    expect(codes(change(full, 'created', { maxLength: 100, overflow: 'reject-publish' }))).toEqual([])
  })

  it('finds what would die without a place for it, and gives it one', () => {
    const dying = change(sound, 'billing', { failureRate: 0.1, onFailure: 'reject' })
    expect(codes(dying)).toEqual(['queue.no-dead-letters created'])
    expect(after(dying, 'queue.no-dead-letters')).toEqual([])
  })

  it('finds an unlimited prefetch among several slow consumers, and limits it', () => {
    const greedy: Topology = { ...sound, nodes: [...sound.nodes, consumer('mail')], channels: [...sound.channels, channel('amqp.consume', 'created', 'mail')] }
    expect(codes(greedy)).toEqual(['prefetch.unlimited created-mail'])
    expect(after(greedy, 'prefetch.unlimited')).toEqual([])
    expect(codes(change(sound, 'created-billing', { prefetch: 0 }))).toEqual([])
  })

  it('finds a load that can’t be carried: exactly as fast is too slow', () => {
    expect(codes(change(sound, 'shop', { rate: 9.9 }))).toEqual([])
    const over = change(sound, 'shop', { rate: 10 })
    expect(codes(over)).toEqual(['load.over-capacity created'])
    expect(after(over, 'load.over-capacity')).toEqual([])
  })

  it('counts every key, gap, failure and prefetch into the load', () => {
    const over = (of: Topology): boolean => codes(of).some(one => one.startsWith('load.'))
    const fast = (config: Config): Topology => change(sound, 'shop', config)
    expect(over(fast({ rate: 18, key: 'order.created\nelsewhere' }))).toBe(false)
    expect(over(fast({ arrival: 'law', gap: { law: 'uniform', min: 50, max: 150 } }))).toBe(true)
    expect(over(fast({ arrival: 'on-off', onRate: 40, onTime: { law: 'constant', value: 100 }, offTime: { law: 'constant', value: 900 } }))).toBe(false)
    expect(over(fast({ rate: 100, limit: 1000 }))).toBe(false)
    expect(over(change(fast({ rate: 6 }), 'billing', { failureRate: 0.5, onFailure: 'requeue' }))).toBe(true)
    const wide = change(fast({ rate: 30 }), 'billing', { concurrency: 10 })
    expect([over(change(wide, 'created-billing', { prefetch: 2 })), over(wide)]).toEqual([true, false])
  })

  it('finds what no message gets to, and what stands alone', () => {
    const more: Topology = { ...sound, nodes: [...sound.nodes, consumer('idle'), exchange('other', 'fanout'), queue('unfed'), consumer('hungry')], channels: [...sound.channels, channel('amqp.binding', 'other', 'unfed'), channel('amqp.consume', 'unfed', 'hungry', { prefetch: 1 })] }
    expect(codes(more)).toEqual(['node.unreachable hungry', 'node.alone idle'])
  })

  it('finds ways on which messages come back', () => {
    const service = node('app.service', 'again', { key: 'order.created' })
    const round: Topology = { ...sound, nodes: [...sound.nodes, service], channels: [...sound.channels, channel('amqp.consume', 'created', 'again', { prefetch: 5 }), channel('amqp.publish', 'again', 'orders')] }
    expect(lintTopology(catalogue, round).map(one => one.says)).toEqual(['Messages can go round and round: “orders” → “created” → “again” → “orders”.'])
  })

  it('says nothing unfit of the starters and takes unknown kinds as they are', () => {
    const starters = Object.values(import.meta.glob<{ starter: { topology: Topology } }>('../lessons/*/topology.ts', { eager: true }))
    expect(starters.length).toBeGreaterThan(4)
    for (const { starter } of starters) expect(codes(starter.topology).filter(code => /unbound|no-route|unreachable|alone/.test(code))).toEqual([])
    expect(codes(topology([node('zeppelin.dock', 'dock')], []))).toEqual([])
  })
})
