import { describe, expect, it } from 'vitest'
import { createRun, type Run } from '../engine/run.ts'
import { randomStream } from '../kernel/random.ts'
import { applyEdits } from '../topology/edit.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { randomInput, randomTopology } from './testing/random-topology.ts'

/** Random topologies, loads, faults and live edits: whatever happens, the ledger balances after every event and history repeats itself. */
const KINDS = catalogue()
const MODELS = models()
const SECOND = 1e9
/** `RANDOM_RUNS=5000 npx vitest run src/cli/random-runs` looks further. */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 40)

/** Plays a random story; returns the run. */
function play(seed: number, check: boolean): Run {
  const random = randomStream(seed, 'story')
  const topology = randomTopology(random, seed)
  const run = createRun({ topology, catalogue: KINDS, models: MODELS, check })
  let present = topology
  for (let n = 0; n < 12; n += 1) {
    run.advance(run.nowNs + 0.02 * SECOND * (1 + random.uniform()))
    if (present.nodes.length === 0) break
    const input = randomInput(random, present)
    run.input(input)
    if (input.input === 'edit') present = applyEdits(present, input.edits).topology
  }
  run.advance(run.nowNs + 0.1 * SECOND)
  return run
}

describe('random runs', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    const run = play(seed, true)
    expect(run.events).toBeGreaterThan(10)
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently', seed => {
    const run = play(seed, false)
    const replay = createRun({ topology: randomTopology(randomStream(seed, 'story'), seed), catalogue: KINDS, models: MODELS, journal: run.journal })
    while (replay.advance(run.nowNs, 7) === 'budget');
    expect(replay.digest()).toBe(run.digest())
    expect(replay.ledger()).toEqual(run.ledger())
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: no consumer ever holds more than its prefetch, no message is in a queue twice', seed => {
    const run = play(seed, false)
    for (const [id, node] of run.parts.nodes) {
      if (node.type !== 'amqp.queue') continue
      const contents: number[] = []
      run.system(id)?.contents(node, contents, 0, 1e6)
      expect(new Set(contents).size).toBe(contents.length)
    }
  })
})
