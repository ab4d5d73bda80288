import { describe, expect, it } from 'vitest'
import { measureCase, verdict } from './measure.ts'
import { build } from './models.ts'

const light = { id: 'light', model: 'M/M/1', params: { arrivalRate: 50, serviceRate: 100 } }

describe('validation', () => {
  it('passes what is inside its interval or within half a percent, and nothing that is too wide to tell', () => {
    expect(verdict(100, { mean: 101, halfWidth: 1.5 }, true)).toEqual({ passed: true })
    expect(verdict(100, { mean: 100.4, halfWidth: 0.1 }, true)).toEqual({ passed: true })
    expect(verdict(100, { mean: 102, halfWidth: 1.5 }, true)).toEqual({ passed: false })
    expect(verdict(100, { mean: 100, halfWidth: 60 }, false)).toEqual({ passed: false, says: 'too wide to tell' })
  })

  it('fails on a wrong exact value', () => {
    const right = measureCase({ ...light, exact: { utilization: 0.5 } }, 0.05)
    const wrong = measureCase({ ...light, exact: { utilization: 0.56 } }, 0.05)
    expect([right.measured[0]!.passed, wrong.measured[0]!.passed]).toEqual([true, false])
  })

  it('fails on a metric it can’t measure instead of leaving it out', () => {
    const { measured } = measureCase({ ...light, exact: { utilization: 0.5, happiness: 1 } }, 0.05)
    expect(measured.map(metric => [metric.metric, metric.passed])).toEqual([['utilization', true], ['happiness', false]])
  })

  it('takes batches of any size', () => {
    const built = build({ id: 'b', model: 'M^[7]/M/1', params: { batchRate: 3, batchSize: 7, serviceRate: 100 }, exact: {} }, 1)
    expect(typeof built === 'string' ? built : built.topology.nodes[0]!.config).toMatchObject({ rate: 21, batchSize: 7 })
  })
})
