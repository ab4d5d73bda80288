import { describe, expect, it } from 'vitest'
import { nextAsk } from './range.ts'
import { momentText, newest, panned, readMoment, stretchFor, ticksOf, zoomed } from './time.ts'

describe('the time axis', () => {
  it('has ticks at round moments, not too many', () => {
    expect(ticksOf({ fromNs: 1.04e9, toNs: 2e9 }, 5)).toEqual([1.2e9, 1.4e9, 1.6e9, 1.8e9, 2e9])
    expect(ticksOf({ fromNs: 0, toNs: 1000 }, 4)).toEqual([0, 500, 1000])
  })

  it('writes a moment with the digits that its neighbours need', () => {
    expect([momentText(61.25e9, 1e9), momentText(61.25e9, 1e8), momentText(61.250013e9, 1e4), momentText(1_000_000_007, 10)]).toEqual(['01:01', '01:01.250', '01:01.250\u202f013', '00:01.000\u202f000\u202f007'])
  })

  it('reads a moment as people write it', () => {
    expect(['12.5', ' 1:02.5 ', '1:00:00', '00:01.250', '7.'].map(readMoment)).toEqual([12.5e9, 62.5e9, 3600e9, 1.25e9, 7e9])
    expect(['', 'soon', '1.5:00', '-3', '1:2:3:4', '1e3'].map(readMoment)).toEqual([null, null, null, null, null, null])
  })

  it('zooms around a moment that stays, within the run', () => {
    const view = { fromNs: 4e9, toNs: 8e9 }
    expect(zoomed(view, { by: 2, aroundNs: 5e9, nowNs: 1e10 })).toEqual({ fromNs: 4.5e9, toNs: 6.5e9 })
    expect(zoomed(view, { by: 0.5, aroundNs: 5e9, nowNs: 1e10 })).toEqual({ fromNs: 2e9, toNs: 1e10 })
    expect(zoomed(view, { by: 0.01, aroundNs: 5e9, nowNs: 1e10 })).toEqual({ fromNs: 0, toNs: 1e10 })
    expect(zoomed({ fromNs: 0, toNs: 1000 }, { by: 10, aroundNs: 0, nowNs: 1e10 })).toEqual({ fromNs: 0, toNs: 1000 })
  })

  it('moves within the run and keeps its length', () => {
    expect(panned({ fromNs: 4e9, toNs: 8e9 }, { byNs: 5e9, nowNs: 1e10 })).toEqual({ fromNs: 6e9, toNs: 1e10 })
    expect(panned({ fromNs: 4e9, toNs: 8e9 }, { byNs: -5e9, nowNs: 1e10 })).toEqual({ fromNs: 0, toNs: 4e9 })
    expect([newest(1e9, 5e9), newest(1e9, 1e8)]).toEqual([{ fromNs: 4e9, toNs: 5e9 }, { fromNs: 0, toNs: 1e9 }])
  })

  it('begins with a stretch in which some dozens cross', () => {
    expect([stretchFor(40, 40), stretchFor(21, 40), stretchFor(1e6, 40), stretchFor(0, 40), stretchFor(0.01, 40)]).toEqual([1e9, 2e9, 1e6, 1e10, 1e11])
  })
})

describe('what is asked for', () => {
  const at = { view: { fromNs: 4e9, toNs: 6e9 }, follow: false, spanNs: 2e9, nowNs: 1e10, asked: null, busy: false, toldFromNs: 0 }
  it('is more than is seen, so that moving on finds something', () => {
    expect(nextAsk(at)).toEqual({ fromNs: 3e9, toNs: 7e9 })
    expect(nextAsk({ ...at, asked: { fromNs: 3e9, toNs: 7e9 } })).toBeNull()
    expect(nextAsk({ ...at, asked: { fromNs: 4.1e9, toNs: 7e9 }, busy: true })).toEqual({ fromNs: 3e9, toNs: 7e9 })
    expect(nextAsk({ ...at, asked: { fromNs: 3e9, toNs: 5e9 }, busy: true }), 'its beginning is on the way').toBeNull()
    expect(nextAsk({ ...at, view: { fromNs: 9.5e9, toNs: 11e9 } })).toEqual({ fromNs: 9.25e9, toNs: 1e10 })
  })

  it('is just what is seen where there was too much to tell around it, and then nothing more', () => {
    const wide = { fromNs: 3e9, toNs: 7e9 }
    expect(nextAsk({ ...at, asked: wide, toldFromNs: 5e9 })).toEqual(at.view)
    expect(nextAsk({ ...at, asked: at.view, toldFromNs: 5e9 })).toBeNull()
    expect(nextAsk({ ...at, asked: wide, toldFromNs: 5e9, busy: true })).toBeNull()
  })

  it('comes one after the other where the view goes along with the run', () => {
    const along = { ...at, follow: true, spanNs: 1e9, view: { fromNs: 8e9, toNs: 9e9 } }
    expect(nextAsk(along)).toEqual({ fromNs: 9e9, toNs: 1e10 })
    expect(nextAsk({ ...along, asked: along.view, busy: true })).toBeNull()
    expect(nextAsk({ ...along, asked: { fromNs: 9e9, toNs: 1e10 } })).toBeNull()
    expect(nextAsk({ ...along, nowNs: 5e8, asked: { fromNs: 0, toNs: 4e8 } })).toEqual({ fromNs: 0, toNs: 5e8 })
  })
})
