import { describe, expect, it } from 'vitest'
import { createRun, type Run } from '../engine/run.ts'
import type { Starter } from '../lessons/starter.ts'
import { catalogue, models } from '../worker/catalogue.ts'

const SECOND = 1e9
const starters = Object.values(import.meta.glob<{ starter: Starter }>('../lessons/*/topology.ts', { eager: true })).map(module => module.starter)

function run(id: string): Run {
  const starter = starters.find(one => one.id === id)!
  return createRun({ topology: starter.topology, catalogue: catalogue(), models: models(), check: true })
}

const probe = (one: Run, node: string, id: string): number => {
  const runtime = one.parts.nodes.get(node)!
  return runtime.probes.value(runtime.probes.slot(id))
}

describe('every starter', () => {
  it.each(starters.map(starter => [starter.id]))('%s runs without problems and its ledger balances after every event', id => {
    const one = run(id)
    one.advance(20 * SECOND)
    expect(one.problems).toEqual([])
    expect(one.ledger().processed).toBeGreaterThan(10)
  })

  it.each(starters.map(starter => [starter.id]))('%s gives one digest however it is sliced', id => {
    const whole = run(id)
    whole.advance(10 * SECOND)
    const sliced = run(id)
    for (let n = 1; n <= 1000; n += 1) sliced.advance(n * 1e7, Infinity)
    expect(sliced.digest()).toBe(whole.digest())
  })
})

describe('shared store or messages', () => {
  it('loses updates and shows half of the states where the shop asks, and nothing where it is told', () => {
    const one = run('shared-store')
    one.advance(120 * SECOND)
    expect(probe(one, 'stock', 'lostUpdates')).toBeGreaterThan(10)
    expect(probe(one, 'stock', 'unseen')).toBeGreaterThan(10)
    const [asks, told] = ['shop-asks', 'shop-told'].map(id => probe(one, id, 'processed'))
    expect(told).toBeGreaterThan(asks! + 15)
    const p95 = ['shop-asks', 'shop-told'].map(id => {
      const { probes } = one.parts.nodes.get(id)!
      return probes.whole(probes.slot('latency')).percentile(0.95) / SECOND
    })
    expect(p95[0]).toBeGreaterThan(p95[1]! + 2)
  })
})

describe('chat with a history service', () => {
  it('brings every message to every user, its writer included', () => {
    const one = run('chat-history')
    one.advance(60 * SECOND)
    const sent = ['alice', 'bob', 'carol', 'dave'].reduce((sum, user) => sum + probe(one, user, 'sent'), 0)
    expect(sent).toBeGreaterThan(60)
    for (const user of ['alice', 'bob', 'carol', 'dave']) {
      expect(probe(one, user, 'received')).toBeGreaterThan(sent - 15)
      expect(probe(one, user, 'received')).toBeLessThanOrEqual(sent)
    }
  })

  it('chat.history.in-order: keeps messages while the history service is down and stores them in order afterwards', () => {
    const one = run('chat-history')
    one.advance(10 * SECOND)
    one.input({ input: 'fault', fault: { fault: 'crash', node: 'history' } })
    one.advance(30 * SECOND)
    expect(probe(one, 'chat-history', 'ready')).toBeGreaterThan(15)
    const before = probe(one, 'history', 'stored')
    one.input({ input: 'fault', fault: { fault: 'restart', node: 'history' } })
    one.advance(45 * SECOND)
    expect(probe(one, 'chat-history', 'ready')).toBeLessThan(25)
    expect(probe(one, 'history', 'stored')).toBeGreaterThan(before + 20)
    const enqueued = one.core.trace.newest(9999, fact => fact.verb === 'enqueued' && one.parts.nodeList[fact.node]!.id === 'chat-history')
    const stored = one.core.trace.newest(9999, fact => fact.verb === 'stored')
    const name = (fact: { origin: number; serial: number }): string => `${fact.origin}#${fact.serial}`
    expect([...new Set(stored.map(name))]).toEqual(enqueued.map(name).slice(0, new Set(stored.map(name)).size))
    expect(one.ledger().discarded.every(count => count === 0)).toBe(true)
  })

  it('amqp.queue.exclusive: a server that crashes takes its queue along, and gets a new one when it restarts', () => {
    const one = run('chat-history')
    one.advance(10 * SECOND)
    one.input({ input: 'fault', fault: { fault: 'crash', node: 'server-8080' } })
    one.advance(12 * SECOND)
    expect(one.parts.nodes.get('chat-srv-8080')!.there).toBe(false)
    one.input({ input: 'fault', fault: { fault: 'restart', node: 'server-8080' } })
    const before = probe(one, 'alice', 'received')
    one.advance(20 * SECOND)
    expect(one.parts.nodes.get('chat-srv-8080')!.there).toBe(true)
    expect(probe(one, 'alice', 'received')).toBeGreaterThan(before)
  })
})

describe('broker restart', () => {
  it('amqp.restart.persistent: only persistent messages in the durable queue survive, in order', () => {
    const one = run('broker-restart')
    one.advance(10 * SECOND)
    one.input({ input: 'fault', fault: { fault: 'crash', node: 'reader-1' } })
    one.input({ input: 'fault', fault: { fault: 'crash', node: 'reader-2' } })
    one.advance(30 * SECOND)
    const { messages } = one.core
    const contents: number[] = []
    const durable = one.parts.nodes.get('on-disk')!
    one.system('on-disk')!.contents(durable, contents, 0, 1000)
    const keysBefore = contents.map(message => messages.key(message))
    expect(keysBefore).toContain('transient')
    const persistentBefore = keysBefore.filter(key => key === 'persistent').length
    one.input({ input: 'fault', fault: { fault: 'crash', node: 'rabbitmq' } })
    expect(probe(one, 'in-memory', 'ready')).toBe(0)
    expect(probe(one, 'on-disk', 'ready')).toBe(persistentBefore)
    one.input({ input: 'fault', fault: { fault: 'restart', node: 'rabbitmq' } })
    const after: number[] = []
    one.system('on-disk')!.contents(durable, after, 0, 1000)
    expect(after.every(message => messages.key(message) === 'persistent')).toBe(true)
    expect(one.parts.nodes.get('in-memory')!.there).toBe(false)
    const processed = one.ledger().processed
    one.input({ input: 'fault', fault: { fault: 'restart', node: 'reader-1' } })
    one.input({ input: 'fault', fault: { fault: 'restart', node: 'reader-2' } })
    one.advance(60 * SECOND)
    expect(one.parts.nodes.get('in-memory')!.there).toBe(true)
    expect(one.ledger().processed).toBeGreaterThan(processed + 20)
    expect(one.ledger().discarded[9]).toBeGreaterThan(0)
  })
})

describe('competing consumers', () => {
  it('amqp.consume.round-robin: share the work about equally', () => {
    const one = run('competing-consumers')
    one.advance(120 * SECOND)
    const done = ['worker-1', 'worker-2', 'worker-3'].map(worker => probe(one, worker, 'processed'))
    expect(Math.min(...done) / Math.max(...done)).toBeGreaterThan(0.75)
  })
})
