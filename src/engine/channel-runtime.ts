import { OP_CLOSED, type ChannelContext, type ChannelEnd, type PacketReceiver, type Trouble } from '../contract/context.ts'
import { isShown, type FieldSpec } from '../contract/fields.ts'
import type { DiscardReason } from '../contract/ledger.ts'
import type { Handle } from '../contract/message.ts'
import { Draw } from '../kernel/draw.ts'
import type { Law } from '../kernel/law.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import type { ChannelId, Config, NodeId } from '../topology/document.ts'
import type { LandingBay } from './carrier/bay.ts'
import type { Core, Target } from './core.ts'
import { COPY, Lane, NOTHING, SIGHT } from './lane.ts'
import { GIVES_UP_NS, Loss, lossOf } from './loss.ts'
import type { NodeRuntime } from './node-runtime.ts'
import { IS_LOST } from './watching/witness.ts'

/** Signal of a channel itself: a cut has lasted longer than the heartbeat. Others: SILENCE. */
const HEARTBEAT = 1

export interface ChannelEndRuntime {
  readonly node: NodeRuntime
  receiver: PacketReceiver | null
}

/**
 * A channel's pair of wires and the conversation over them. A cut holds packets, healing sends them again; a cut longer than the heartbeat
 * ends the conversation at both ends.
 */
export class ChannelRuntime implements ChannelContext, Target {
  readonly id: ChannelId
  readonly index: number
  readonly type: string
  readonly from: NodeId
  readonly to: NodeId
  readonly ends: readonly [ChannelEndRuntime, ChannelEndRuntime]
  readonly source: number
  readonly target: number
  /** Inside one broker: lost packets died with it. */
  readonly inner: boolean
  cut = false
  sinceNs = 0
  lostCount = 0
  isOpen: () => boolean = () => true
  /** Conversation numbers by end: its own, and the one it knows of the other end. */
  readonly epochs: [number, number] = [0, 0]
  readonly peerEpochs: [number, number] = [0, 0]
  /** False when what is sent arrives at once: no latency, no bandwidth. */
  takesTime = false
  /** Bytes a second; 0 is unlimited. */
  bandwidth = 0
  /** Null where the network loses nothing. */
  loss: Loss | null = null
  /** So long a packet may be on its way only because it was lost and sent again; then the connection counts as lost. */
  silenceNs = GIVES_UP_NS
  readonly #core: Core
  readonly #lanes: readonly [Lane, Lane]
  readonly #tickets = new Map<number, unknown>()
  #ticket = 0
  #config: Config
  #constantNs = 0
  readonly #fields: readonly FieldSpec[]
  #stream: RandomStream | null = null
  #lossStream: RandomStream | null = null
  #draw: Draw | null = null
  #heartbeatAlarm = 0

  constructor(core: Core, options: { index: number; id: ChannelId; type: string; from: NodeRuntime; to: NodeRuntime; config: Config; fields: readonly FieldSpec[]; inner: boolean }) {
    this.#core = core
    this.index = options.index
    this.id = options.id
    this.type = options.type
    this.from = options.from.id
    this.to = options.to.id
    this.inner = options.inner
    this.#fields = options.fields
    this.ends = [
      { node: options.from, receiver: null },
      { node: options.to, receiver: null },
    ]
    this.source = core.addSource(this.id)
    this.target = core.addTarget(this)
    this.#lanes = [new Lane(core, this, 0), new Lane(core, this, 1)]
    this.sinceNs = core.nowNs
    this.#config = options.config
    this.#readWire()
  }

  nodeType(end: ChannelEnd): string {
    return this.ends[end === 'from' ? 0 : 1].node.type
  }
  nodeLabel(end: ChannelEnd): string {
    return this.ends[end === 'from' ? 0 : 1].node.label()
  }
  nodeName(end: ChannelEnd): string | null {
    const { node } = this.ends[end === 'from' ? 0 : 1]
    const { name } = node.config()
    return typeof name !== 'string' ? null : name === '' ? node.label() : name
  }

  trouble(trouble: Trouble | null): void {
    this.#core.troubles.tell(this.id, trouble)
  }

  config(): Config {
    return this.#config
  }

  /** Live edit: packets in flight keep the latency they left with; order is kept. */
  setConfig(config: Config): void {
    this.#config = config
    this.#readWire()
  }

