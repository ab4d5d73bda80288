import { describe, expect, it } from 'vitest'
import { arrivalPicture, BINS } from './arrival-picture.ts'

const second = 1e9

describe('the picture of arrivals', () => {
  it('shows forty gaps of a steady stream with its rate and how its gaps vary', () => {
    const picture = arrivalPicture({ arrival: 'regular', rate: 2, batchSize: 1 }, [0.5, 1, 1.5, 2].map(at => at * second))!
    expect(picture).toMatchObject({ spanNs: 20 * second, line: [[0, 2], [1, 2]], ticks: [0.025, 0.05, 0.075, 0.1], perSecond: 2, gapScv: 0 })
    expect(['poisson', 'uniform', 'steady', 'bursts'].map(arrival => arrivalPicture({ arrival, rate: 1 }, [])!.gapScv)).toEqual([1, expect.closeTo(1 / 3, 9), 0.25, 8])
  })

  it('counts what comes in batches, and follows a law of gaps', () => {
    expect(arrivalPicture({ arrival: 'law', gap: { law: 'erlang', mean: 250, shape: 4 }, batchSize: 5 }, [])).toMatchObject({ spanNs: 10 * second, perSecond: 20, gapScv: 0.25 })
  })

  it('rises with a ramp and stays there', () => {
    const picture = arrivalPicture({ arrival: 'ramp', rampFrom: 0, rampTo: 30, rampTime: 10_000 }, [1e9, 5e9])!
    expect(picture.spanNs).toBe(12 * second)
    expect(picture.line).toEqual([[0, 0], [10 / 12, 30], [1, 30]])
  })

  it('tells the mean of on and off, over three turns of it', () => {
    const picture = arrivalPicture({ arrival: 'on-off', onRate: 20, onTime: { law: 'exponential', mean: 1000 }, offTime: { law: 'constant', value: 4000 } }, [])!
    expect([picture.spanNs, picture.perSecond]).toEqual([15 * second, 4])
  })

  it('takes given times as they are, and an example no further than it goes', () => {
    const given = arrivalPicture({ arrival: 'schedule' }, [1, 2, 3, 20].map(at => at * second))!
    expect([given.spanNs, given.line, given.bars.reduce((sum, bar) => sum + bar, 0)]).toEqual([21 * second, [], (4 * BINS) / 21])
    expect(given.gapScv).toBeGreaterThan(1)
    const cut = arrivalPicture({ arrival: 'poisson', rate: 1 }, [1e9, 20e9], 2)!
    expect([cut.bars[0]! > 0, cut.bars.at(-1)]).toEqual([true, NaN])
  })

  it('is none where nothing comes', () => {
    expect(arrivalPicture({ arrival: 'poisson', rate: 0 }, [])).toBeNull()
    expect(arrivalPicture({ arrival: 'trace' }, [])).toBeNull()
  })
})
