import { describe, expect, it } from 'vitest'
import { FIGURES_HEAD, HEAD_NOW_NS, LEVEL_AREA, LEVEL_MEAN, PROBE_SLOTS } from '../contract/figures.ts'
import { RateWindow } from './rate-window.ts'

const AT = FIGURES_HEAD

function rates(counts: readonly (readonly [seconds: number, count: number])[]): readonly number[] {
  const window = new RateWindow()
  return counts.map(([seconds, count]) => {
    const frame = new Float64Array(FIGURES_HEAD + 1)
    frame[HEAD_NOW_NS] = seconds * 1e9
    frame[AT] = count
    window.push(frame)
    return window.rate(AT)
  })
}

describe('rates at the beginning of a run', () => {
  it('are of a second at least while little has come: the first message is no spike', () => {
    // Two a second: one after 40 ms, the next after 540.
    expect(rates([[0, 0], [0.04, 1], [0.1, 1], [0.54, 2], [1, 2], [2, 4]])).toEqual([0, 1, 1, 2, 2, 2])
  })

  it('are known at once where much has come', () => {
    expect(rates([[0, 0], [0.1, 100], [0.2, 200]])).toEqual([0, 1000, 1000])
  })
})

it('the mean of a level is that of the last two seconds, also of a node that came while the run went on', () => {
  const window = new RateWindow()
  // It came after 10 s, idled for one, and has been busy since.
  const means = [10, 11, 12, 13, 14].map(seconds => {
    const frame = new Float64Array(FIGURES_HEAD + PROBE_SLOTS.level)
    const busyNs = Math.max(0, seconds - 11) * 1e9
    frame[HEAD_NOW_NS] = seconds * 1e9
    frame[AT + LEVEL_AREA] = busyNs
    frame[AT + LEVEL_MEAN] = seconds > 10 ? busyNs / ((seconds - 10) * 1e9) : 0
    window.push(frame)
    return window.levelMean(AT)
  })
  expect(means).toEqual([0, 0, 0.5, 1, 1])
})