  /** Where a copy, or the sight of one, is in flight. */
  flightOf(message: Handle): { readonly way: 0 | 1; readonly arriveNs: number; readonly flightNs: number } | null {
    for (const way of [0, 1] as const) {
      const flight = this.#lanes[way].flightOf(message)
      if (flight) return { way, ...flight }
    }
    return null
  }
  /** The next to arrive, this many each way. */
  messages(limit: number): readonly Handle[] {
    return this.#lanes.flatMap(lane => lane.messages(limit))
  }
  /** What carries a message and flies now, in order of departure each way; what a cut holds doesn't fly. */
  flights(visit: (way: 0 | 1, message: Handle, departNs: number, arriveNs: number) => void): void {
    if (this.cut) return
    for (const way of [0, 1] as const) this.#lanes[way].flights((message, departNs, arriveNs) => visit(way, message, departNs, arriveNs))
  }
  inFlight(): number {
    return this.#lanes[0].count + this.#lanes[1].count
  }
  /** Packets with a message that arrived, forward or backward. */
  carried(way: 0 | 1): number {
    return this.#lanes[way].carried
  }

  give(value: unknown): number {
    this.#ticket += 1
    this.#tickets.set(this.#ticket, value)
    return this.#ticket
  }
  taken(ticket: number): unknown {
    const value = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    return value
  }

  send(end: ChannelEnd, op: number, a: number, b: number): void {
    this.#lanes[end === 'from' ? 0 : 1].put(op, NOTHING, 0, a, b)
  }
  sendCopy(end: ChannelEnd, op: number, message: Handle, a: number, b: number): void {
    this.#lanes[end === 'from' ? 0 : 1].put(op, COPY, message, a, b)
  }
  sendSight(end: ChannelEnd, op: number, message: Handle, a: number, b: number): void {
    this.#lanes[end === 'from' ? 0 : 1].put(op, SIGHT, message, a, b)
  }

  hangUp(end: ChannelEnd): void {
    const way = end === 'from' ? 0 : 1
    this.epochs[way] += 1
    this.#lanes[way].conversationChanged()
    this.#lanes[1 - way]!.lose('connection lost')
    this.#lanes[way].put(OP_CLOSED, NOTHING, 0, 0, 0)
  }

  /** Both ways are cleared: the broker that both ends live in died, or the channel is removed. */
  clear(reason: DiscardReason): void {
    this.#lanes[0].lose(reason)
    this.#lanes[1].lose(reason)
  }

  setCut(cut: boolean): void {
    if (this.cut === cut) return
    this.cut = cut
    this.sinceNs = this.#core.nowNs
    for (const lane of this.#lanes) {
      if (cut) lane.hold()
      else lane.sendAgain()
    }
    const heartbeatMs = this.#config['heartbeat']
    if (cut && typeof heartbeatMs === 'number') this.#heartbeatAlarm = this.#core.schedule(Math.round(heartbeatMs * 1e6), this.source, this.target, HEARTBEAT, 0)
    else if (!cut) this.#stopHeartbeat()
  }

  /** Tells an end that the other is gone, without a packet. */
  close(end: 0 | 1): void {
    this.#knowPeer(end, this.epochs[1 - end]!)
    const core = this.#core
    const outer = core.delivering
    core.delivering = this.index * 2 + (end === 1 ? 0 : 1)
    this.ends[end].receiver?.receive(this, OP_CLOSED, 0, 0, 0)
    core.delivering = outer
  }

