import { DISCARD_REASONS, type DiscardReason } from '../contract/ledger.ts'
import type { Handle } from '../contract/message.ts'
import { CROSSINGS_MAX, SEQUENCE_FACTS_MAX, type Crossing, type CrossingEnd, type Sequence, type SequenceFact, type SequenceNode } from '../contract/sequence.ts'
import type { NodeId, Topology } from '../topology/document.ts'
import type { ChannelRuntime } from './channel-runtime.ts'
import type { HopTaker } from './hop-sink.ts'
import { identityOf, parseIdentity } from './inspect.ts'
import type { Run } from './run.ts'
import type { Fact } from './trace.ts'

/** What is known of a packet so far. It is closed when it can't change any more. */
interface Open {
  crossing: Crossing
  readonly message: Handle
}

/**
 * Writes down what crosses between nodes, and what happens at them, from now on. It only reads: a run that is recorded has the same history. What it keeps
 * is bounded: the newest crossings and facts.
 */
export class Recorder implements HopTaker {
  readonly #run: Run
  /** The one message that is recorded; null for all. */
  readonly #message: string | null
  /** Its number; −1 for all. */
  readonly #serial: number
  #fromNs: number
  #cut = false
  #crossings: Open[] = []
  #facts: SequenceFact[] = []
  /** Facts of the run that were looked at. */
  #seen: number
  /** By channel × 2 + way: packets that may still fly, in order. */
  readonly #flying = new Map<number, Open[]>()
  readonly #channels = new Map<number, ChannelRuntime>()
  readonly #nodes = new Map<NodeId, SequenceNode>()
  /** Applications and brokers that were down at first, and what came of it. */
  readonly #down: ReadonlySet<NodeId>
  readonly #falls: { readonly atNs: number; readonly node: NodeId; readonly up: boolean }[] = []

