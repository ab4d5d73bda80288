import type { EarlierRun } from './figures.ts'

/** Whose run it is: only runs of one topology are compared. */
export interface RunIdentity {
  /** The document's id. */
  readonly of: string
  readonly seed: number
}

/** A whole run fits into so many samples: when they are full, every second one goes. */
const SAMPLES_MAX = 240
/** A glance is nothing to compare with. */
const SAMPLES_LEAST = 8
const RUNS_MAX = 5
/** Of big topologies one run is tens of megabytes: the last one alone is kept. */
const COLUMNS_MANY = 600

/** Thin records of the present run and of those before it, so that a change can be seen beside what was before. */
export class EarlierRuns {
  #present: RunIdentity | undefined
  #earlier: readonly EarlierRun[] = []
  #number = 1
  #timeNs: number[] = []
  #columns = new Map<string, number[]>()
  /** Of so many samples one is taken. */
  #stride = 1
  #skipped = 0

  earlier(): readonly EarlierRun[] {
    return this.#earlier
  }

  begin(next: RunIdentity): void {
    const { of, seed } = this.#present ?? next
    if (of !== next.of) {
      this.#earlier = []
      this.#number = 1
    } else if (this.#timeNs.length >= SAMPLES_LEAST) {
      const ended: EarlierRun = { number: this.#number, seed, timeNs: this.#timeNs, columns: this.#columns }
      this.#earlier = [ended, ...this.#earlier].slice(0, this.#columns.size > COLUMNS_MANY ? 1 : RUNS_MAX)
      this.#number += 1
    }
    this.#present = next
    this.#forget()
  }

  /** Takes the last value of each column. */
  sample(nowNs: number, columns: ReadonlyMap<string, readonly number[]>): void {
    // A frame of the run before may come after this one has begun.
    if (nowNs < (this.#timeNs.at(-1) ?? 0)) this.#forget()
    this.#skipped += 1
    if (this.#skipped < this.#stride) return
    this.#skipped = 0
    if (this.#timeNs.length >= SAMPLES_MAX) this.#thin()
    const samples = this.#timeNs.push(nowNs)
    for (const [key, values] of columns) {
      let kept = this.#columns.get(key)
      if (!kept) this.#columns.set(key, (kept = []))
      // What wasn't there for a while has no values of that time.
      while (kept.length < samples - 1) kept.push(NaN)
      kept.push(values.at(-1) ?? NaN)
    }
  }

  #thin(): void {
    const second = (values: readonly number[]): number[] => values.filter((_, n) => n % 2 === 0)
    this.#timeNs = second(this.#timeNs)
    for (const [key, values] of this.#columns) this.#columns.set(key, second(values))
    this.#stride *= 2
  }

  #forget(): void {
    this.#timeNs = []
    this.#columns = new Map()
    this.#stride = 1
    this.#skipped = 0
  }
}

/** Values of an earlier run at the times of another: on the straight line between its samples, NaN beyond its ends. `times` go up. */
export function valuesAt(run: Pick<EarlierRun, 'timeNs' | 'columns'>, key: string, times: readonly number[]): readonly number[] {
  const values = run.columns.get(key)
  const { timeNs } = run
  if (!values) return times.map(() => NaN)
  let next = 0
  return times.map(at => {
    while (next < timeNs.length && timeNs[next]! < at) next += 1
    const after = values[next] ?? NaN
    if (timeNs[next] === at) return after
    if (next === 0 || next >= timeNs.length) return NaN
    const before = values[next - 1] ?? NaN
    return before + ((after - before) * (at - timeNs[next - 1]!)) / (timeNs[next]! - timeNs[next - 1]!)
  })
}
