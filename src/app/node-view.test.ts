import { describe, expect, it } from 'vitest'
import type { NodeFigures } from './figures.ts'
import { nodeName, nodeView } from './node-view.ts'
import { consumerKind, queueKind } from '../canvas/testing/sample.ts'

const quiet: NodeFigures = {
  state: 'up', sinceNs: 0, tubeCount: 0, tube: [], inRate: 0, outRate: 0, growing: false, overflowRate: 0,
  ledger: { published: 0, copied: 0, cameIn: 0, wentOut: 0, onWire: 0, waiting: 0, unacknowledged: 0, processed: 0, retained: 0, discarded: [], deadLettered: 0, redelivered: 0 },
  probes: {},
}
const level = (now: number) => ({ kind: 'level', now, mean: now, highest: now, lately: 0 }) as const
const waiting: NodeFigures = { ...quiet, probes: { ready: level(1284), unacked: level(0), consumers: level(0) } }
const working: NodeFigures = { ...quiet, probes: { processed: { kind: 'counter', total: 9, rate: 120 } } }

describe('what a node says', () => {
  it('shows a counter by its rate and a level by its value', () => {
    expect(nodeView(consumerKind, {}, working, 0)).toEqual({ tone: 'up', headline: '120/s', sentence: null, latency: null, strained: false })
    expect(nodeView(queueKind, {}, waiting, 0)).toEqual({ tone: 'up', headline: '1\u202f284', sentence: null, latency: null, strained: false })
  })

  it('says since when it is down', () => {
    expect(nodeView(consumerKind, {}, { ...working, state: 'down', sinceNs: 12.34e9 }, 0)).toEqual({ tone: 'down', headline: 'down', sentence: 'down since 00:12.3', latency: null, strained: false })
  })

  it('says why a queue grows', () => {
    expect(nodeView(queueKind, {}, { ...waiting, growing: true }, 0).sentence).toBe('growing: nobody consumes')
    expect(nodeView(queueKind, {}, { ...waiting, growing: true, inRate: 20, outRate: 12, probes: { ...waiting.probes, consumers: level(1) } }, 0).sentence).toBe('growing: 20/s in, 12/s out')
  })

  it('says that a queue is at its limit, or over it', () => {
    const bounded = { ...queueKind, bound: { probe: 'ready', field: 'maxLength' } }
    expect(nodeView(bounded, { maxLength: 1284 }, waiting, 0)).toMatchObject({ tone: 'warn', sentence: 'at its limit of 1\u202f284', strained: true })
    expect(nodeView(bounded, { maxLength: 1285 }, waiting, 0).strained).toBe(false)
    expect(nodeView(bounded, {}, { ...waiting, overflowRate: 12, growing: true }, 0).sentence).toBe('over its limit: 12/s dropped')
  })

  it('warns when an application has lost a connection', () => {
    expect(nodeView(consumerKind, {}, working, 1)).toEqual({ tone: 'warn', headline: '120/s', sentence: 'channel not connected', latency: null, strained: false })
  })

  it('shows nothing before the first figures', () => {
    expect(nodeView(consumerKind, {}, undefined, 0)).toEqual({ tone: 'idle', headline: '', sentence: null, latency: null, strained: false })
  })
})

describe('what a screen reader hears', () => {
  it('names the kind, the label, and its figures', () => {
    expect(nodeName(queueKind, 'history', waiting)).toBe('queue history, 1,284 ready, no consumers')
    expect(nodeName(queueKind, 'Queue 2', quiet)).toBe('Queue 2')
    expect(nodeName(consumerKind, 'worker 1', working)).toBe('consumer worker 1, processed 120 per second')
  })

  it('says how far the readers of a log are', () => {
    const cursor = (name: string, lag: number) => ({ of: 'group', name, next: 20 - lag, position: '', lag, pending: 0, consumers: 1 }) as const
    const log = { first: 0, next: 20, gone: 0, oldest: '0', newest: '20', looks: [], cursors: [cursor('audit', 12), cursor('billing', 0)], more: 0 }
    expect(nodeName(queueKind, 'orders', { ...quiet, log })).toBe('queue orders, group audit 12 behind, group billing up to date')
    expect(nodeName(queueKind, 'orders', { ...quiet, growing: true, log: { ...log, cursors: ['a', 'b', 'c', 'd', 'e'].map(name => cursor(name, 0)), more: 3 } })).toBe('queue orders, group a up to date, group b up to date, group c up to date, group d up to date, and 4 more, falling behind')
    expect(nodeView(queueKind, {}, { ...quiet, growing: true, log }, 0)).toMatchObject({ strained: true, sentence: 'audit falls behind: lag 12' })
  })

  it('says what is down and what is not simulated', () => {
    expect(nodeName(queueKind, 'history', { ...waiting, state: 'down', sinceNs: 61e9 })).toBe('queue history, down since 01:01.0')
    expect(nodeName(undefined, 'cache', undefined)).toBe('cache, kept, not simulated')
  })
})
