import type { ChannelContext, ChannelEnd, NodeContext } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import type { Bay } from '../../contract/parking.ts'
import { CONSTANT, EXPONENTIAL, type Draw } from '../../kernel/draw.ts'
import type { Memory } from '../../kernel/memory.ts'
import { DRAW_BESIDE, type RandomStream } from '../../kernel/random.ts'
import * as L from '../../machine/layout.ts'
import { placesFor } from '../../machine/machine.ts'
import type { ChannelRuntime } from '../channel-runtime.ts'
import type { Core } from '../core.ts'
import type { NodeRuntime } from '../node-runtime.ts'

interface Block {
  readonly address: number
  readonly cells: number
}

/** Where records are: each part has one from when it is first asked for, as long as the run lasts. */
export class LandingBay implements Bay {
  readonly memory: Memory
  readonly #core: Core
  readonly #records = new Map<object, Block>()
  readonly #parts = new Map<number, object>()
  readonly #blocks = new Map<object, Map<string, Block>>()
  #draws: Draw[] = []
  /** Who draws from a stream, as far as it is parked: the first one. */
  readonly #drawsFrom = new Map<RandomStream, Draw>()
  #refused = new Set<object>()
  readonly #vouched = new Set<object>()
  /** True when something was refused since it was asked last. */
  #changed = false
  /** Records that events are for, as far as they are parked. */
  aimed: number[] = []
  /** Latencies that have a line of packets. */
  delays: number[] = []
  #delaysAt = 0
  #asks: ((message: Handle) => number)[] = []
  readonly #more = new Map<number, () => void>()
  /** Records by target of events and by number of a lane: lists of integers. */
  #targets: Block
  #lanes: Block
  #places: Block

  constructor(core: Core) {
    this.#core = core
    this.memory = core.memory
    this.#targets = this.#newBlock(1)
    this.#lanes = this.#newBlock(1)
    this.#places = this.#newBlock(1)
  }

