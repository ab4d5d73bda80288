import { expect, it } from 'vitest'
import * as F from '../contract/figures.ts'
import { RateWindow } from './rate-window.ts'
import { SeriesKeeper } from './series.ts'

/** Nodes that have nothing but a depth. */
function layoutOf(ids: readonly string[]): F.FiguresLayout {
  const size = F.NODE_PROBES + F.PROBE_SLOTS.level
  const nodes = ids.map((id, n) => {
    const offset = F.FIGURES_HEAD + n * size
    return { id, type: 'toy.queue', offset, probes: [{ id: 'ready', kind: 'level' as const, offset: offset + F.NODE_PROBES }] }
  })
  return { version: 1, length: F.FIGURES_HEAD + ids.length * size, nodes, channels: [], ways: [] }
}

function sampled(layout: F.FiguresLayout, samples: number, from = 0, into = { keeper: new SeriesKeeper(), window: new RateWindow() }) {
  into.keeper.relayout(layout)
  for (let n = from; n < from + samples; n += 1) {
    const frame = new Float64Array(layout.length)
    frame[F.HEAD_NOW_NS] = n * 1e8
    for (const node of layout.nodes) {
      frame[node.offset + F.NODE_LEDGER] = n * 2
      frame[node.probes[0]!.offset] = n
    }
    into.window.push(frame)
    into.keeper.sample(frame, into.window)
  }
  return into
}

it('keeps about the last three hundred samples of everything, all of one length', () => {
  const { timeNs, columns } = sampled(layoutOf(['a', 'b']), 1000).keeper.series()
  expect(timeNs.length).toBeGreaterThanOrEqual(300)
  expect(timeNs.length).toBeLessThan(340)
  for (const column of columns.values()) expect(column).toHaveLength(timeNs.length)
  expect([timeNs.at(-1), columns.get('b/depth')!.at(-1), columns.get('a/in')!.at(-1)]).toEqual([999e8, 999, 20])
})

it('what stays keeps its samples when parts come and go; what is new has none before', () => {
  const { keeper } = sampled(layoutOf(['c', 'b']), 1, 5, sampled(layoutOf(['a', 'b']), 5))
  const { columns } = keeper.series()
  expect(columns.get('b/depth')).toEqual([0, 1, 2, 3, 4, 5])
  expect(columns.get('c/depth')).toEqual([NaN, NaN, NaN, NaN, NaN, 5])
  expect(columns.has('a/depth')).toBe(false)
})

it('begins anew with a new run', () => {
  const { keeper } = sampled(layoutOf(['a']), 5)
  keeper.clear()
  expect([keeper.series().timeNs, keeper.series().columns.get('a/depth')]).toEqual([[], []])
})
