import { describe, expect, it } from 'vitest'
import { HOP_WAY } from '../contract/hops.ts'
import { DISCARD_REASONS } from '../contract/ledger.ts'
import { randomStream } from '../kernel/random.ts'
import type { Config } from '../topology/document.ts'
import { HopSink } from './hop-sink.ts'
import { createRun, type Run } from './run.ts'
import { toyCatalogue, toyModels, toyTopology } from './testing/toy.ts'

const SECOND = 1e9
const constant = (value: number): Config => ({ law: 'constant', value })
const reason = (run: Run, name: (typeof DISCARD_REASONS)[number]): number => run.ledger().discarded[DISCARD_REASONS.indexOf(name)]!

/** A message every ten milliseconds from each source to each sink, which does nothing with it; the ledger is checked after every event. */
function wires(wire: Config, more: { readonly seed?: number; readonly sources?: number; readonly sinks?: number } = {}): Run {
  const { seed = 1, sources = 1, sinks = 1 } = more
  return createRun({ topology: toyTopology({ sources, sinks, seed, source: { gap: constant(10) }, sink: { work: constant(0) }, wire: { latency: constant(5), ...wire } }), catalogue: toyCatalogue(), models: toyModels(), check: true })
}
/** When each message was done with, by its number and its source. */
function arrivals(run: Run, sink = 't1'): Map<number, number> {
  return new Map(run.core.trace.newest(10_000, fact => fact.verb === 'finished' && run.parts.nodeList[fact.node]!.id === sink).map(fact => [fact.origin * 1e6 + fact.serial, fact.atNs]))
}

/** What the picture is told until then: when, which way, and why it falls off. */
function hopsOf(run: Run, untilSeconds: number): readonly (readonly [number, number, string | undefined])[] {
  const told: [number, number, string | undefined][] = []
  const sink = new HopSink(message => {
    if (message.kind !== 'hops') return
    for (let n = 0; n < message.count; n += 1) {
      const way = new Int32Array(message.buffer)[n * 8 + HOP_WAY]!
      // The reason stands above the way.
      told.push([new Float64Array(message.buffer)[n * 4]! / 1e6, way & 1, DISCARD_REASONS[(way >> 8) - 1]])
    }
  })
  run.core.hops = sink
  run.advance(untilSeconds * SECOND)
  sink.flush()
  return told
}

describe('what is lost for good', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is in the ledger, and what is not lost arrives as if nothing were: seed %i', seed => {
    const random = randomStream(seed, 'losses')
    const loss = 1 + random.integer(98)
    const latency: Config = random.chance(0.5) ? constant(random.integer(3) * 4) : { law: 'exponential', mean: 8 }
    const bandwidth = random.chance(0.3) ? { bandwidth: 3000 } : {}
    const [lossy, whole] = [{ loss, lossMeans: 'gone' }, {}].map(config => wires({ latency, ...bandwidth, ...config }, { seed, sources: 2, sinks: 2 }))
    for (const run of [lossy!, whole!]) run.advance(5 * SECOND)
    const lost = reason(lossy!, 'lost on the wire')
    const { published, processed, onWire } = lossy!.ledger()
    expect(lost + processed + onWire).toBe(published)
    expect([...lossy!.parts.channels.values()].reduce((sum, channel) => sum + channel.lostCount, 0)).toBe(lost)
    // Five standard deviations around the share.
    const tried = lost + processed
    expect(Math.abs(lost - (tried * loss) / 100)).toBeLessThan(5 * Math.sqrt((tried * loss * (100 - loss)) / 1e4) + 1)
    const all = arrivals(whole!)
    expect([...arrivals(lossy!)].filter(([serial, atNs]) => all.get(serial) !== atNs)).toEqual([])
  })

  it('is everything, or nothing', () => {
    const [all, none] = [100, 0].map(loss => wires({ loss, lossMeans: 'gone' }))
    for (const run of [all!, none!]) run.advance(SECOND)
    expect([all!.ledger().processed, reason(all!, 'lost on the wire'), reason(none!, 'lost on the wire')]).toEqual([0, 99, 0])
  })

  it('is shown: a lost message flies, and falls off at the end of its channel', () => {
    expect(hopsOf(wires({ loss: 100, lossMeans: 'gone' }), 0.0175)).toEqual([[10, 0, undefined], [15, 0, 'lost on the wire']])
  })

  it('is shown too where nobody is there to receive it: it falls off at the end of its channel, before the program that crashed', () => {
    const run = wires({})
    run.advance(0.012 * SECOND)
    run.input({ input: 'fault', fault: { fault: 'crash', node: 't1' } })
    // Sent before its sender knows.
    expect(hopsOf(run, 0.0275)).toEqual([[20, 0, undefined], [25, 0, 'connection lost']])
  })

  it('is drawn by each channel for itself', () => {
    const lossyOf = (sinks: number): number[] => {
      const run = wires({ loss: 30, lossMeans: 'gone' }, { sinks })
      run.advance(SECOND)
      return [...arrivals(run).values()]
    }
    expect(lossyOf(3)).toEqual(lossyOf(1))
    const run = wires({ loss: 30, lossMeans: 'gone' }, { sinks: 2 })
    run.advance(SECOND)
    expect([...arrivals(run, 't1').values()]).not.toEqual([...arrivals(run, 't2').values()])
  })
})

