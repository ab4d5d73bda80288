import type { Parkable } from '../../contract/parking.ts'
import { STOP_BUDGET, STOP_REACHED } from '../../machine/layout.ts'
import { machineFor, type Machine } from '../../machine/machine.ts'
import { tellNearby } from '../../machine/nearby.ts'
import type { ChannelRuntime } from '../channel-runtime.ts'
import type { Core } from '../core.ts'
import type { Parts } from '../parts.ts'
import { LandingBay } from './bay.ts'
import { Hops } from './hops.ts'
import { hostOf } from './host.ts'

/** A stretch of the machine: its code is replaced by faster code between two, never inside one. */
const STRETCH = 200_000
/** Parking costs about as much as so many events a part; what TypeScript does before is at least this much. */
const EVENTS_A_PART = 2
const PATIENCE_LEAST = 256
/** A stretch of so many times the least patience makes parking cheap beside it. */
const WORTH = 8
/** With fewer records than this everything is in the processor's own cache, and looking ahead costs more than it spares. */
const FAR_APART = 2_000
/** With nothing to carry, it is looked at again after this many events. */
const PATIENCE_MOST = 262_144

/**
 * Lets the machine carry a run as far as it can, and TypeScript the rest. Parts stay parked from one call to the next, until somebody wants to look
 * at them (`land`): then they are as if there were no machine.
 */
export class Carrier {
  /** Events that the machine fired. */
  carried = 0
  readonly #core: Core
  readonly #parts: Parts
  readonly #patienceLeast: number
  #machine: Machine | null | undefined
  #bay: LandingBay | null = null
  #hops: Hops | null = null
  /** How many events TypeScript does before parts are parked. */
  #patience = 0
  #isParked = false
  #rests = false
  /** Events since they were parked. */
  #stretch = 0
  /** What the last short stretch cost in patience. */
  #penalty = 0
  #parked: Parkable[] = []
  #channels: ChannelRuntime[] = []

  /** `patience`: how many events TypeScript does before the machine takes over; Infinity for never. By default in proportion to the number of parts; with one, whatever is worth it in a large topology is done in every. */
  constructor(core: Core, parts: Parts, patience?: number) {
    this.#core = core
    this.#parts = parts
    this.#patienceLeast = patience ?? -1
    this.#patience = this.#least()
    if (patience === Infinity) this.#machine = null
  }

  /** Fires what comes next, as Core.fire does. */
  fire(untilNs: number, budget: number): number {
    const core = this.#core
    let left = budget
    while (left > 0) {
      if (!this.#isParked) {
        const patience = this.#machine === null || this.#rests ? left : Math.min(left, this.#patience)
        const fired = core.fire(untilNs, patience)
        left -= fired
        this.#patience -= fired
        if (fired < patience || left <= 0 || core.stuck) break
        if (!this.#park()) {
          this.#patience = PATIENCE_MOST
          continue
        }
      }
      const before = left
      const why = this.#carry(untilNs, left, carried => (left -= carried))
      this.#stretch += before - left
      if (why === STOP_REACHED || left <= 0 || core.stuck) break
      const wasWorth = this.#isWorth()
      this.land()
      this.#penalty = wasWorth ? 0 : Math.min(Math.max(this.#penalty * 2, this.#least()), PATIENCE_MOST)
      this.#patience = Math.max(1, this.#penalty)
    }
    return budget - left
  }

  /** From now on TypeScript does everything, or no longer: who watches packets one by one reads each as it departs. */
  rest(rests: boolean): void {
    this.land()
    this.#rests = rests
  }

  /** Parts read back what the machine made of them; harmless when they aren't parked. */
  land(): void {
    if (!this.#isParked) return
    const bay = this.#bay!
    for (const channel of this.#channels) channel.unpark(bay)
    for (const part of this.#parked) part.unpark(bay)
    this.#isParked = false
    this.#patience = this.#isWorth() ? 0 : this.#least()
  }

  /** Whether the stretch was long beside what parking costs. */
  #isWorth(): boolean {
    return this.#stretch >= WORTH * this.#least()
  }

  #least(): number {
    return this.#patienceLeast >= 0 ? this.#patienceLeast : Math.max(PATIENCE_LEAST, (this.#parts.nodes.size + this.#parts.channels.size) * EVENTS_A_PART)
  }

  #carry(untilNs: number, budget: number, tell: (carried: number) => void): number {
    const core = this.#core
    const machine = this.#machine!
    let left = budget
    machine.setInstant(core.instantMax, core.instantLeft)
    machine.factsAt(core.trace.cursor * 2, core.trace.end)
    core.trace.fold()
    let why: number
    do {
      machine.hopsAt(core.hops === null ? 0 : this.#hops!.address)
      why = machine.run(untilNs, Math.min(left, STRETCH))
      const carried = machine.firedLast()
      left -= carried
      this.carried += carried
      core.eventCount += carried
      core.instantLeft = machine.leftOfInstant()
      tell(carried)
      core.trace.folded()
      if (core.hops !== null) this.#hops!.hand(core.hops, machine.hopsWritten())
    } while (why === STOP_BUDGET && left > 0 && !core.stuck)
    return why
  }

  /** Parks what fits; false when there is nothing the machine could do. */
  #park(): boolean {
    const machine = this.#machineOf()
    if (machine === null) return false
    const bay = this.#bay!
    bay.begin()
    const parts = this.#parts.parkables(bay)
    do {
      bay.weighAgain()
      for (const channel of this.#parts.channels.values()) channel.weigh(bay)
      for (const part of parts) part.weigh(bay)
    } while (bay.changed())
    this.#channels = [...this.#parts.channels.values()].filter(channel => bay.fits(channel))
    if (this.#channels.length === 0) return false
    for (const channel of this.#channels) channel.park(bay)
    for (const part of parts) part.park(bay)
    this.#parked = parts
    machine.partsAt(bay.targetsAt, bay.lanesAt)
    machine.delaysAt(bay.delaysAt, bay.delays.length)
    machine.placesAt(bay.placesAt, this.#core.sourceCount)
    this.#lookAhead(bay, machine)
    this.#isParked = true
    this.#stretch = 0
    return true
  }

  #lookAhead({ memory, aimed }: LandingBay, machine: Machine): void {
    const isWorth = this.#patienceLeast >= 0 || aimed.length >= FAR_APART
    if (isWorth) tellNearby(memory.i, aimed)
    machine.lookAhead(isWorth)
  }

  #machineOf(): Machine | null {
    if (this.#machine !== undefined) return this.#machine
    const bay = new LandingBay(this.#core)
    const machine = machineFor(this.#core.memory, hostOf(this.#core, this.#parts, bay))
    this.#machine = machine
    this.#bay = bay
    if (machine === null) return null
    this.#hops = new Hops(this.#core.memory)
    return machine
  }
}
