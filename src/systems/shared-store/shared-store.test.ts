import { describe, expect, it } from 'vitest'
import { readSheet } from '../../cli/testing/read-sheet.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import { DISCARD_REASONS } from '../../contract/ledger.ts'
import type { Channel, Config, TopologyNode } from '../../topology/document.ts'

const QUICK = { latency: constant(1) }
const database = (config: Config = {}): TopologyNode => node('store.database', 'db', { queryTime: constant(1), ...config })
const table = (kind: 'records' | 'events' | 'jobs', config: Config = {}): TopologyNode => node(`store.${kind}`, 't', config, 'db')
const producer = (id: string, config: Config = {}): TopologyNode => node('app.producer', id, { rate: 10, arrival: 'regular', key: 'row', ...config })
const consumer = (id: string, config: Config = {}): TopologyNode => node('app.consumer', id, { serviceTime: constant(0), ...config })
const writes = (id: string, config: Config = {}): Channel => channel('store.update', id, 't', { ...QUICK, ...config })
const polls = (id: string, config: Config = {}): Channel => channel('store.poll', 't', id, { ...QUICK, ...config })
const discarded = (one: Scene, reason: (typeof DISCARD_REASONS)[number]): number => one.run.ledger().discarded[DISCARD_REASONS.indexOf(reason)]!
const bodies = (one: Scene, id: string): string[] => {
  const out: number[] = []
  one.run.system(id)!.contents(one.run.parts.nodes.get(id)!, out, 0, 99)
  return out.map(message => one.run.core.messages.body(message))
}

describe('polling', () => {
  const scene = (interval: number, config: Config = {}): Scene => new Scene([database(), table('events'), producer('p', { rate: 3.7, arrival: 'poisson' }), consumer('c')], [channel('store.insert', 'p', 't', QUICK), polls('c', { interval, ...config })])

  it('store.poll.latency: a change is half an interval old on average when it is read, a whole one at worst', () => {
    const { probes } = scene(400).until(600).run.parts.nodes.get('t')!
    const staleness = probes.whole(probes.slot('staleness'))
    expect(staleness.count).toBeGreaterThan(2000)
    // From one question to the next it takes the interval, two hops and a statement: 403 ms.
    expect([staleness.mean(), staleness.percentile(0.999)].map(ns => Math.round(ns / 1e6 / 20))).toEqual([10, 20])
  })

  it('store.poll.empty: asking costs the same whether something has changed or not', () => {
    const asked = (rate: number): number => new Scene([database(), table('events'), producer('p', { rate, limit: 10 }), consumer('c')], [channel('store.insert', 'p', 't', QUICK), polls('c', { interval: 97 })]).until(20).probe('t', 'polls')
    const idle = scene(97).until(0.01)
    idle.configure('node', 'p', { rate: 0 }).until(20)
    expect([idle.probe('t', 'polls'), idle.probe('t', 'emptyPolls'), asked(10)]).toEqual([200, 200, 200])
    expect(idle.probe('db', 'statements')).toBe(200)
  })

  it('store.poll.skips: of what is written twice between two polls the first is never seen', () => {
    const one = new Scene([database(), table('records'), producer('p', { limit: 20 }), consumer('c')], [writes('p'), polls('c', { interval: 1000 })]).until(20)
    expect(one.probe('t', 'writes')).toBe(20)
    expect(one.probe('c', 'processed')).toBeLessThanOrEqual(3)
    // What was read before it was overwritten has done its duty; the rest is lost, but for the row that is there.
    expect([one.probe('t', 'unseen'), discarded(one, 'replaced')]).toEqual([20 - one.probe('c', 'processed'), 20 - one.probe('c', 'processed')])
    expect(one.run.ledger().retained).toBe(1)
  })

  it.each([
    ['kept', 21],
    ['now', 16],
    ['start', 30],
  ] as const)('store.poll.again: a program that died begins %s', (begins, read) => {
    const one = new Scene([database(), table('events'), producer('p', { limit: 20 }), consumer('c', { serviceTime: constant(30) })], [channel('store.insert', 'p', 't', QUICK), polls('c', { interval: 0, batch: 1, begins })])
    // It has read the tenth row and is still at work on it; five are written while it is away.
    one.until(1.025).fault('crash', 'c').until(1.45).fault('restart', 'c').until(20)
    expect([one.probe('c', 'received'), one.probe('t', 'rows')]).toEqual([read, 20])
  })

  it('store.poll.drains: a full answer is followed by another question at once', () => {
    const read = (drains: boolean): number => {
      const one = new Scene([database(), table('events'), producer('p', { rate: 1000, limit: 100 }), consumer('c')], [channel('store.insert', 'p', 't', QUICK), polls('c', { interval: 1000, batch: 10, drains })]).until(3.5)
      return one.probe('c', 'processed')
    }
    expect([read(true), read(false)]).toEqual([100, 30])
  })
})

