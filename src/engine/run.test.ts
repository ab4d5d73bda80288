import { describe, expect, it } from 'vitest'
import type { LiveInput } from '../contract/input.ts'
import { discardedOf } from '../stats/ledger.ts'
import type { Topology } from '../topology/document.ts'
import { createRun, type Run } from './run.ts'
import { toyCatalogue, toyModels, toyTopology } from './testing/toy.ts'

const SECOND = 1e9
const CONSTANT = (value: number) => ({ law: 'constant', value })

function run(topology: Topology, journal?: Run['journal']): Run {
  return createRun({ topology, catalogue: toyCatalogue(), models: toyModels(), check: true, ...(journal ? { journal } : {}) })
}

describe('a run', () => {
  it('gives the same digest for one long advance and for thousands of slices', () => {
    const whole = run(toyTopology({ sources: 3, sinks: 2 }))
    whole.advance(5 * SECOND)
    const byTime = run(toyTopology({ sources: 3, sinks: 2 }))
    for (let n = 1; n <= 5000; n += 1) byTime.advance(n * 1e6)
    const byBudget = run(toyTopology({ sources: 3, sinks: 2 }))
    while (byBudget.advance(5 * SECOND, 1) === 'budget');
    expect([byTime.digest(), byBudget.digest()]).toEqual([whole.digest(), whole.digest()])
    expect(whole.events).toBeGreaterThan(2000)
    expect(byTime.ledger()).toEqual(whole.ledger())
  })

  it('keeps whole nanoseconds, whatever it is advanced to', () => {
    const one = run(toyTopology({ sources: 1, sinks: 1 }))
    one.advance(0.3 * SECOND + 0.7)
    expect([one.nowNs, one.input({ input: 'send', node: 's1' }).atNs]).toEqual([0.3 * SECOND, 0.3 * SECOND + 1])
  })

  it('depends on the seed', () => {
    const digests = [1, 2].map(seed => {
      const one = run(toyTopology({ sources: 2, sinks: 1, seed }))
      one.advance(SECOND)
      return one.digest()
    })
    expect(digests[0]).not.toBe(digests[1])
  })

  it('is not touched by a node that has nothing to do with it, nor by the order of the document', () => {
    const facts = (topology: Topology): string[] => {
      const one = run(topology)
      one.advance(SECOND)
      return one.core.trace
        .newest(10_000, fact => ['s1', 't1'].includes(one.parts.nodeList[fact.node]!.id))
        .map(fact => `${fact.atNs} ${one.parts.nodeList[fact.node]!.id} ${fact.verb} ${fact.serial}`)
    }
    const small = toyTopology({ sources: 1, sinks: 1 })
    const stranger = { ...small.nodes[0]!, id: 'a-stranger' }
    expect(facts({ ...small, nodes: [stranger, ...small.nodes] })).toEqual(facts(small))
    expect(facts({ ...small, nodes: [...small.nodes].reverse() })).toEqual(facts(small))
  })

  it('orders events of one instant by id, not by the order of the document', () => {
    const topology = toyTopology({ sources: 4, sinks: 1, source: { gap: CONSTANT(1) }, wire: { latency: CONSTANT(0) } })
    const one = run(topology)
    const other = run({ ...topology, nodes: [...topology.nodes].reverse(), channels: [...topology.channels].reverse() })
    one.advance(SECOND / 10)
    other.advance(SECOND / 10)
    expect(other.digest()).toBe(one.digest())
  })

  it('replays its journal to the same digest', () => {
    const topology = toyTopology({ sources: 2, sinks: 2 })
    const live = run(topology)
    const inputs: [number, LiveInput][] = [
      [0.2, { input: 'fault', fault: { fault: 'crash', node: 't1' } }],
      [0.35, { input: 'send', node: 's1' }],
      [0.5, { input: 'edit', edits: [{ edit: 'configure', of: 'node', id: 's2', config: { gap: CONSTANT(2) } }] }],
      [0.6, { input: 'fault', fault: { fault: 'restart', node: 't1' } }],
      [0.7, { input: 'edit', edits: [{ edit: 'remove', nodes: ['t2'], channels: ['s1-t2', 's2-t2'] }] }],
    ]
    for (const [at, input] of inputs) {
      live.advance(at * SECOND)
      live.input(input)
    }
    live.advance(SECOND)
    const replay = run(topology, live.journal)
    replay.advance(SECOND)
    expect(replay.digest()).toBe(live.digest())
    expect(replay.ledger()).toEqual(live.ledger())
    expect(discardedOf(live.ledger())).toBeGreaterThan(0)
  })
})

