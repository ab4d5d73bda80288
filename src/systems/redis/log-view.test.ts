import { describe, expect, it } from 'vitest'
import { readSheet } from '../../cli/testing/read-sheet.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Channel, Config, TopologyNode } from '../../topology/document.ts'

/** Ten entries a second, the first after 100 ms; it is there 5 ms later. */
const producer = (config: Config = {}): TopologyNode => node('app.producer', 'p', { rate: 10, arrival: 'regular', body: '{n}', ...config })
const consumer = (id: string, ms: number): TopologyNode => node('app.consumer', id, { serviceTime: constant(ms) })
const line = (type: string, from: string, to: string, config: Config = {}): Channel => channel(type, from, to, { latency: constant(5), ...config })
const read = (to: string, config: Config = {}): Channel => line('redis.read', 's', to, { start: '0', ...config })
const scene = (consumers: TopologyNode[], reads: Channel[], { p, add }: { readonly p?: Config; readonly add?: Config } = {}): Scene =>
  new Scene([node('redis.server', 'r'), node('redis.stream', 's', {}, 'r'), producer(p), ...consumers], [line('redis.add', 'p', 's', add), ...reads])

describe('a stream as a log', () => {
  it('has a cursor for each group, where the next entry for it is, and what it counts as lag', () => {
    const one = scene([consumer('fast', 10), consumer('slow', 400)], [read('fast', { group: 'billing' }), read('slow', { group: 'audit' })], { p: { limit: 20 } })
    expect(readSheet(one, 's')).toEqual({ first: NaN, next: NaN, gone: NaN, newest: [], cursors: [] })
    const sheet = readSheet(one.until(2.35), 's')!
    expect({ ...sheet, cursors: [] }).toEqual({ first: 0, next: 20, gone: 0, ids: [{ major: 105, minor: 0 }, { major: 2005, minor: 0 }], newest: ['20', '19'], cursors: [] })
    const [audit, billing] = sheet.cursors
    expect(billing).toEqual({ of: 'group', name: 'billing', next: 20, lag: 0, pending: 0, consumers: 1, id: { major: 2005, minor: 0 } })
    // One every 410 ms: the sixth is given at 105 + 5 × 410 ms.
    expect(audit).toEqual({ of: 'group', name: 'audit', next: 6, lag: 14, pending: 1, consumers: 1, id: { major: 605, minor: 0 } })
    expect(one.probe('s', 'ready')).toBe(14)
  })

  it('keeps what a consumer had pending with its group, whoever claims it', () => {
    const one = scene([consumer('a', 60_000), consumer('b', 10)], [read('a', { group: 'g', count: 3 }), read('b', { group: 'g', claimIdle: 2000, claimEvery: 500 })], { p: { limit: 10 } }).until(1.5)
    const before = readSheet(one, 's')!.cursors
    expect(before).toMatchObject([{ next: 10, lag: 0, consumers: 2 }])
    expect(before[0]!.pending).toBeGreaterThan(0)
    one.fault('crash', 'a').until(8)
    expect(readSheet(one, 's')!.cursors).toMatchObject([{ name: 'g', next: 10, lag: 0, pending: 0, consumers: 2 }])
  })

  it('stands at the oldest entry when trimming took what it had yet to read, and still counts that as lag, as Redis does', () => {
    const one = scene([consumer('slow', 60_000)], [read('slow', { group: 'g' })], { p: { limit: 30 }, add: { trimming: '=', length: 10 } }).until(4)
    expect(readSheet(one, 's')).toMatchObject({ first: 20, next: 30, gone: 20, ids: [{ major: 2105, minor: 0 }, { major: 3005, minor: 0 }], cursors: [{ next: 20, lag: 29, pending: 1 }] })
  })

  it('shows readers without a group, each where its connection is', () => {
    const one = scene([consumer('tail', 10), consumer('late', 1000)], [read('tail', { command: 'XREAD' }), read('late', { command: 'XREAD' })], { p: { limit: 20 } }).until(2.2)
    expect(readSheet(one, 's')!.cursors).toEqual([
      { of: 'reader', name: 'late', next: 3, lag: 17, pending: 0, consumers: 1, id: { major: 305, minor: 0 } },
      { of: 'reader', name: 'tail', next: 20, lag: 0, pending: 0, consumers: 1, id: { major: 2005, minor: 0 } },
    ])
    one.fault('crash', 'late')
    expect(readSheet(one.until(2.3), 's')!.cursors.map(({ name }) => name)).toEqual(['tail'])
  })

  it('is not what a list or a channel is', () => {
    const one = new Scene([node('redis.server', 'r'), node('redis.list', 'l', {}, 'r'), node('redis.channel', 'c', {}, 'r')], [])
    expect([readSheet(one, 'l'), readSheet(one, 'c')]).toEqual([null, null])
  })
})
