import { describe, expect, it } from 'vitest'
import type { Topology } from '../topology/document.ts'
import { chartsFor, highest, linesOf, newest, plotted, seriesOf } from './chart-series.ts'

const topology: Topology = { format: 1, title: '', seed: 1, channels: [], nodes: ['a', 'b', 'c'].map(id => ({ id, type: 'x', label: id.toUpperCase(), at: { x: 0, y: 0 }, config: {} })) }
const columns = new Map<string, readonly number[]>([
  ['a/p50', [1, 2]],
  ['a/p95', [3, 4]],
  ['a/p99', [5, 6]],
  ['b/p99', [9, NaN]],
  ['c/p99', [NaN, NaN]],
])
const latency = chartsFor('p99')[2]!

it('the grid of a chart has no line at half a message, nor two that are written alike', () => {
  const [, depth, , utilization] = chartsFor('p99')
  expect(depth!.steps!.every(step => Number.isInteger(step))).toBe(true)
  for (const step of utilization!.steps!) expect(utilization!.text(step)).toBe(`${Math.round(step * 1000) / 10} %`)
  expect(chartsFor('p99')[2]!.text(0)).toBe('0 s')
})

describe('lines of a chart', () => {
  it('are the chosen percentile of everybody, in the order of the topology; nothing of whom nothing is known', () => {
    expect(seriesOf(latency, topology, { columns }).map(({ label, values }) => [label, values])).toEqual([['A', [5, 6]], ['B', [9, NaN]]])
    expect(seriesOf(chartsFor('p50')[2]!, topology, { columns }).map(one => one.label)).toEqual(['A'])
  })

  it('are all percentiles of a node that is looked at alone', () => {
    const all = seriesOf(latency, topology, { columns })
    expect(linesOf(latency, all, { columns }, 'a').map(({ label, values, place }) => [label, values, place])).toEqual([['A p50', [1, 2], 0], ['A p95', [3, 4], 1], ['A p99', [5, 6], 2]])
    expect(linesOf(latency, all, { columns }, 'gone')).toBe(all)
  })

  it('are compared at the times of the present run; before there are any, over the time of the earlier', () => {
    const earlier = { number: 1, seed: 1, timeNs: [0, 4], columns: new Map([['a/p99', [0, 8]]]) }
    const [line] = seriesOf(latency, topology, { columns })
    expect(plotted([line!], [0, 1], earlier)).toEqual({ timeNs: [0, 1], now: [[5, 6]], before: [[0, 2]] })
    expect(plotted([line!], [0], earlier)).toEqual({ timeNs: [0, 4], now: [[NaN, NaN]], before: [[0, 8]] })
    expect(plotted([line!], [0, 1], undefined).before).toEqual([])
  })

  it('are the highest where they are too many, and the highest of their values stands for them', () => {
    const many = { ...topology, nodes: Array.from({ length: 9 }, (_, n) => ({ ...topology.nodes[0]!, id: `n${n}`, label: `N${n}` })) }
    const shown = seriesOf(latency, many, { columns: new Map(many.nodes.map(({ id }, n) => [`${id}/p99`, [n === 1 ? 100 : n]])) })
    expect(shown.map(one => one.label)).toEqual(['N1', 'N4', 'N5', 'N6', 'N7', 'N8'])
    expect([highest([NaN, 3, 7, 5]), highest([NaN]), highest([])]).toEqual([7, NaN, NaN])
  })

  it('have a colour each, that of their node where it is free', () => {
    const many = { ...topology, nodes: Array.from({ length: 11 }, (_, n) => ({ ...topology.nodes[0]!, id: `n${n}`, label: `N${n}` })) }
    const shown = seriesOf(latency, many, { columns: new Map([0, 2, 8, 9, 10].map(n => [`n${n}/p99`, [1]])) })
    expect(shown.map(({ label, colour }) => [label, colour])).toEqual([['N0', 0], ['N2', 2], ['N8', 1], ['N9', 3], ['N10', 4]])
  })

  it('have a newest value, however quiet the last moment was', () => {
    expect([newest([1, 2, NaN]), newest([])]).toEqual([2, NaN])
  })
})