describe('an event table as a log', () => {
  it('has a cursor for each poller, at the row that its next question begins with', () => {
    const one = new Scene([database(), table('events', { keeps: 15 }), producer('p', { limit: 20 }), consumer('quick'), consumer('slow', { serviceTime: constant(400) })], [channel('store.insert', 'p', 't', QUICK), polls('quick', { interval: 10 }), polls('slow', { interval: 0, batch: 1 })]).until(2.25)
    const sheet = readSheet(one, 't')!
    expect(sheet).toMatchObject({ first: 6, next: 21, gone: 5 })
    const [quick, slow] = sheet.cursors
    expect(quick).toEqual({ of: 'reader', name: 'quick', next: 21, lag: 0, pending: 0, consumers: 1 })
    expect(slow).toEqual({ of: 'reader', name: 'slow', next: 7, lag: 14, pending: 1, consumers: 1 })
  })

  it('is no table of records or jobs', () => {
    const is = (kind: 'records' | 'events' | 'jobs'): boolean => readSheet(new Scene([database(), table(kind)], []), 't') !== null
    expect([is('records'), is('events'), is('jobs')]).toEqual([false, true, false])
  })
})

describe('writing', () => {
  const counter = (write: string): Scene =>
    new Scene([database(), table('records'), ...['a', 'b', 'c'].map(id => producer(id, { limit: 20, rate: 5 }))], ['a', 'b', 'c'].map(id => writes(id, { write, think: constant(150) }))).until(60)

  it('store.update.lost: who reads, thinks and writes destroys what others wrote in between', () => {
    const one = counter('read-write')
    expect([one.probe('t', 'writes'), one.probe('t', 'conflicts')]).toEqual([60, 0])
    expect(one.probe('t', 'lostUpdates')).toBeGreaterThan(20)
    expect(discarded(one, 'replaced')).toBe(one.probe('t', 'lostUpdates'))
  })

  it('store.update.compare: who compares versions tries again, and loses nothing', () => {
    const one = counter('compare')
    expect([one.probe('t', 'writes'), one.probe('t', 'lostUpdates'), discarded(one, 'replaced')]).toEqual([60, 0, 0])
    expect(one.probe('t', 'conflicts')).toBeGreaterThan(20)
  })

  it('store.update.lock: under a lock nothing is lost and nobody tries in vain', () => {
    const one = counter('lock')
    expect(one.probes('t', 'writes', 'lostUpdates', 'conflicts', 'lockWaits')).toEqual({ writes: 60, lostUpdates: 0, conflicts: 0, lockWaits: 0 })
  })

  it('gives up after so many tries, and says so', () => {
    const lines = ['a', 'b'].map(id => writes(id, { write: 'compare', think: constant(100), attemptsMax: 1 }))
    const one = new Scene([database(), table('records'), ...['a', 'b'].map(id => producer(id, { limit: 10, rate: 5 }))], lines).until(20)
    expect(one.probe('t', 'conflicts')).toBeGreaterThan(5)
    expect([one.probe('t', 'writes') + one.probe('t', 'conflicts'), discarded(one, 'rejected')]).toEqual([20, one.probe('t', 'conflicts')])
  })

  it('store.update.lock-released: the lock of one that dies goes to the next in line', () => {
    const one = new Scene([database(), table('records'), producer('a', { limit: 1 }), producer('b', { limit: 1 })], ['a', 'b'].map(id => writes(id, { write: 'lock', think: constant(500) }))).until(0.3)
    expect(one.probes('t', 'writes', 'lockWaits')).toEqual({ writes: 0, lockWaits: 1 })
    expect(one.fault('crash', 'a').until(1).probes('t', 'writes', 'lockWaits')).toEqual({ writes: 1, lockWaits: 0 })
  })

  it.each([['again', 2, 0], ['lose', 1, 1]] as const)('store.write.in-doubt: when the answer is lost, to %s is to write it %i times', (whenInDoubt, written, lost) => {
    const one = new Scene([database({ queryTime: constant(100) }), table('events'), producer('p', { limit: 1 })], [channel('store.insert', 'p', 't', { ...QUICK, whenInDoubt, heartbeat: 50 })])
    // The write has come to the database when the line is cut: it is done, and the answer never comes.
    one.until(0.11).run.input({ input: 'fault', fault: { fault: 'cut', channel: 'p>t' } })
    one.until(1).run.input({ input: 'fault', fault: { fault: 'heal', channel: 'p>t' } })
    expect([one.until(5).probe('t', 'writes'), discarded(one, 'connection lost')]).toEqual([written, lost])
  })
})

