import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Config, Topology } from '../../topology/document.ts'
import { layoutTopology } from '../layout/layout.ts'
import { withApplications } from './applications.ts'
import { readDefinitions, type RabbitImport } from './definitions.ts'

const SAMPLES = ['chat', 'shop', 'large', 'policies'] as const
const sample = (name: string): string => readFileSync(join(import.meta.dirname, 'samples', `rabbitmq-definitions-${name}.json`), 'utf8')
const read = (text: string): RabbitImport => {
  const outcome = readDefinitions(text, 'sample.json')
  if (!outcome.ok) throw new Error(outcome.problems[0]!.says)
  return outcome.value
}
const says = (text: string): string => readDefinitions(text, 'x').problems.map(problem => problem.says).join('\n')
const SIZES: Record<string, { width: number; height: number }> = { 'amqp.exchange': { width: 140, height: 76 }, 'amqp.queue': { width: 200, height: 76 } }
const laidOut = (topology: Topology): Topology => layoutTopology(topology, node => SIZES[node.type] ?? { width: 160, height: 76 })

describe('RabbitMQ exports', () => {
  it.each(SAMPLES)('%s: every exchange, queue and binding is there', name => {
    const raw = JSON.parse(sample(name)) as { exchanges: unknown[]; queues: unknown[]; bindings: unknown[] }
    const { topology } = read(sample(name))
    const count = (type: string): number => [...topology.nodes, ...topology.channels].filter(part => part.type === type).length
    expect([count('amqp.exchange'), count('amqp.queue'), count('amqp.binding')]).toEqual([raw.exchanges.length, raw.queues.length, raw.bindings.length])
  })

  it.each(SAMPLES)('%s: nothing of users and password hashes survives', name => {
    const outcome = readDefinitions(sample(name), 'x')
    expect(JSON.stringify(outcome)).not.toMatch(/password|guest|hash/i)
  })

  it.each(SAMPLES)('%s: laid out, no two nodes overlap and members stand inside their broker', name => {
    const topology = laidOut(withApplications(read(sample(name)).topology))
    const box = (id: string) => {
      const node = topology.nodes.find(one => one.id === id)!
      const size = node.size ?? SIZES[node.type] ?? { width: 160, height: 76 }
      return { ...node.at, ...size, within: node.within }
    }
    const boxes = topology.nodes.map(node => box(node.id))
    for (const a of boxes) {
      for (const b of boxes) {
        if (a === b || a.within !== b.within) continue
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
      }
      if (a.within === undefined) continue
      const outer = box(a.within)
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= outer.width && a.y + a.height <= outer.height).toBe(true)
    }
  })

  it('keeps policies for the broker, which applies them, and says what of them it does not simulate', () => {
    const { topology, applied } = read(sample('policies'))
    const broker = topology.nodes.find(node => node.type === 'amqp.broker')!
    expect(applied).toEqual(['3 policies and 1 operator policy, applied by pattern as RabbitMQ does'])
    expect((broker.config['policies'] as readonly Config[]).map(row => row['name'])).toEqual(['ae', 'dlx', 'archive'])
    expect(JSON.stringify(broker.config['parameters'])).toContain('"definition":{"max-length":50000}')
    expect(says(sample('policies'))).not.toContain('without effect')
    const other = '{"queues":[],"policies":[{"name":"ha","pattern":"^a","definition":{"ha-mode":"all","max-length":5}},{"name":"odd","pattern":"(?<=a","definition":{}}],"parameters":[{"component":"shovel","name":"s","vhost":"/","value":{"src-uri":"amqp://me:geheim@far/v"}}]}'
    expect(says(other)).toContain('The policy “ha” sets ha-mode: kept, without effect')
    expect(says(other)).toContain('The policy “odd” has the pattern (?<=a, which can’t be read here')
    expect(says(other)).toContain('“s” of shovel is kept, not simulated')
    expect(says(other)).toContain('A password in an address was left out')
    expect(JSON.stringify(read(other).topology)).not.toContain('geheim')
    expect(JSON.stringify(read(other).topology)).toContain('amqp://me@far/v')
  })

  it('keeps what plug-ins add, as a kind of its own that nothing animates', () => {
    const text = '{"exchanges":[{"name":"later","type":"x-delayed-message","arguments":{"x-delayed-type":"direct"}}],"queues":[{"name":"q","arguments":{"x-note":1}}],"bindings":[{"source":"later","destination":"q","destination_type":"queue"}]}'
    const { topology } = read(text)
    expect(topology.nodes.map(node => node.type)).toEqual(['amqp.broker', 'amqp.x-delayed-message', 'amqp.queue'])
    expect(topology.channels).toHaveLength(1)
    expect(says(text)).toContain('Exchange “later” is of the type x-delayed-message, which comes from a plug-in')
    expect(says(text)).toContain('Queue “q”: x-note is kept, without effect')
  })

  it('knows the exchanges that every virtual host has, though exports never list them', () => {
    const { topology } = read('{"queues":[{"name":"q"}],"bindings":[{"source":"amq.topic","destination":"q","destination_type":"queue","routing_key":"a.#"}]}')
    expect(topology.nodes.map(node => [node.label, node.config['exchangeType']])).toEqual([['RabbitMQ', undefined], ['q', undefined], ['amq.topic', 'topic']])
    expect(topology.channels[0]).toMatchObject({ from: 'amq.topic', to: 'q', config: { routingKey: 'a.#' } })
  })

  it('tells of dead letters that nobody gets, of doubles, and of accounts', () => {
    const text = '{"users":[{"name":"u","password_hash":"h"}],"queues":[{"name":"q","arguments":{"x-dead-letter-exchange":"gone"}},{"name":"q"}],"bindings":[{"source":"amq.fanout","destination":"q"},{"source":"amq.fanout","destination":"q"}]}'
    const outcome = readDefinitions(text, 'x')
    expect(outcome.problems.map(problem => [problem.code, problem.place ?? problem.part])).toEqual([
      ['rabbitmq.accounts', 'broker'],
      ['rabbitmq.twice', 'queues[1]'],
      ['rabbitmq.twice', 'bindings[1]'],
      ['rabbitmq.lost', 'q'],
    ])
  })

  it('keeps who may do what, but for what every broker says of guest', () => {
    const row = (user: string, vhost: string, rights: string) => ({ user, vhost, configure: rights, write: rights, read: rights })
    const topic = { user: 'shop', vhost: 'v', exchange: 'amq.topic', write: '^shop\\.', read: '.*' }
    const text = JSON.stringify({ users: [{ name: 'shop', password_hash: 'geheim' }], vhosts: [{ name: 'v' }], permissions: [row('guest', '/', '.*'), row('guest', 'v', '.*'), row('shop', 'v', '^shop(?<=a')], topic_permissions: [topic], queues: [] })
    const { topology, applied } = read(text)
    expect(topology.nodes[0]!.config).toMatchObject({ permissions: [row('guest', 'v', '.*'), row('shop', 'v', '^shop(?<=a')], topicPermissions: [topic] })
    expect([applied, JSON.stringify(topology).includes('geheim')]).toEqual([['2 permissions and 1 topic permission, enforced for the user that a channel connects as'], false])
    expect(says(text)).toContain('A permission of “shop” in v has the pattern ^shop(?<=a, which can’t be read here: it is kept, and allows nothing.')
    expect(readDefinitions('{"queues":[],"permissions":[{"user":"u"}]}', 'x').problems[0]).toMatchObject({ place: 'permissions[0]' })
  })

  it('takes an export of one virtual host, whose rows don’t name it', () => {
    const { topology } = read('{"rabbitmq_definition_format":"single_virtual_host","original_vhost_name":"shop","default_queue_type":"quorum","queues":[{"name":"q"}],"policies":[{"name":"p","pattern":".*","definition":{}}]}')
    expect(topology.nodes[1]!.config).toEqual({ queueType: 'quorum', virtualHost: 'shop' })
    expect(topology.nodes[0]!.config).toMatchObject({ policies: [{ vhost: 'shop' }], virtualHosts: [{ name: 'shop', default_queue_type: 'quorum' }] })
  })

  it('takes a queue’s kind from its arguments, else from its virtual host, never from its own type', () => {
    const queues = [
      { name: 'q1', vhost: 'a', type: 'classic', durable: true },
      { name: 'q2', vhost: 'a', type: 'quorum', arguments: { 'x-queue-type': 'classic' } },
      { name: 'q3', vhost: 'b', type: 'stream' },
      { name: 'q4', vhost: 'a', type: 'quorum', durable: false },
      { name: 'q5', vhost: 'c', type: 'classic' },
      { name: 'q6', vhost: 'd', type: 'quorum' },
    ]
    const vhosts = [{ name: 'a', default_queue_type: 'quorum' }, { name: 'c', metadata: { default_queue_type: 'rabbit_stream_queue' } }, { name: 'd', default_queue_type: 'undefined' }]
    const { topology, virtualHosts } = read(JSON.stringify({ vhosts, exchanges: [], bindings: [], queues }))
    const kinds = topology.nodes.filter(node => node.type === 'amqp.queue').map(node => [node.config['name'], node.config['queueType'] ?? 'classic'])
    expect(Object.fromEntries(kinds)).toEqual({ q1: 'quorum', q2: 'classic', q3: 'classic', q4: 'classic', q5: 'stream', q6: 'classic' })
    expect(virtualHosts).toEqual(['a', 'b', 'c', 'd'])
    // One broker: its virtual hosts die together.
    expect(topology.nodes.filter(node => node.type === 'amqp.broker').map(node => node.label)).toEqual(['RabbitMQ'])
  })

  it('drops bindings to things that do not exist, with a warning and the place', () => {
    const outcome = readDefinitions('{"exchanges":[{"name":"x"}],"queues":[],"bindings":[{"source":"x","destination":"nowhere","destination_type":"queue"}]}', 'x')
    expect(outcome.problems.map(problem => [problem.code, problem.place])).toEqual([['rabbitmq.dangling', 'bindings[0]']])
  })

  it('accepts a byte-order mark, comments and trailing commas with a warning', () => {
    const outcome = readDefinitions('\uFEFFExporting definitions in JSON to standard output ...\n{ // mine\n "exchanges": [], "queues": [{"name": "q"},], "bindings": [] }', 'x')
    expect(outcome.ok && outcome.problems.length).toBe(3)
  })

  it('refuses what is no export, with the reason and the place', () => {
    const placed = (text: string): string => readDefinitions(text, 'x').problems.map(problem => `${problem.place}: ${problem.says}`).join()
    expect(placed('{"a": }')).toMatch(/line 1, column 7/)
    expect(placed('[1]')).toContain('not a RabbitMQ export')
    expect(placed('{"hello": 1}')).toContain('not a RabbitMQ export')
    expect(placed('{"queues": {}}')).toContain('queues: This export is damaged')
    expect(placed('{"queues": [{"name": "q", "durable": "yes"}]}')).toContain('queues[0].durable: This export is damaged: queues[0] should have true or false as “durable”; it has "yes"')
    expect(placed('{"queues": [{"nome": "q"}]}')).toContain('queues[0]')
  })

  it('offers keys and headers that reach what is bound', () => {
    const topology = withApplications(read(sample('shop')).topology)
    const producers = topology.nodes.filter(node => node.type === 'app.producer')
    expect(producers.map(node => node.label).sort()).toEqual(['documents producer', 'orders producer'])
    expect(producers.find(node => node.label === 'documents producer')?.config['headers']).toEqual({ format: 'pdf', kind: 'invoice' })
    expect(String(producers.find(node => node.label === 'orders producer')?.config['key'])).toContain('order.created.eu')
  })
})
