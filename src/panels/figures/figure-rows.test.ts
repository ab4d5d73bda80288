import { describe, expect, it } from 'vitest'
import type { NodeFigures } from '../../app/figures.ts'
import { NO_LEDGER } from '../../app/figures-feed.ts'
import type { Topology } from '../../topology/document.ts'
import { catalogue } from '../../worker/catalogue.ts'
import { figureRows, figuresCsv, type FigureRow } from './figure-rows.ts'

const at = { x: 0, y: 0 }
const topology: Topology = {
  format: 1,
  title: '',
  seed: 1,
  nodes: [{ id: 'p', type: 'app.producer', label: 'shop, "north"', at, config: {} }, { id: 'note', type: 'note.comment', label: 'a note', at, config: {} }],
  channels: [{ id: 'c', type: 'amqp.publish', from: 'p', to: 'x', config: {} }],
}
const node: NodeFigures = { state: 'up', sinceNs: 0, ledger: { ...NO_LEDGER, published: 7, discarded: [1, 2] }, tubeCount: 0, tube: [], probes: { sent: { kind: 'counter', total: 7, rate: 2.5 } }, inRate: 0, outRate: 0, growing: false, overflowRate: 0 }
const source = { node: (id: string) => (id === 'p' ? node : undefined), channel: () => ({ state: 'open' as const, sinceNs: 0, rate: 2, inFlight: 1, total: 7, lost: 0, resent: 0 }) }

describe('rows of figures', () => {
  const rows = figureRows(catalogue(), topology, source)
  const row = (figure: string): FigureRow => rows.find(one => one.figure === figure)!

  it('tell what a kind declares, the ledger, and what channels carry', () => {
    expect(row('Sent')).toMatchObject({ part: 'shop, "north"', kind: 'Producer', unit: 'messages', total: 7, perSecond: 2.5, now: null })
    expect(row('Ledger: published').total).toBe(7)
    expect(row('Ledger: discarded').total).toBe(3)
    expect(row('Carried')).toMatchObject({ part: 'shop, "north" → x', total: 7, perSecond: 2 })
    expect(new Set(rows.map(one => one.id)).size).toBe(rows.length)
  })

  it('tell how far each reader of a log is', () => {
    const log = { first: 0, next: 9, gone: 0, oldest: '0', newest: '9', looks: [], cursors: [{ of: 'group', name: 'billing', next: 4, position: '4', lag: 5, pending: 2, consumers: 1 }], more: 0 } as const
    const told = figureRows(catalogue(), topology, { ...source, node: id => (id === 'p' ? { ...node, log } : undefined) })
    expect(told.filter(one => one.figure.startsWith('Group')).map(({ figure, now }) => [figure, now])).toEqual([['Group billing: lag', 5], ['Group billing: pending', 2]])
  })

  it('become a table that any program reads', () => {
    const csv = figuresCsv([row('Sent'), { ...row('Sent'), part: '=1+1' }], 1.5e9)
    expect(csv.split('\r\n')).toEqual([
      'at_s,part,kind,figure,unit,now,total,per_second,mean,most,p50,p95,p99',
      '1.5,"shop, ""north""",Producer,Sent,messages,,7,2.5,,,,,',
      "1.5,'=1+1,Producer,Sent,messages,,7,2.5,,,,,",
      '',
    ])
  })
})