  remove(): void {
    this.clear('node removed')
    this.trouble(null)
    this.#stopHeartbeat()
    this.#core.removeTarget(this.target)
    for (const lane of this.#lanes) lane.remove()
  }

  fire(signal: number): void {
    if (signal === HEARTBEAT) this.#heartbeatAlarm = 0
    for (const lane of this.#lanes) lane.heard()
    this.epochs[0] += 1
    this.epochs[1] += 1
    for (const lane of this.#lanes) lane.conversationChanged()
    this.clear('connection lost')
    this.close(0)
    this.close(1)
  }

  /** How long packets fly: drawn each, or all alike. */
  get latency(): { readonly draw: Draw | null; readonly constantNs: number } {
    return { draw: this.#draw, constantNs: this.#constantNs }
  }

  /** The way that leaves an end. */
  way(end: ChannelEnd): Lane {
    return this.#lanes[end === 'from' ? 0 : 1]
  }

  /** The machine knows plain wires between parts that are up, in a conversation that goes on. */
  weigh(bay: LandingBay): void {
    const plain = !this.cut && this.bandwidth === 0 && this.loss === null && this.#lanes[0].isSettled && this.#lanes[1].isSettled
    if (!plain || (!this.inner && !(this.ends[0].node.up && this.ends[1].node.up))) bay.refuse(this)
  }
  park(bay: LandingBay): void {
    for (const lane of this.#lanes) lane.park(bay)
  }
  unpark(bay: LandingBay): void {
    for (const lane of this.#lanes) lane.unpark(bay)
  }

  /** The latency of the next packet. */
  latencyNs(): number {
    return this.#draw === null ? this.#constantNs : this.#draw.ns()
  }

  /** Whether a packet that came to the end of its way is taken; `own` and `peer` are the conversations it was sent in. */
  admits(way: 0 | 1, op: number, own: number, peer: number): boolean {
    const end = way === 0 ? 1 : 0
    // Sent to a conversation that this end has ended since: its OP_CLOSED is already on the way to the sender.
    if (peer !== this.epochs[end] && op !== OP_CLOSED) return false
    if (own !== this.peerEpochs[end]) this.#knowPeer(end, own)
    return this.inner || this.ends[end].node.up
  }

  /** A packet that was not admitted is lost, and falls off at the end of its way; a dead application's machine answers that nobody is there. */
  turnedAway(way: 0 | 1, op: number, carries: number, message: Handle, a: number, b: number, peer: number): void {
    const end = way === 0 ? 1 : 0
    const stale = peer !== this.epochs[end] && op !== OP_CLOSED
    this.lostAtEnd(way, op, carries, message, a, b, 'connection lost')
    if (!stale && op !== OP_CLOSED) this.#lanes[end].put(OP_CLOSED, NOTHING, 0, 0, 0)
  }

  /** Lost where its way ends: the picture shows it fall off there. */
  lostAtEnd(way: 0 | 1, op: number, carries: number, message: Handle, a: number, b: number, reason: DiscardReason): void {
    const look = message === 0 ? 0 : this.#core.messages.look(message)
    this.lost(way, op, carries, message, a, b, reason)
    if (message !== 0) this.#core.showFall({ channel: this.index, way, look }, message, reason)
  }

  lost(way: 0 | 1, op: number, carries: number, message: Handle, a: number, b: number, reason: DiscardReason): void {
    const { messages } = this.#core
    const sender = this.ends[way]
    if (message !== 0) {
      this.lostCount += 1
      this.#core.hops?.missed(this.index, way, message, reason)
      this.#core.witness?.packet(this.index, way, IS_LOST, message)
    }
    sender.receiver?.lost?.(this, op, message, a, b, reason)
    if (carries === COPY && messages.exists(message) && messages.isOnWire(message)) sender.node.discard(message, reason)
    else if (carries === SIGHT) messages.release(message)
  }

  #knowPeer(end: 0 | 1, conversation: number): void {
    this.peerEpochs[end] = conversation
    this.#lanes[end].conversationChanged()
  }

  #readWire(): void {
    const law: Law = this.#config['latency'] === undefined ? { law: 'constant', value: 0 } : (this.#config['latency'] as unknown as Law) // parsed by the manifest's law field
    this.#constantNs = law.law === 'constant' ? Math.round(law.value * 1e6) : -1
    this.#draw = law.law === 'constant' ? null : this.#drawOf(law)
    const bandwidth = this.#config['bandwidth']
    this.bandwidth = typeof bandwidth === 'number' ? bandwidth : 0
    this.#readLoss()
    this.takesTime = this.#constantNs !== 0 || this.bandwidth > 0 || this.loss !== null
  }

  /** The stream goes on where it stood, whatever the share becomes. */
  #readLoss(): void {
    // Settings that a kind doesn't offer, or hides, are only carried along.
    const offered = (id: string): boolean => this.#fields.some(field => field.id === id && isShown(field, this.#config, this.#fields))
    const share = offered('loss') ? lossOf(this.#config) : 0
    const resent = this.loss?.resent ?? 0
    if (share > 0) this.#lossStream ??= randomStream(this.#core.seed, `${this.id}/loss`, this.#core.memory)
    this.loss = share > 0 ? new Loss(this.#lossStream!, share, offered('lossMeans') && this.#config['lossMeans'] === 'gone') : null
    if (this.loss) this.loss.resent = resent
    const heartbeatMs = this.#config['heartbeat']
    this.silenceNs = typeof heartbeatMs === 'number' ? Math.min(GIVES_UP_NS, Math.round(heartbeatMs * 1e6)) : GIVES_UP_NS
  }

  /** The stream goes on where it stood, whatever the law becomes. */
  #drawOf(law: Law): Draw {
    this.#stream ??= randomStream(this.#core.seed, `${this.id}/latency`, this.#core.memory)
    return new Draw(this.#core.memory, this.#stream, law)
  }

  #stopHeartbeat(): void {
    this.#core.events.cancel(this.#heartbeatAlarm, this.target)
    this.#heartbeatAlarm = 0
  }
}
