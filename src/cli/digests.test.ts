import { describe, expect, it } from 'vitest'
import { figuresLayout, writeFigures } from '../engine/figures.ts'
import { HopSink } from '../engine/hop-sink.ts'
import { describeNode } from '../engine/inspect.ts'
import { createRun, type Run } from '../engine/run.ts'
import { summarize } from '../engine/summary.ts'
import { randomStream } from '../kernel/random.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { randomTopology } from './testing/random-topology.ts'

/** A run is a function of topology, seed and journal: neither how it is sliced nor who looks on changes a fact. */
const KINDS = catalogue()
const MODELS = models()
const UNTIL_NS = 0.6e9
/** `RANDOM_RUNS=500 npx vitest run src/cli/digests` looks further. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 12)

function start(seed: number): Run {
  return createRun({ topology: randomTopology(randomStream(seed, 'digests'), seed), catalogue: KINDS, models: MODELS })
}

type Advance = (run: Run, untilNs: number, seed: number) => void
const SLICINGS: Readonly<Record<string, Advance>> = {
  'in one go': (run, untilNs) => void run.advance(untilNs),
  'an event at a time': (run, untilNs) => {
    while (run.advance(untilNs, 1) === 'budget');
  },
  'in budgets of 7': (run, untilNs) => {
    while (run.advance(untilNs, 7) === 'budget');
  },
  'in stretches of time': (run, untilNs) => {
    const random = randomStream(run.core.seed, 'slices')
    while (run.nowNs < untilNs) run.advance(Math.min(untilNs, run.nowNs + 1 + random.integer(5e6)))
  },
  'in both, mixed': (run, untilNs) => {
    const random = randomStream(run.core.seed, 'mixed')
    while (run.nowNs < untilNs || run.advance(untilNs, 1) === 'budget') run.advance(Math.min(untilNs, run.nowNs + random.integer(2e6)), 1 + random.integer(50))
  },
}

/** Everything that a page does while it watches: pulls figures, gets hops, inspects nodes, looks at the trace. */
function watched(advance: Advance): Advance {
  return (run, untilNs, seed) => {
    const sink = new HopSink(() => undefined)
    run.core.hops = sink
    const layout = figuresLayout(run, 1)
    const figures = new Float64Array(layout.length)
    for (let part = 1; part <= 20; part += 1) {
      advance(run, Math.floor((untilNs * part) / 20), seed)
      sink.flush()
      writeFigures(run, layout, { running: true, speedReached: 1, eventsPerSecond: 1 }, figures)
      for (const id of run.parts.nodes.keys()) describeNode(run, id, { from: 0, limit: 5 })
      run.core.trace.newest(10, () => true)
      summarize(run)
    }
  }
}

describe('the digest', () => {
  it.each(Array.from({ length: RUNS }, (_, n) => n + 1))('of random topology %i is the same in any slices, watched or not', seed => {
    const whole = start(seed)
    whole.advance(UNTIL_NS)
    const expected = { digest: whole.digest(), events: whole.events, ledger: whole.ledger() }
    for (const [name, advance] of Object.entries(SLICINGS)) {
      for (const way of [advance, watched(advance)]) {
        const run = start(seed)
        way(run, UNTIL_NS, seed)
        expect({ digest: run.digest(), events: run.events, ledger: run.ledger() }, `${name}${way === advance ? '' : ', watched'}`).toEqual(expected)
      }
    }
  })

  it('differs for another seed', () => {
    const [one, other] = [1, 2].map(seed => {
      const run = createRun({ topology: { ...randomTopology(randomStream(3, 'digests'), seed) }, catalogue: KINDS, models: MODELS })
      run.advance(UNTIL_NS)
      return run.digest()
    })
    expect(one).not.toBe(other)
  })
})
