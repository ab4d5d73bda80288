import { describe, expect, it } from 'vitest'
import { arrowsOf, frameOf, nsAt, yOf } from './frame.ts'
import { downSpans, lifelinesOf, workSpans } from './lifelines.ts'
import { pickArrow } from './pick.ts'
import { crossing, fact, MS, node, sequence } from './testing/sample.ts'

const LIFELINES = ['a', 'b', 'c'].map(id => ({ id, label: id, type: 'app.consumer', within: null }))
/** Time from 0 to 100 ms over 500 px, lifelines at 200, 400, 600. */
const FRAME = frameOf({ view: { fromNs: 0, toNs: 100 * MS }, lifelines: LIFELINES, width: 692, height: 548 })
const X = [...FRAME.columns.values()]

describe('lifelines', () => {
  const nodes = { right: node('right', 900), left: node('left', 0), below: { ...node('below', 300), at: { x: 300, y: 200 } }, above: node('above', 300), idle: node('idle', 50) }
  it('are those of nodes that something crossed to, as they stand on the canvas', () => {
    const told = sequence({ nodes, crossings: [crossing('right', 'left', 0, 1), crossing('below', 'above', 0, 1)] })
    expect(lifelinesOf(told, told).map(one => one.id)).toEqual(['left', 'above', 'below', 'right'])
  })

  it('are down from their crash, or that of their broker, to their coming back, or to the end', () => {
    const lines = [{ id: 'q', label: 'q', type: '', within: 'rabbit' }, { id: 'w', label: 'w', type: '', within: null }]
    const told = { fromNs: 0, toNs: 100 * MS, down: ['w'], facts: [fact('w', 'restarted', 10, null), fact('rabbit', 'crashed', 20, null), fact('rabbit', 'crashed', 25, null), fact('rabbit', 'restarted', 30, null), fact('w', 'crashed', 90, null)] }
    expect(downSpans(told, lines)).toEqual([
      { node: 'q', fromNs: 20 * MS, toNs: 30 * MS },
      { node: 'w', fromNs: 0, toNs: 10 * MS },
      { node: 'w', fromNs: 90 * MS, toNs: 100 * MS },
    ])
  })

  it('work from when it began to when it was done, failed, or is not over', () => {
    const facts = [fact('w', 'started', 1), fact('w', 'started', 2, 'shop#2'), fact('w', 'finished', 5), fact('w', 'failed', 6, 'shop#2'), fact('w', 'started', 7, 'shop#3'), fact('w', 'finished', 8, 'shop#9')]
    expect(workSpans({ facts, toNs: 10 * MS }).map(span => [span.fromNs / MS, span.toNs / MS])).toEqual([[1, 5], [2, 6], [7, 10]])
  })
})

describe('arrows', () => {
  it('are slanted true to scale: from when it departed to when it arrived', () => {
    expect(X).toEqual([184, 384, 584])
    expect(arrowsOf(FRAME, [crossing('a', 'c', 20, 60)])).toMatchObject([{ x1: 184, y1: 138, x2: 584, y2: 338, starts: true, ends: true, index: 0 }])
    expect([yOf(FRAME, 50 * MS), nsAt(FRAME, 288)]).toEqual([288, 50 * MS])
  })

  it('stop where it was lost, held, or is now', () => {
    const half = { dueNs: 40 * MS }
    expect(arrowsOf(FRAME, [crossing('a', 'b', 0, 20, { ...half, end: 'lost' }), crossing('a', 'b', 0, 20, { ...half, end: 'held' }), crossing('a', 'b', 80, 120, { end: 'flying' })]).map(({ x2, y2 }) => [x2, y2])).toEqual([[284, 138], [284, 138], [284, 538]])
    // Lost at the very end of its way: it does not touch the lifeline it never came to.
    expect(arrowsOf(FRAME, [crossing('a', 'b', 0, 20, { end: 'lost' })])[0]!.x2).toBe(184 + 0.88 * 200)
  })

  it('are clipped to what is seen, so that coordinates stay small; those out of sight and those without a lifeline are left out', () => {
    const near = frameOf({ view: { fromNs: 50 * MS, toNs: 50 * MS + 1000 }, lifelines: LIFELINES, width: 692, height: 548 })
    const [arrow] = arrowsOf(near, [crossing('a', 'c', 0, 100)])
    expect(arrow).toMatchObject({ starts: false, ends: false, y1: 26, y2: 560 })
    expect(Math.abs(arrow!.x1 - 384)).toBeLessThan(0.1)
    expect(arrowsOf(FRAME, [crossing('a', 'b', 200, 300), crossing('a', 'elsewhere', 1, 2)])).toEqual([])
  })

  it('are picked where they are near, the nearest first', () => {
    const arrows = arrowsOf(FRAME, [crossing('a', 'c', 0, 0), crossing('a', 'c', 2, 2), crossing('a', 'b', 0, 100)])
    expect(pickArrow(arrows, 500, 40)?.index).toBe(0)
    expect(pickArrow(arrows, 500, 47)?.index).toBe(1)
    expect(pickArrow(arrows, 284, 295)?.index).toBe(2)
    expect(pickArrow(arrows, 584, 300)).toBeNull()
  })

  it('have room: a narrow view is scrolled, not squeezed', () => {
    const many = Array.from({ length: 20 }, (_, n) => ({ id: String(n), label: '', type: '', within: null }))
    expect(frameOf({ view: FRAME.view, lifelines: many, width: 390, height: 400 }).width).toBe(84 + 20 * 86 + 8)
    expect(frameOf({ view: FRAME.view, lifelines: many, width: 250, height: 200, compact: true }).apart).toBe(34)
  })
})
