import { describe, expect, it } from 'vitest'
import { EarlierRuns, valuesAt } from './earlier-runs.ts'

function run(runs: EarlierRuns, samples: number, height = 1): void {
  const column: number[] = []
  const columns = new Map([['q/depth', column]])
  for (let n = 0; n < samples; n += 1) {
    column.push(n * height)
    runs.sample(n * 1e8, columns)
  }
}

describe('earlier runs', () => {
  it('are kept from the newest back, of one topology, whatever their seed', () => {
    const runs = new EarlierRuns()
    runs.begin({ of: 'a', seed: 1 })
    run(runs, 20)
    runs.begin({ of: 'a', seed: 2 })
    run(runs, 30, 5)
    runs.begin({ of: 'a', seed: 2 })
    expect(runs.earlier().map(({ number, seed, timeNs }) => [number, seed, timeNs.length])).toEqual([[2, 2, 30], [1, 1, 20]])
    run(runs, 30)
    runs.begin({ of: 'b', seed: 2 })
    expect(runs.earlier()).toEqual([])
  })

  it('keep no mere glances, and no more than five', () => {
    const runs = new EarlierRuns()
    runs.begin({ of: 'a', seed: 1 })
    run(runs, 3)
    runs.begin({ of: 'a', seed: 1 })
    expect(runs.earlier()).toEqual([])
    for (let n = 0; n < 7; n += 1) {
      run(runs, 10)
      runs.begin({ of: 'a', seed: 1 })
    }
    expect(runs.earlier().map(one => one.number)).toEqual([7, 6, 5, 4, 3])
  })

  it('span the whole run with ever fewer samples', () => {
    const runs = new EarlierRuns()
    runs.begin({ of: 'a', seed: 1 })
    run(runs, 5000)
    runs.begin({ of: 'a', seed: 1 })
    const [{ timeNs, columns } = { timeNs: [], columns: new Map<string, readonly number[]>() }] = runs.earlier()
    expect(timeNs.length).toBeLessThanOrEqual(240)
    expect(timeNs.at(-1)).toBeGreaterThan(4900e8)
    expect(columns.get('q/depth')!.map(value => value * 1e8)).toEqual(timeNs)
  })
})

it('values of another run are read between its samples, and nowhere beyond', () => {
  const earlier = { timeNs: [0, 10, 20], columns: new Map([['k', [0, 10, 30]]]) }
  expect(valuesAt(earlier, 'k', [0, 5, 10, 15, 20, 25])).toEqual([0, 5, 10, 20, 30, NaN])
  expect(valuesAt(earlier, 'other', [1])).toEqual([NaN])
})