describe('a job table', () => {
  const workers = ['w0', 'w1', 'w2']
  const scene = (config: Config = {}, work: Config = {}): Scene =>
    new Scene([database(), table('jobs', config), producer('p', { rate: 100, limit: 60 }), ...workers.map(id => consumer(id, { serviceTime: constant(50), ...work }))], [channel('store.insert', 'p', 't', QUICK), ...workers.map(id => channel('store.take', 't', id, { ...QUICK, interval: 20 }))])
  const done = (one: Scene): number => workers.reduce((sum, id) => sum + one.probe(id, 'processed'), 0)

  it('store.take.once: each job is one worker’s, and the oldest free one comes first', () => {
    const one = scene().until(20)
    expect([done(one), one.probe('t', 'done'), one.probe('t', 'rows'), one.run.ledger().redelivered]).toEqual([60, 60, 0, 0])
    const handedOut = one.run.core.trace.newest(9999, fact => fact.verb === 'handed-out').map(fact => fact.serial)
    expect(handedOut).toEqual([...handedOut].sort((a, b) => a - b))
  })

  it('store.take.rollback: the job of a worker that dies is free again, at its old place', () => {
    const one = scene().until(0.3)
    expect(one.probe('t', 'locked')).toBe(3)
    one.fault('crash', 'w1').until(20)
    expect([one.probe('t', 'done'), one.run.ledger().redelivered]).toEqual([60, 1])
  })

  it('failed work is given back, and done by somebody in the end', () => {
    const one = scene({}, { failureRate: 0.3, onFailure: 'requeue' }).until(60)
    expect(one.probe('t', 'done')).toBe(60)
    expect(one.run.ledger().redelivered).toBe(workers.reduce((sum, id) => sum + one.probe(id, 'failed'), 0))
  })

  it('work that goes on while the connection is lost doesn’t count for the next job', () => {
    const one = scene().until(0.3).fault('crash', 'db').until(0.32).fault('restart', 'db').until(20)
    expect([one.probe('t', 'done'), one.probe('t', 'rows'), one.probe('t', 'locked')]).toEqual([60, 0, 0])
    expect(one.run.ledger().redelivered).toBe(3)
  })
})

describe('the database', () => {
  it('store.crash.logged: what was committed is there after a crash', () => {
    const one = new Scene([database(), table('records'), ...['a', 'b'].map(id => producer(id, { key: id, limit: 5 })), consumer('c')], [writes('a'), writes('b'), polls('c', { interval: 50 })]).until(1)
    one.fault('crash', 'db').until(2).fault('restart', 'db').until(4)
    expect([one.probe('t', 'rows'), discarded(one, 'broker crashed')]).toEqual([2, 0])
    // The reader is where it was: it gets nothing twice.
    expect(one.probe('c', 'processed')).toBe(10)
  })

  it('store.crash.unlogged: a table that isn’t logged is empty after it', () => {
    const one = new Scene([database(), table('jobs', { logged: false }), producer('p', { limit: 5 })], [channel('store.insert', 'p', 't', QUICK)]).until(1).fault('crash', 'db').until(2).fault('restart', 'db').until(3)
    expect([one.probe('t', 'rows'), discarded(one, 'broker crashed')]).toEqual([0, 5])
  })

  it('programs keep what they could not write, and write it when it is back', () => {
    const one = new Scene([database(), table('events'), producer('p', { limit: 30 })], [channel('store.insert', 'p', 't', QUICK)]).until(1).fault('crash', 'db').until(2).fault('restart', 'db').until(5)
    expect(one.probe('t', 'writes')).toBe(30)
    expect(bodies(one, 't')).toHaveLength(30)
  })

  it('store.connections.max: one too many is refused, and comes in when another leaves', () => {
    const one = new Scene([database({ connectionsMax: 2 }), table('events'), ...['a', 'b', 'c'].map(id => consumer(id))], ['a', 'b', 'c'].map(id => polls(id, { reconnect: 100 }))).until(1)
    expect([one.probe('db', 'connections'), one.probe('db', 'refused') > 5]).toEqual([2, true])
    expect(one.fault('crash', 'a').until(2).run.parts.endpointsOf('c').every(endpoint => endpoint.isOpen())).toBe(true)
  })

  it('store.busy: questions that find nothing delay those who write', () => {
    const wait = (interval: number): number => {
      const readers = Array.from({ length: 20 }, (_, n) => `r${n}`)
      const one = new Scene([database({ parallel: 1, queryTime: constant(5) }), table('events'), producer('p', { limit: 1 }), ...readers.map(id => consumer(id))], [channel('store.insert', 'p', 't', QUICK), ...readers.map(id => polls(id, { interval }))]).until(0.19)
      return one.probe('t', 'writes')
    }
    expect([wait(1000), wait(1)]).toEqual([1, 0])
  })

  it('a table that is taken out says what became of its rows', () => {
    const one = new Scene([database(), table('events'), producer('p', { limit: 5 })], [channel('store.insert', 'p', 't', QUICK)]).until(1)
    one.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: ['t'], channels: ['p>t'] }] })
    expect(discarded(one.until(2), 'node removed')).toBe(5)
  })

  it('the same seed gives the same history, however the run is sliced', () => {
    const scene = (): Scene => new Scene([database({ queryTime: { law: 'exponential', mean: 3 } }), table('records'), ...['a', 'b'].map(id => producer(id, { arrival: 'poisson', rate: 20 })), consumer('c')], [writes('a', { write: 'compare', think: { law: 'exponential', mean: 20 } }), writes('b', { write: 'lock', think: constant(5) }), polls('c', { interval: 30 })])
    const whole = scene().until(20)
    const sliced = scene()
    for (let n = 1; n <= 200; n += 1) sliced.until(n / 10)
    expect(sliced.run.digest()).toBe(whole.run.digest())
    expect(whole.probe('t', 'writes')).toBeGreaterThan(500)
  })
})
