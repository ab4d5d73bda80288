import { describe, expect, it } from 'vitest'
import { CANVAS_LEAST, heightByKey, heightWithin, PANE_HEIGHT_LEAST, readHeight } from './pane-height.ts'

describe('the height of what is open below the canvas', () => {
  it('leaves room for the tabs and for the canvas, for the tabs first', () => {
    expect(heightWithin(300.4, 800)).toBe(300)
    expect(heightWithin(10, 800)).toBe(PANE_HEIGHT_LEAST)
    expect(heightWithin(790, 800)).toBe(800 - CANVAS_LEAST)
    expect(heightWithin(790, 200)).toBe(PANE_HEIGHT_LEAST)
  })

  it('is changed by keys: a little, a lot, as far as it goes, back to what the page gives', () => {
    const at = { now: 300, room: 800 }
    expect(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'Enter', 'a'].map(key => heightByKey(key, at))).toEqual([316, 284, 396, 204, PANE_HEIGHT_LEAST, 800 - CANVAS_LEAST, null, undefined])
  })

  it('is remembered only as something that could have been chosen', () => {
    expect([null, '', '12', '300', '300.5', 'high'].map(readHeight)).toEqual([null, null, null, 300, null, null])
  })
})
