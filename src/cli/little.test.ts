import { describe, expect, it } from 'vitest'
import { COPY_STATES } from '../contract/ledger.ts'
import { createRun, type Run } from '../engine/run.ts'
import { randomStream } from '../kernel/random.ts'
import { applyEdits } from '../topology/edit.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { randomInput, randomTopology } from './testing/random-topology.ts'

/**
 * Little's law in its exact form, at every node and in every state that copies pass through: the integral over time of how many a node's ledger counts
 * there is the sum of how long each copy was there by its own record, those still there included. The audit listens to the message table, which the machine
 * does not ask.
 */
const KINDS = catalogue()
const MODELS = models()
const RUNS = Number(process.env['RANDOM_RUNS'] ?? 25)
const STATES = COPY_STATES.length + 1
const ENDED = [4, 6]

class Audit {
  readonly #run: Run
  /** By address of a ledger: integrals of its counts, and sums of stays, by state. */
  readonly #areas = new Map<number, Float64Array>()
  readonly #stays = new Map<number, Float64Array>()
  readonly #sinceNs = new Map<number, number>()

  constructor(run: Run) {
    this.#run = run
    const { messages } = run.core
    const { create, copyOf, move } = { create: messages.create.bind(messages), copyOf: messages.copyOf.bind(messages), move: messages.move.bind(messages) }
    messages.create = (content, ledger, cause) => {
      this.#settle(ledger)
      return create(content, ledger, cause)
    }
    messages.copyOf = (original, ledger) => {
      this.#settle(ledger)
      return copyOf(original, ledger)
    }
    messages.move = (message, ledger, after) => {
      const holder = messages.holder(message)
      this.#settle(holder)
      this.#settle(ledger)
      of(this.#stays, holder)[messages.stateNumber(message)]! += run.nowNs - messages.sinceNs(message)
      move(message, ledger, after)
    }
  }

  /** By node and state: the integral and the stays. */
  balance(): { readonly where: string; readonly area: number; readonly stays: number }[] {
    const { core } = this.#run
    const stays = new Map([...this.#stays].map(([ledger, sums]) => [ledger, sums.slice()]))
    core.messages.forEachLive((message, holder, state) => void (of(stays, holder)[state]! += this.#run.nowNs - core.messages.sinceNs(message)))
    return core.ledgers.flatMap((ledger, node) => {
      this.#settle(ledger.at)
      return Array.from({ length: STATES }, (_, state) => ({ where: `node ${node}, ${COPY_STATES[state - 1]}`, area: of(this.#areas, ledger.at)[state]!, stays: of(stays, ledger.at)[state]! })).filter((_, state) => state > 0 && !ENDED.includes(state))
    })
  }

  /** Integrates a ledger's counts up to now: they are about to change. */
  #settle(ledger: number): void {
    const { memory, nowNs } = this.#run.core
    const areas = of(this.#areas, ledger)
    const span = nowNs - (this.#sinceNs.get(ledger) ?? 0)
    for (let state = 1; state < STATES; state += 1) areas[state]! += memory.f[ledger + state]! * span
    this.#sinceNs.set(ledger, nowNs)
  }
}

function of(sums: Map<number, Float64Array>, ledger: number): Float64Array {
  const known = sums.get(ledger) ?? new Float64Array(STATES)
  sums.set(ledger, known)
  return known
}

describe('Little’s law', () => {
  /** Places where anything stayed: some topologies are idle. */
  let copies = 0

  it.each(Array.from({ length: RUNS }, (_, n) => n + 1))('holds exactly at every node of random topology %i, through faults and edits', seed => {
    const random = randomStream(seed, 'little')
    let present = randomTopology(random, seed)
    const run = createRun({ topology: present, catalogue: KINDS, models: MODELS, machineAfter: Infinity })
    const audit = new Audit(run)
    for (let n = 0; n < 8 && present.nodes.length > 0; n += 1) {
      run.advance(run.nowNs + 5e7 + random.integer(5e7))
      const input = randomInput(random, present)
      run.input(input)
      if (input.input === 'edit') present = applyEdits(present, input.edits).topology
    }
    run.advance(run.nowNs + 2e8)
    const balance = audit.balance()
    for (const { where, area, stays } of balance) expect(stays, where).toBe(area)
    copies += balance.filter(({ area }) => area > 0).length
  })

  it('was seen at work', () => {
    expect(copies).toBeGreaterThan(RUNS)
  })
})
