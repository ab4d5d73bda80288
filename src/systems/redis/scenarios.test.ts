import { describe, expect, it } from 'vitest'
import { createRun, type Run } from '../../engine/run.ts'
import type { Topology } from '../../topology/document.ts'
import { catalogue, models } from '../../worker/catalogue.ts'
import { chatRedis, chatStreams, crackerStreams, filters, redisOutage, requestReplyStreams } from './scenarios.ts'

/** What the chapter's programs did on a real Redis 7.0.15, and what their topologies do here. */
const SECOND = 1e9
const constant = (value: number) => ({ law: 'constant', value })
const start = (topology: Topology): Run => createRun({ topology, catalogue: catalogue(), models: models(), check: true })
const probe = (run: Run, id: string, name: string): number => {
  const { probes } = run.parts.nodes.get(id)!
  return probes.value(probes.slot(name))
}
const fault = (run: Run, what: 'crash' | 'restart', id: string): void => void run.input({ input: 'fault', fault: { fault: what, node: id } })

/** Who said what, in the order a node told the engine of it. */
function order(run: Run, id: string, verb: string): string[] {
  return run.core.trace
    .newest(9999, fact => fact.verb === verb && run.parts.nodeList[fact.node]!.id === id)
    .map(fact => `${run.parts.nodeList[fact.origin]!.id}#${fact.serial}`)
}
const say = (run: Run, user: string): void => void run.input({ input: 'send', node: user })
const USERS = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6']

describe('chat-redis', () => {
  it('brings each message to all six users, the writer included, through the broker', () => {
    const run = start(chatRedis({ rate: 0 }))
    run.advance(0.5 * SECOND)
    for (let n = 0; n < 18; n += 1) {
      say(run, USERS[n % 6]!)
      run.advance(run.nowNs + 0.1 * SECOND)
    }
    expect(USERS.map(user => probe(run, user, 'received'))).toEqual([18, 18, 18, 18, 18, 18])
    expect(probe(run, 'chat_messages', 'published')).toBe(18)
    expect(probe(run, 'redis', 'connections')).toBe(6)
  })

  it('one broker is one order: bursts look the same at every user, and each sender’s own order is kept', () => {
    const run = start(chatRedis({ rate: 0 }))
    run.advance(0.5 * SECOND)
    for (let n = 0; n < 20; n += 1) for (const user of USERS) say(run, user)
    run.advance(run.nowNs + 2 * SECOND)
    const orders = USERS.map(user => order(run, user, 'delivered'))
    expect(orders.map(one => one.length)).toEqual([120, 120, 120, 120, 120, 120])
    expect(new Set(orders.map(one => one.join(' '))).size).toBe(1)
    for (const user of USERS) {
      const own = orders[0]!.filter(name => name.startsWith(`${user}#`)).map(name => Number(name.slice(3)))
      const rising = [...own].sort((a, b) => a - b)
      expect([rising, [...rising].reverse()]).toContainEqual(own)
    }
  })

  it('a server that was killed gets nothing of what was said meanwhile', () => {
    const run = start(chatRedis({ rate: 0 }))
    run.advance(0.5 * SECOND)
    fault(run, 'crash', 'S3')
    for (let n = 0; n < 5; n += 1) {
      say(run, 'C1')
      run.advance(run.nowNs + 0.1 * SECOND)
    }
    fault(run, 'restart', 'S3')
    run.advance(run.nowNs + 3 * SECOND)
    expect(['C1', 'C4', 'C5', 'C6'].map(user => probe(run, user, 'received'))).toEqual([5, 5, 0, 0])
  })
})

describe('redis-outage', () => {
  /** Five said during the outage: how many come to a user of each server, when connections come back after these times (ms). */
  const outcome = (publish: Record<string, number>, subscribe: Record<string, number>): number[] => {
    const run = start(redisOutage({ publish, subscribe }))
    run.advance(0.5 * SECOND)
    fault(run, 'crash', 'redis')
    for (let n = 0; n < 5; n += 1) {
      run.advance(run.nowNs + 0.05 * SECOND)
      say(run, 'C1')
    }
    run.advance(run.nowNs + 0.2 * SECOND)
    fault(run, 'restart', 'redis')
    run.advance(run.nowNs + 10 * SECOND)
    expect([run.parts.nodes.get('S1')!.up, run.parts.nodes.get('S2')!.up]).toEqual([true, true])
    return ['C1', 'C3'].map(user => probe(run, user, 'received'))
  }

  it('it is a race between re-subscribing and sending what was kept: both, one or none', () => {
    expect(outcome({ S1: 900, S2: 900 }, { S1: 100, S2: 100 })).toEqual([5, 5])
    expect(outcome({ S1: 700, S2: 700 }, { S1: 100, S2: 1900 })).toEqual([5, 0])
    expect(outcome({ S1: 700, S2: 700 }, { S1: 1900, S2: 100 })).toEqual([0, 5])
    expect(outcome({ S1: 100, S2: 100 }, { S1: 1900, S2: 1900 })).toEqual([0, 0])
  })
})

