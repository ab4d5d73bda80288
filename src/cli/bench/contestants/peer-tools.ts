import { randomStream, type RandomStream } from '../../../kernel/random.ts'
import { Histogram } from '../../../stats/histogram.ts'

/** What the peers' contestants share: our streams and histograms, so that only what is compared differs. Times in units. */
const SCALE = 1e7

/** A histogram of times in units. */
export class UnitHistogram {
  readonly #histogram = new Histogram()

  record(units: number): void {
    this.#histogram.record(units * SCALE)
  }
  mean(): number {
    return this.#histogram.mean() / SCALE
  }
  p99(): number {
    return this.#histogram.percentile(0.99) / SCALE
  }
}

export function stream(seed: number, name: string): RandomStream {
  return randomStream(seed, name)
}

interface Event<T> {
  time: number
  order: number
  what: T
}

/** An event loop as one writes it in JavaScript: a binary heap of objects. */
export class Loop<T> {
  readonly #heap: Event<T>[] = []
  #order = 0
  now = 0
  taken = 0

  schedule(delay: number, what: T): void {
    const event = { time: this.now + delay, order: (this.#order += 1), what }
    const heap = this.#heap
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(event, heap[parent]!)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = event
  }

  take(): T {
    const heap = this.#heap
    const first = heap[0]!
    const last = heap.pop()!
    this.taken += 1
    this.now = first.time
    if (heap.length === 0) return first.what
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1
      if (before(last, heap[child]!)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return first.what
  }
}

function before(a: Event<unknown>, b: Event<unknown>): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order)
}
