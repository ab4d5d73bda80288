import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Topology } from '../../topology/document.ts'
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

  it('keeps what is not simulated and says so', () => {
    const outcome = readDefinitions(sample('policies'), 'x')
    const says = outcome.problems.map(problem => problem.says).join('\n')
    expect(says).toContain('The policy “dlx” on ^invoices\\. is kept')
    expect(says).toContain('operator policy “cap”')
    const broker = outcome.ok && outcome.value.topology.nodes.find(node => node.type === 'amqp.broker')
    expect(broker && JSON.stringify(broker.config)).toContain('dead-letter-exchange')
  })

  it('takes a queue’s kind from its arguments, else from its virtual host, never from its own type', () => {
    const text = JSON.stringify({ vhosts: [{ name: 'a', default_queue_type: 'quorum' }], exchanges: [], bindings: [], queues: [{ name: 'q1', vhost: 'a', type: 'classic', durable: true }, { name: 'q2', vhost: 'a', type: 'quorum', arguments: { 'x-queue-type': 'classic' } }, { name: 'q3', vhost: 'b', type: 'stream' }] })
    const { topology, virtualHosts } = read(text)
    expect(topology.nodes.filter(node => node.type === 'amqp.queue').map(node => node.config['queueType'] ?? 'classic')).toEqual(['quorum', 'classic', 'classic'])
    expect([virtualHosts, topology.nodes.filter(node => node.type === 'amqp.broker').map(node => node.label)]).toEqual([['a', 'b'], ['RabbitMQ a', 'RabbitMQ b']])
  })

  it('drops bindings to things that do not exist, with a warning and the place', () => {
    const outcome = readDefinitions('{"exchanges":[{"name":"x"}],"queues":[],"bindings":[{"source":"x","destination":"nowhere","destination_type":"queue"}]}', 'x')
    expect(outcome.problems.map(problem => [problem.code, problem.place])).toEqual([['rabbitmq.dangling', 'bindings[0]']])
  })

  it('accepts a byte-order mark, comments and trailing commas with a warning', () => {
    const outcome = readDefinitions('\uFEFF{ // mine\n "exchanges": [], "queues": [{"name": "q"},], "bindings": [] }', 'x')
    expect(outcome.ok && outcome.problems.length).toBe(2)
  })

  it('refuses what is no export, with the reason and the place', () => {
    const says = (text: string): string => readDefinitions(text, 'x').problems.map(problem => `${problem.place}: ${problem.says}`).join()
    expect(says('{"a": }')).toMatch(/line 1, column 7/)
    expect(says('[1]')).toContain('not a RabbitMQ export')
    expect(says('{"hello": 1}')).toContain('not a RabbitMQ export')
    expect(says('{"queues": {}}')).toContain('queues: This export is damaged')
    expect(says('{"queues": [{"nome": "q"}]}')).toContain('queues[0]')
  })

  it('offers keys and headers that reach what is bound', () => {
    const topology = withApplications(read(sample('shop')).topology)
    const producers = topology.nodes.filter(node => node.type === 'app.producer')
    expect(producers.map(node => node.label).sort()).toEqual(['documents producer', 'orders producer'])
    expect(producers.find(node => node.label === 'documents producer')?.config['headers']).toEqual({ format: 'pdf', kind: 'invoice' })
    expect(String(producers.find(node => node.label === 'orders producer')?.config['key'])).toContain('order.created.eu')
  })
})
