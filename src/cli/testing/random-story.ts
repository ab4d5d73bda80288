import { expect } from 'vitest'
import type { LiveInput } from '../../contract/input.ts'
import { createRun, type Run } from '../../engine/run.ts'
import { randomStream, type RandomStream } from '../../kernel/random.ts'
import type { Topology } from '../../topology/document.ts'
import { applyEdits } from '../../topology/edit.ts'
import { catalogue, models } from '../../worker/catalogue.ts'

const KINDS = catalogue()
const MODELS = models()
/** A replay pauses after so few events: its slices are others than those of the story. */
const SLICE_EVENTS = 7
const ENDING_NS = 1e8

/** Stories that are drawn by lot: the same seed, the same story. */
export interface RandomStory {
  /** Name of the stream that they are drawn from. */
  readonly stream: string
  topology(random: RandomStream, seed: number): Topology
  /** What happens next to what is there. */
  input(random: RandomStream, present: Topology): LiveInput
  readonly inputs: number
  /** From one input to the next it takes once to twice as long. */
  readonly gapNs: number
}

/** Plays a story; `check` has the ledger checked after every event. */
export function play(story: RandomStory, seed: number, check: boolean): Run {
  const random = randomStream(seed, story.stream)
  let present = story.topology(random, seed)
  const run = createRun({ topology: present, catalogue: KINDS, models: MODELS, check })
  for (let n = 0; n < story.inputs; n += 1) {
    run.advance(run.nowNs + story.gapNs * (1 + random.uniform()))
    if (present.nodes.length === 0) break
    const input = story.input(random, present)
    run.input(input)
    if (input.input === 'edit') present = applyEdits(present, input.edits).topology
  }
  run.advance(run.nowNs + ENDING_NS)
  return run
}

/** The journal replays to the same digest, sliced differently, with the machine and without. */
export function expectSameAgain(run: Run, topology: Topology): void {
  for (const machineAfter of [Infinity, 0]) {
    const replay = createRun({ topology, catalogue: KINDS, models: MODELS, journal: run.journal, machineAfter })
    while (replay.advance(run.nowNs, SLICE_EVENTS) === 'budget');
    expect(replay.digest()).toBe(run.digest())
    expect(replay.ledger()).toEqual(run.ledger())
  }
}

/** The same for a story as it is played. */
export function expectRepeats(story: RandomStory, seed: number): void {
  expectSameAgain(play(story, seed, false), story.topology(randomStream(seed, story.stream), seed))
}