  /** Everything is weighed and parked anew. */
  begin(): void {
    for (const record of this.aimed) this.memory.i[record * 2 + L.RECORD_TARGET] = L.NO_TARGET
    this.aimed = []
    this.#refused = new Set()
    this.#asks = []
    this.delays = []
    this.#draws = []
    this.#drawsFrom.clear()
    this.#more.clear()
    this.#targets = this.#cleared(this.#targets, this.#core.targetCount)
    this.#lanes = this.#cleared(this.#lanes, this.#core.lanes.length)
    this.#places = this.#cleared(this.#places, placesFor(this.#core.sourceCount) * 2)
  }
  get targetsAt(): number {
    return this.#targets.address
  }
  get placesAt(): number {
    return this.#places.address
  }
  /** Address of the lines of packets that take the same time. */
  get delaysAt(): number {
    return this.#delaysAt
  }
  /** The line of packets that take this long, or −1 where there are too many others: each is looked at by every packet of any. */
  delay(latencyNs: number): number {
    const known = this.delays.indexOf(latencyNs)
    if (known >= 0 || this.delays.length === L.DELAYS_MOST) return known
    if (this.#delaysAt === 0) this.#delaysAt = this.memory.reserve(L.DELAYS_MOST * L.DELAY_CELLS)
    this.memory.f[this.#delaysAt + this.delays.length * L.DELAY_CELLS] = latencyNs
    return this.delays.push(latencyNs) - 1
  }
  get lanesAt(): number {
    return this.#lanes.address
  }

  /** Parts are weighed once more: who is vouched for is said anew. */
  weighAgain(): void {
    this.#vouched.clear()
  }
  vouch(channel: ChannelContext): void {
    this.#vouched.add(channel)
  }
  isVouchedFor(channel: ChannelContext): boolean {
    return this.#vouched.has(channel)
  }

  /** Whether anything was refused since this was asked last. */
  changed(): boolean {
    const changed = this.#changed
    this.#changed = false
    return changed
  }
  refuse(part: object): void {
    if (this.#refused.has(part)) return
    this.#refused.add(part)
    this.#changed = true
  }
  fits(part: object): boolean {
    return !this.#refused.has(part)
  }

  at(part: object, cells: number): number {
    let record = this.#records.get(part)
    if (record === undefined) {
      record = this.#newBlock(cells)
      this.#records.set(part, record)
      this.#parts.set(record.address, part)
    }
    return record.address
  }
  part(record: number): object {
    return this.#parts.get(record)!
  }
  block(part: object, name: string, cells: number): number {
    let blocks = this.#blocks.get(part)
    if (blocks === undefined) this.#blocks.set(part, (blocks = new Map()))
    const known = blocks.get(name)
    if (known !== undefined && known.cells >= cells) return known.address
    const bigger = this.#newBlock(Math.max(cells, known === undefined ? 0 : known.cells * 2))
    if (known !== undefined) {
      this.memory.f.copyWithin(bigger.address, known.address, known.address + known.cells)
      this.memory.release(known.address, known.cells)
    }
    blocks.set(name, bigger)
    return bigger.address
  }

  lane(channel: ChannelContext, from: ChannelEnd): number {
    return this.at((channel as ChannelRuntime).way(from), L.LANE_CELLS)
  }
  node(node: NodeContext): { readonly ledger: number; readonly source: number; readonly index: number } {
    const { ledger, source, index } = node as NodeRuntime
    return { ledger: ledger.at, source, index }
  }
  figure(node: NodeContext, slot: number): number {
    return (node as NodeRuntime).probes.places[slot]!
  }
  house(node: NodeContext, slot: number, address: number): void {
    (node as NodeRuntime).probes.moveCounter(slot, address)
  }
  histograms(node: NodeContext, slot: number): { readonly whole: number; readonly late: number } {
    return (node as NodeRuntime).probes.addresses(slot)
  }

  draw(draw: Draw): number {
    const { stream } = draw
    const first = this.#drawsFrom.get(stream)
    if (first === undefined) this.#drawsFrom.set(stream, draw)
    // Who draws from a stream by another law at the same time has a record elsewhere.
    const record = first === undefined || first === draw ? stream.at / 2 + DRAW_BESIDE : this.at(draw, L.DRAW_CELLS)
    if (first === draw) return record
    const { f, i } = this.memory
    i[record * 2 + L.DRAW_KIND] = draw.kind === CONSTANT ? L.DRAW_CONSTANT : draw.kind === EXPONENTIAL ? L.DRAW_EXPONENTIAL : L.DRAW_OTHER
    i[record * 2 + L.DRAW_STREAM] = this.stream(stream)
    i[record * 2 + L.DRAW_NUMBER] = this.#draws.push(draw) - 1
    f[record + L.F_DRAW_VALUE] = draw.value
    return record
  }
  stream(stream: RandomStream): number {
    return stream.at
  }
  drawAt(number: number): Draw {
    return this.#draws[number]!
  }

  aim(node: NodeContext, record: number): void {
    this.aimTarget((node as NodeRuntime).target, record)
  }
  aimTarget(target: number, record: number): void {
    const { i } = this.memory
    i[this.#targets.address * 2 + target] = record
    i[record * 2 + L.RECORD_TARGET] = target
    this.aimed.push(record)
  }
  aimLane(number: number, record: number): void {
    this.memory.i[this.#lanes.address * 2 + number] = record
  }

  askForWays(ask: (message: Handle) => number): number {
    return this.#asks.push(ask) - 1
  }
  ways(number: number, message: Handle): number {
    return this.#asks[number]!(message)
  }
  onMore(record: number, more: () => void): void {
    this.#more.set(record, more)
  }
  more(record: number): void {
    this.#more.get(record)!()
  }

  #newBlock(cells: number): Block {
    return { address: this.memory.reserve(cells), cells }
  }
  #cleared(block: Block, integers: number): Block {
    const cells = Math.ceil(integers / 2)
    if (block.cells >= cells) {
      this.memory.f.fill(0, block.address, block.address + block.cells)
      return block
    }
    this.memory.release(block.address, block.cells)
    return this.#newBlock(cells * 2)
  }
}