describe('wires', () => {
  it('never reorder, whatever the latency law', () => {
    const one = run(toyTopology({ sources: 1, sinks: 1, source: { gap: CONSTANT(1) }, sink: { work: CONSTANT(0) }, wire: { latency: { law: 'uniform', min: 0, max: 50 } } }))
    one.advance(SECOND)
    const finished = one.core.trace.newest(10_000, fact => fact.verb === 'finished').map(fact => fact.serial)
    expect(finished.length).toBeGreaterThan(900)
    expect(finished).toEqual(finished.map((_, index) => index + 1))
  })

  it('take bytes ÷ bandwidth for each message, one behind the other', () => {
    // 1000 bytes at 10 kB/s are 100 ms; ten messages a second fit exactly, and latency comes on top.
    const one = run(toyTopology({ sources: 1, sinks: 1, source: { gap: CONSTANT(50), body: 'x'.repeat(1000) }, sink: { work: CONSTANT(0) }, wire: { latency: CONSTANT(5), bandwidth: 10_000 } }))
    one.advance(SECOND)
    const times = one.core.trace.newest(100, fact => fact.verb === 'finished').map(fact => fact.atNs / 1e6)
    expect(times).toEqual([155, 255, 355, 455, 555, 655, 755, 855, 955])
  })

  it('hold packets while cut and deliver them after healing, in order and without loss', () => {
    const one = run(toyTopology({ sources: 1, sinks: 1, source: { gap: CONSTANT(10) }, sink: { work: CONSTANT(0) } }))
    one.advance(0.1 * SECOND)
    one.input({ input: 'fault', fault: { fault: 'cut', channel: 's1-t1' } })
    one.advance(0.5 * SECOND)
    const during = one.core.trace.newest(1000, fact => fact.verb === 'finished').length
    expect(one.ledger().onWire).toBeGreaterThan(30)
    one.input({ input: 'fault', fault: { fault: 'heal', channel: 's1-t1' } })
    one.advance(SECOND)
    const finished = one.core.trace.newest(1000, fact => fact.verb === 'finished').map(fact => fact.serial)
    expect(during).toBeLessThan(12)
    expect(finished).toEqual(finished.map((_, index) => index + 1))
    expect([finished.length, discardedOf(one.ledger())]).toEqual([99, 0])
  })

  it('lose what they hold when a cut outlasts the heartbeat, with the reason', () => {
    const one = run(toyTopology({ sources: 1, sinks: 1, source: { gap: CONSTANT(10) }, wire: { heartbeat: 200 } }))
    one.advance(0.1 * SECOND)
    one.input({ input: 'fault', fault: { fault: 'cut', channel: 's1-t1' } })
    one.advance(0.5 * SECOND)
    const lost = one.ledger().discarded[8]!
    expect(lost).toBeGreaterThanOrEqual(20)
  })

  it('answer a dead application with a closed connection, and lose what flew towards it', () => {
    const one = run(toyTopology({ sources: 1, sinks: 1, source: { gap: CONSTANT(1) }, sink: { work: CONSTANT(0) }, wire: { latency: CONSTANT(20) } }))
    one.advance(0.1 * SECOND)
    one.input({ input: 'fault', fault: { fault: 'crash', node: 't1' } })
    one.advance(0.2 * SECOND)
    one.input({ input: 'fault', fault: { fault: 'restart', node: 't1' } })
    one.advance(0.4 * SECOND)
    const ledger = one.ledger()
    expect(ledger.discarded[8]).toBeGreaterThan(20)
    expect(one.core.trace.newest(1, fact => fact.verb === 'finished')[0]!.atNs).toBeGreaterThan(0.39 * SECOND)
  })
})

describe('live edits', () => {
  it('account for what a removed node held and leave the others alone', () => {
    const one = run(toyTopology({ sources: 1, sinks: 2, source: { gap: CONSTANT(1) }, sink: { work: CONSTANT(10) } }))
    one.advance(0.2 * SECOND)
    const held = one.parts.nodes.get('t2')!.probes.value(0)
    const before = one.parts.nodes.get('t1')!.probes.value(0)
    one.input({ input: 'edit', edits: [{ edit: 'remove', nodes: ['t2'], channels: ['s1-t2'] }] })
    expect(held).toBeGreaterThan(100)
    expect(one.ledger().discarded[12]).toBeGreaterThanOrEqual(held)
    expect(one.parts.nodes.get('t1')!.probes.value(0)).toBe(before)
    one.advance(0.4 * SECOND)
    expect(one.parts.nodes.get('t1')!.probes.value(0)).toBeGreaterThan(before)
  })

  it('connect what is drawn while it runs', () => {
    const topology = toyTopology({ sources: 1, sinks: 1, source: { gap: CONSTANT(10) }, sink: { work: CONSTANT(0) } })
    const one = run({ ...topology, channels: [] })
    one.advance(0.1 * SECOND)
    one.input({ input: 'edit', edits: [{ edit: 'add-channels', channels: topology.channels }] })
    one.advance(0.3 * SECOND)
    expect(one.ledger().processed).toBeGreaterThan(15)
  })

  it('keep parts of unknown kinds out of the run and say so', () => {
    const topology = toyTopology({ sources: 1, sinks: 1 })
    const one = run({ ...topology, nodes: [...topology.nodes, { id: 'x', type: 'future.thing', label: 'Thing', at: { x: 0, y: 0 }, config: {} }] })
    expect(one.problems.map(problem => [problem.code, problem.part])).toEqual([['node.unknown', 'x']])
  })
})

describe('an instant without an end', () => {
  const topology = toyTopology({ sources: 1, sinks: 1, source: { gap: { law: 'constant', value: 0 } }, wire: { latency: { law: 'constant', value: 0 } } })
  const start = () => createRun({ topology, catalogue: toyCatalogue(), models: toyModels(), instantEventsMax: 1000 })

  it('ends the run with its reason, at the same event however it is sliced', () => {
    const whole = start()
    expect([whole.advance(SECOND), whole.end, whole.events]).toEqual(['ended', 'instant', 1000])
    const sliced = start()
    while (sliced.advance(SECOND, 7) === 'budget') expect(sliced.end).toBeNull()
    expect([sliced.events, sliced.digest()]).toEqual([whole.events, whole.digest()])
  })

  it('takes no more steps and no more inputs', () => {
    const run = start()
    run.advance(SECOND)
    expect(run.step()).toBe(false)
    expect(() => run.input({ input: 'fault', fault: { fault: 'crash', node: 's1' } })).toThrow('has ended')
  })
})
