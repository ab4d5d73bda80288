import { describe, expect, it } from 'vitest'
import { catalogue } from '../../worker/catalogue.ts'
import { measureCase, verdict } from './measure.ts'
import { build } from './models.ts'

const light = { id: 'light', model: 'M/M/1', params: { arrivalRate: 50, serviceRate: 100 } }
const quick = { precision: 0.05, seed: 1 }
const first = { precise: true, confidence: 0.99 } as const

describe('validation', () => {
  it('passes what is inside its interval or within half a percent, and nothing that is too wide to tell', () => {
    expect(verdict(100, { mean: 101, halfWidth: 1.5 }, first)).toEqual({ passed: true })
    expect(verdict(100, { mean: 100.4, halfWidth: 0.1 }, first)).toEqual({ passed: true })
    expect(verdict(100, { mean: 102, halfWidth: 1.5 }, first)).toEqual({ passed: false })
    expect(verdict(100, { mean: 100, halfWidth: 60 }, { precise: false, confidence: 0.99 })).toEqual({ passed: false, says: 'too wide to tell' })
  })

  it('at the second look only the interval counts', () => {
    expect(verdict(100, { mean: 100.4, halfWidth: 0.1 }, { precise: true, confidence: 0.999 })).toEqual({ passed: false })
  })

  it('fails on a wrong exact value, and holds Little’s law at every queue and consumer', () => {
    const right = measureCase({ ...light, exact: { utilization: 0.5 } }, quick)
    const wrong = measureCase({ ...light, exact: { utilization: 0.51 } }, quick)
    expect([right.measured[0]!.passed, wrong.measured[0]!.passed]).toEqual([true, false])
    expect(right.little.map(check => [check.node, check.what, check.passed])).toEqual([['queue-0', 'waiting', true], ['worker-0-0', 'in work', true]])
  })

  it('fails on a metric it can’t measure instead of leaving it out', () => {
    const { measured } = measureCase({ ...light, exact: { utilization: 0.5, happiness: 1 } }, quick)
    expect(measured.map(metric => [metric.metric, metric.passed])).toEqual([['utilization', true], ['happiness', false]])
  })

  it('takes batches of any size, and any law of service', () => {
    const batches = build({ id: 'b', model: 'M^[7]/M/1', params: { batchRate: 3, batchSize: 7, serviceRate: 100 }, exact: {} }, 1, catalogue())
    expect(typeof batches === 'string' ? batches : batches.topology.nodes.find(node => node.id === 'producer-0')!.config).toMatchObject({ rate: 21, batchSize: 7 })
    const general = build({ id: 'g', model: 'M/G/1', params: { arrivalRate: 3, service: { law: 'uniform', min: 0.001, max: 0.003 } }, exact: {} }, 1, catalogue())
    expect(typeof general === 'string' ? general : general.stations[0]!.service).toEqual({ law: 'uniform', min: 1, max: 3 })
  })

  it('names the part that a model waits for', () => {
    expect(build({ id: 'x', model: 'M/M/1/K', params: {}, exact: {} }, 1, { ...catalogue(), node: () => undefined })).toBe('the field maxLength of amqp.queue, the field overflow of amqp.queue')
  })

  it('is as quick where times of service don’t vary: the rounding of 30 ms is no control', () => {
    const { measured, messages } = measureCase({ id: 'd', model: 'M/D/1', params: { arrivalRate: 30, serviceTime: 0.03 }, exact: { meanWait: 0.135 } }, quick)
    expect([measured[0]!.passed, messages < 600_000]).toEqual([true, true])
  }, 60_000)
})