  constructor(run: Run, message: string | null) {
    this.#run = run
    this.#message = message
    this.#serial = message === null ? -1 : Number(message.slice(message.lastIndexOf('#') + 1))
    this.#fromNs = run.nowNs
    // What happened as the run was made is told too.
    this.#seen = run.nowNs === 0 ? 0 : run.core.trace.count
    const { parts } = run
    const isWhole = (id: NodeId): boolean => (parts.systemOf.get(id)?.container.id ?? id) === id
    this.#down = new Set([...parts.nodes.values()].filter(node => !node.up && isWhole(node.id)).map(node => node.id))
    for (const channel of parts.channels.values()) channel.flights((way, handle, departNs, arriveNs) => this.push(channel.index, run.core.messages.look(handle), departNs, arriveNs, handle, way))
    this.#crossings.sort((a, b) => a.crossing.departNs - b.crossing.departNs)
    for (const id of this.#down) this.#know(id)
  }

  /** From when on it knows everything. */
  get fromNs(): number {
    return this.#fromNs
  }
  get message(): string | null {
    return this.#message
  }

  push(channel: number, look: number, departNs: number, arriveNs: number, message: Handle, way: number): void {
    const reason = way >> 8
    if (reason !== 0) return this.#dropped(channel * 2 + (way & 1), message, DISCARD_REASONS[reason - 1]!)
    const { messages } = this.#run.core
    if (this.#serial >= 0 && messages.serial(message) !== this.#serial) return
    const identity = identityOf(this.#run, messages.origin(message), messages.serial(message))
    if (this.#message !== null && this.#message !== identity) return
    const on = this.#channel(channel)
    // A way that no channel of the document is: the fact that it became a dead letter tells of it.
    if (!on) return
    const [from, to] = way === 0 ? [on.from, on.to] : [on.to, on.from]
    this.#know(from)
    this.#know(to)
    const correlation: unknown = messages.properties(message)?.['correlationId']
    const crossing: Crossing = { channel: on.id, from, to, departNs, endNs: arriveNs, dueNs: arriveNs, end: 'arrived', reason: null, identity, key: messages.key(message), type: messages.type(message), look, correlation: typeof correlation === 'string' ? correlation : '' }
    const open = { crossing, message }
    this.#crossings.push(open)
    const lane = channel * 2 + way
    const flying = this.#flying.get(lane) ?? []
    // A wire keeps order: those that have ended are the first.
    const ended = flying.findIndex(one => one.crossing.endNs >= this.#run.nowNs)
    flying.splice(0, ended < 0 ? flying.length : ended)
    flying.push(open)
    this.#flying.set(lane, flying)
    if (this.#crossings.length > CROSSINGS_MAX * 1.25) this.#shorten()
  }

  /** A cut holds what flies; what is lost is told one by one (`missed`). */
  forget(channel: number, atNs: number, way: 0 | 1, reason: number): void {
    if (reason !== 0) return
    const lane = channel * 2 + way
    for (const open of this.#flying.get(lane) ?? []) if (open.crossing.endNs >= atNs) this.#end(open, 'held', atNs, null)
    this.#flying.delete(lane)
  }

  missed(channel: number, way: 0 | 1, message: Handle, reason: DiscardReason): void {
    const flying = this.#flying.get(channel * 2 + way)
    const open = flying?.find(one => one.message === message && one.crossing.endNs >= this.#run.nowNs && one.crossing.end === 'arrived')
    if (open) this.#end(open, 'lost', this.#run.nowNs, reason)
  }

  /** Facts since this was called last: to be called before the trace overwrites them. */
  readFacts(): void {
    const { trace } = this.#run.core
    const of = this.#message === null ? null : parseIdentity(this.#run, this.#message)
    const facts = trace.after(this.#seen)
    if (facts.length < trace.count - this.#seen) this.#forget(facts[0]!.atNs)
    for (const fact of facts) {
      if (this.#message !== null && fact.origin >= 0 && (fact.origin !== of?.origin || fact.serial !== of.serial)) continue
      this.#fact(fact)
    }
    this.#seen = trace.count
    if (this.#facts.length > SEQUENCE_FACTS_MAX * 1.25) this.#shorten()
  }

  /** What is known of a stretch. */
  told(fromNs: number, toNs: number): Sequence {
    this.readFacts()
    this.#shorten()
    const nowNs = this.#run.nowNs
    const crossings = this.#crossings
      .map(({ crossing }) => (crossing.end === 'arrived' && crossing.endNs > nowNs ? { ...crossing, end: 'flying' as const } : crossing))
      .filter(one => one.departNs <= toNs && one.endNs >= fromNs)
    return {
      fromNs: Math.max(fromNs, this.#fromNs),
      toNs,
      cut: this.#cut && fromNs < this.#fromNs,
      crossings,
      facts: this.#facts.filter(fact => fact.atNs >= fromNs && fact.atNs <= toNs),
      nodes: Object.fromEntries(this.#nodes),
      down: this.#downAt(fromNs),
    }
  }

  #downAt(atNs: number): readonly NodeId[] {
    const down = new Set(this.#down)
    for (const fall of this.#falls) {
      if (fall.atNs >= atNs) break
      if (fall.up) down.delete(fall.node)
      else down.add(fall.node)
    }
    return [...down]
  }

  /** It arrived, and was discarded at that; what is discarded to make room for it did not cross just now. */
  #dropped(lane: number, message: Handle, reason: DiscardReason): void {
    const open = this.#flying.get(lane)?.find(one => one.message === message && one.crossing.endNs === this.#run.nowNs && one.crossing.end === 'arrived')
    if (open) this.#end(open, 'dropped', open.crossing.endNs, reason)
  }

  #end(open: Open, end: CrossingEnd, endNs: number, reason: DiscardReason | null): void {
    open.crossing = { ...open.crossing, end, endNs, reason }
  }

  #fact({ atNs, node, verb, origin, serial, reason }: Fact): void {
    const id = this.#run.parts.nodeList[node]?.id
    if (id === undefined) return
    this.#know(id)
    if (verb === 'crashed' || verb === 'restarted') this.#falls.push({ atNs, node: id, up: verb === 'restarted' })
    this.#facts.push({ atNs, node: id, verb, identity: origin < 0 ? null : identityOf(this.#run, origin, serial), reason })
  }

  /** The oldest go; what is left is complete from a later moment on. */
  #shorten(): void {
    const crossings = this.#crossings.length - CROSSINGS_MAX
    const facts = this.#facts.length - SEQUENCE_FACTS_MAX
    if (crossings <= 0 && facts <= 0) return
    this.#forget(Math.max(crossings > 0 ? this.#crossings[crossings - 1]!.crossing.departNs + 1 : 0, facts > 0 ? this.#facts[facts - 1]!.atNs + 1 : 0))
    this.#crossings = this.#crossings.filter(({ crossing }) => crossing.endNs >= this.#fromNs)
    this.#facts = this.#facts.filter(fact => fact.atNs >= this.#fromNs)
  }

  #forget(beforeNs: number): void {
    this.#cut = true
    this.#fromNs = Math.max(this.#fromNs, beforeNs)
  }

  /** A channel that was removed keeps what it was called. */
  /** Undefined for the number of a way. */
  #channel(index: number): ChannelRuntime | undefined {
    const known = this.#channels.get(index)
    if (known) return known
    for (const channel of this.#run.parts.channels.values()) this.#channels.set(channel.index, channel)
    const found = this.#channels.get(index)
    if (!found && ![...this.#run.core.ways.values()].includes(index)) throw new Error(`no channel ${index} in the run`)
    return found
  }

  /** Its name and place, as they are when it is first met. */
  #know(id: NodeId): void {
    if (this.#nodes.has(id)) return
    const { topology } = this.#run
    const node = topology.nodes.find(one => one.id === id)
    const label = this.#run.parts.nodes.get(id)?.label() ?? node?.label ?? id
    this.#nodes.set(id, { label, type: node?.type ?? '', at: placeOf(topology, id), within: node?.within ?? null })
  }
}

function placeOf(topology: Topology, id: NodeId): { x: number; y: number } {
  let x = 0
  let y = 0
  for (let node = topology.nodes.find(one => one.id === id); node; node = topology.nodes.find(one => one.id === node?.within)) {
    x += node.at.x
    y += node.at.y
  }
  return { x, y }
}
