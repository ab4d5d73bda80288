import { describe, expect, it } from 'vitest'
import { expectRepeats, play, type RandomStory } from './testing/random-story.ts'
import { randomInput, randomTopology } from './testing/random-topology.ts'

/**
 * Random topologies, loads, faults and live edits: whatever happens, the ledger balances after every event and history repeats itself.
 * `RANDOM_RUNS=5000 npx vitest run src/cli/random-runs` looks further.
 */
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 40)

const STORY: RandomStory = { stream: 'story', topology: randomTopology, input: randomInput, inputs: 12, gapNs: 2e7 }

describe('random runs', () => {
  const seeds = Array.from({ length: RUNS }, (_, n) => n + 1)

  it.each(seeds)('seed %i: the ledger balances after every event', seed => {
    const run = play(STORY, seed, true)
    expect(run.events).toBeGreaterThan(10)
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: the journal replays to the same digest, sliced differently, with the machine and without', seed => {
    expectRepeats(STORY, seed)
  })

  it.each(seeds.slice(0, Math.max(15, RUNS / 4)))('seed %i: no consumer ever holds more than its prefetch, no message is in a queue twice', seed => {
    const run = play(STORY, seed, false)
    for (const [id, node] of run.parts.nodes) {
      if (node.type !== 'amqp.queue') continue
      const contents: number[] = []
      run.system(id)?.contents(node, contents, 0, 1e6)
      expect(new Set(contents).size).toBe(contents.length)
    }
  })
})