describe('what a stream sends again', () => {
  it.each([1, 2, 3, 4])('is never lost and never overtaken, only late: seed %i', seed => {
    const [lossy, whole] = [20, 0].map(loss => wires({ loss, latency: { law: 'exponential', mean: 8 }, heartbeat: 86_400_000 }, { seed }))
    for (const run of [lossy!, whole!]) run.advance(5 * SECOND)
    for (const run of [lossy!, whole!]) run.input({ input: 'edit', edits: [{ edit: 'configure', of: 'node', id: 's1', config: { gap: constant(1e9) } }] })
    for (const run of [lossy!, whole!]) run.advance(3600 * SECOND)
    const late = arrivals(lossy!)
    const early = arrivals(whole!)
    expect([...late.keys()]).toEqual([...early.keys()])
    expect([...late].filter(([serial, atNs]) => atNs < early.get(serial)!)).toEqual([])
    expect([lossy!.ledger().processed, reason(lossy!, 'lost on the wire')]).toEqual([whole!.ledger().processed, 0])
    // Of every five packets one is lost, of those again one in five.
    const { loss } = lossy!.parts.channels.get('s1-t1')!
    expect(loss!.resent).toBeGreaterThan(late.size * 0.15)
    expect(loss!.resent).toBeLessThan(late.size * 0.4)
  })

  it('waits 200 ms and a round trip, then twice as long, and so does all that comes behind', () => {
    const run = wires({ loss: 50, latency: constant(10), heartbeat: 86_400_000 })
    run.advance(100 * SECOND)
    const waits = [...arrivals(run)].map(([serial, atNs]) => Math.round(atNs / 1e6 - serial * 10 - 10))
    // 220, 220 + 440, … or behind one that waits: a multiple of ten less.
    expect(waits.filter(ms => ms % 10 !== 0)).toEqual([])
    expect(Math.max(...waits)).toBeGreaterThan(660)
    expect(waits[waits.findIndex(ms => ms > 0) + 1]).toBeGreaterThan(0)
  })

  it('ends the connection where nothing comes through for as long as the heartbeat', () => {
    const run = wires({ loss: 100, heartbeat: 1000 })
    run.advance(1.005 * SECOND)
    expect([run.ledger().processed, reason(run, 'connection lost') > 90, run.parts.channels.get('s1-t1')!.isOpen()]).toEqual([0, true, false])
  })
})

it('a loss may begin and end while the run goes on', () => {
  const run = wires({ lossMeans: 'gone' })
  const set = (loss: number): void => void run.input({ input: 'edit', edits: [{ edit: 'configure', of: 'channel', id: 's1-t1', config: { latency: constant(5), loss, lossMeans: 'gone' } }] })
  run.advance(SECOND)
  set(100)
  run.advance(2 * SECOND)
  const before = run.ledger().processed
  set(0)
  run.advance(3 * SECOND)
  expect([before < 101, run.ledger().processed - before > 98, reason(run, 'lost on the wire')]).toEqual([true, true, 100])
})