describe('chat-streams', () => {
  it('one log is one order for all, and keeps it', () => {
    const run = start(chatStreams({ rate: 20 }))
    run.advance(3 * SECOND)
    for (const id of ['C1', 'C2', 'C3', 'C4']) run.input({ input: 'edit', edits: [{ edit: 'configure', of: 'node', id, config: { rate: 0 } }] })
    run.advance(5 * SECOND)
    const orders = ['C1', 'C2', 'C3', 'C4'].map(user => order(run, user, 'delivered').join(' '))
    expect(new Set(orders).size).toBe(1)
    expect(probe(run, 'chat_stream', 'length')).toBe(probe(run, 'C1', 'received'))
    expect(probe(run, 'C1', 'received')).toBeGreaterThan(150)
  })

  it('a server that was killed finds what was said meanwhile in the log when its users join again', () => {
    const run = start(chatStreams({ rate: 0 }))
    run.advance(0.5 * SECOND)
    fault(run, 'crash', 'S2')
    for (let n = 0; n < 5; n += 1) {
      run.advance(run.nowNs + 0.1 * SECOND)
      say(run, 'C1')
    }
    fault(run, 'restart', 'S2')
    // Its users are back a second later; the log is read for each.
    run.advance(run.nowNs + 3 * SECOND)
    expect(['C3', 'C4'].map(user => order(run, user, 'delivered'))).toEqual(['C3', 'C4'].map(() => [1, 2, 3, 4, 5].map(n => `C1#${n}`)))
    expect(probe(run, 'S2', 'histories')).toBe(10)
  })
})

describe('the cracker on streams', () => {
  it('workers of a group share the 48 tasks as they become free', () => {
    const run = start(crackerStreams(['W1', 'W2'], { serviceMs: 20 }))
    run.advance(5 * SECOND)
    expect([probe(run, 'W1', 'received'), probe(run, 'W2', 'received')]).toEqual([24, 24])
    expect(probe(run, 'collector', 'processed')).toBe(48)
    expect([probe(run, 'tasks_stream', 'length'), probe(run, 'tasks_stream', 'pending')]).toEqual([48, 0])
  })

  it('worker-crash: one task stays pending for the dead one; another name doesn’t find it, the same name does', () => {
    const run = start(crackerStreams(['A', 'B'], { serviceMs: 20 }))
    run.advance(0.08 * SECOND)
    const before = probe(run, 'B', 'sent')
    fault(run, 'crash', 'B')
    run.advance(5 * SECOND)
    expect(probe(run, 'collector', 'processed')).toBe(47)
    expect(probe(run, 'tasks_stream', 'pending')).toBe(1)
    // Another consumer of the group comes and finds nothing.
    const another = crackerStreams(['A', 'B', 'C'], { serviceMs: 20 })
    const added = another.nodes.find(one => one.id === 'C')!
    run.input({ input: 'edit', edits: [{ edit: 'add-nodes', nodes: [added] }, { edit: 'add-channels', channels: another.channels.filter(one => one.from === 'C' || one.to === 'C') }] })
    run.advance(8 * SECOND)
    expect([probe(run, 'C', 'sent'), probe(run, 'tasks_stream', 'pending')]).toEqual([0, 1])
    fault(run, 'restart', 'B')
    run.advance(11 * SECOND)
    expect([probe(run, 'B', 'sent') - before, probe(run, 'tasks_stream', 'pending'), probe(run, 'collector', 'processed')]).toEqual([1, 0, 48])
  })

  it('start-order: tasks from before the group, begun at $, are never delivered; with the group there they wait for workers', () => {
    const early = start(crackerStreams(['W1'], { serviceMs: 1, worker: { latency: constant(1000) } }))
    early.advance(10 * SECOND)
    expect(probe(early, 'W1', 'received')).toBe(0)
    const waiting = start(crackerStreams(['W1'], { serviceMs: 1, producer: { rate: 100 }, producerLatencyMs: 500 }))
    waiting.advance(0.2 * SECOND)
    fault(waiting, 'crash', 'W1')
    waiting.advance(3 * SECOND)
    expect(probe(waiting, 'tasks_stream', 'ready')).toBe(48)
    fault(waiting, 'restart', 'W1')
    waiting.advance(6 * SECOND)
    expect(probe(waiting, 'W1', 'received')).toBe(48)
  })
})

describe('request and reply on streams', () => {
  it('answers 50 of 50, each to who asked, and both logs keep their entries', () => {
    const run = start(requestReplyStreams(['Q1', 'Q2'], ['R1', 'R2', 'R3'], 25))
    run.advance(10 * SECOND)
    expect(['Q1', 'Q2'].map(id => [probe(run, id, 'replies'), probe(run, id, 'late'), probe(run, id, 'timeouts')])).toEqual([[25, 0, 0], [25, 0, 0]])
    expect([probe(run, 'requests', 'length'), probe(run, 'requests', 'pending'), ...['Q1', 'Q2'].map(id => probe(run, `replies:${id}`, 'length'))]).toEqual([50, 0, 25, 25])
    expect(['R1', 'R2', 'R3'].every(id => probe(run, id, 'replies') > 5)).toBe(true)
  })
})

describe('filters', () => {
  it('globs cross dots, and case counts', () => {
    const run = start(filters(['chat.*', 'chat*', 'chat.room[12]', '*', '']))
    run.advance(5 * SECOND)
    expect([1, 2, 3, 4, 5].map(n => probe(run, `subscriber ${n}`, 'received'))).toEqual([3, 5, 2, 7, 1])
  })
})
