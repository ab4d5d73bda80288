import { expect, test, vi } from 'vitest'
import * as F from '../contract/figures.ts'
import type { FiguresPull, FiguresPush } from '../worker/api.ts'
import { NO_LEDGER, PulledFigures } from './figures-feed.ts'

/** Enough nodes that the whole is pulled less often than ten times a second. */
const NODES = 2000
const BLOCK = F.NODE_PROBES + F.PROBE_SLOTS.counter
const layout: F.FiguresLayout = {
  version: 1,
  length: F.FIGURES_HEAD + NODES * BLOCK,
  nodes: Array.from({ length: NODES }, (_, n) => {
    const offset = F.FIGURES_HEAD + n * BLOCK
    return { id: `n${n}`, type: 'app.producer', offset, probes: [{ id: 'sent', kind: 'counter', offset: offset + F.NODE_PROBES }] }
  }),
  channels: [],
  ways: [],
}

/** A worker in which every node has sent a hundred messages a second, and 2 × its number. */
function setUp() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const asked: FiguresPull[] = []
  let told = false
  let nowNs = 0
  const port = {
    onmessage: null as ((event: { data: FiguresPush }) => void) | null,
    postMessage: (pull: FiguresPull) => {
      asked.push(pull)
      nowNs += 1e8
      const { seen } = pull
      const frame = new Float64Array(seen ? F.closeUpNumbers(layout, seen) : layout.length)
      frame[F.HEAD_NOW_NS] = nowNs
      const places = seen?.nodes ?? layout.nodes.map((_, place) => place)
      places.forEach((place, n) => (frame[F.FIGURES_HEAD + n * BLOCK + F.NODE_PROBES] = nowNs / 1e7 + 2 * place))
      port.onmessage!({ data: { kind: 'figures', buffer: frame.buffer, ledger: NO_LEDGER, marks: [], ...(seen ? { seen } : {}), ...(told ? {} : { layout }) } })
      told = true
    },
  }
  const nothing = (): void => undefined
  const figures = new PulledFigures(port as unknown as MessagePort, { onMarks: nothing, onLayout: nothing, onEnd: nothing, onTroubles: nothing, onHits: nothing })
  return { figures, asked }
}

test('what is looked at in a big topology has new figures ten times a second, and everything else a few times', () => {
  const { figures, asked } = setUp()
  const sent = (id: string): { total: number; rate: number } => {
    const probe = figures.node(id)!.probes['sent']!
    return probe.kind === 'counter' ? { total: probe.total, rate: Math.round(probe.rate) } : { total: NaN, rate: NaN }
  }
  const seen: { total: number; rate: number }[] = []
  figures.subscribe(() => seen.push(sent('n3')))
  figures.setRunning(true)
  vi.advanceTimersByTime(1000)
  figures.setRunning(false)
  expect(seen.map(({ total }) => total)).toEqual(Array.from({ length: 12 }, (_, n) => 10 * (n + 1) + 6))
  expect(seen.at(-1)!.rate).toBe(100)
  expect(asked.map(pull => pull.seen?.nodes ?? 'all')).toEqual(['all', [3], [3], [3], 'all', [3], [3], [3], 'all', [3], [3], 'all'])
  expect(sent('n1999')).toEqual({ total: 120 + 3998, rate: 100 })
})

test('nobody looks: nothing is pulled between whole frames', () => {
  const { figures, asked } = setUp()
  figures.setRunning(true)
  vi.advanceTimersByTime(1000)
  expect(asked.filter(pull => pull.seen)).toEqual([])
})
