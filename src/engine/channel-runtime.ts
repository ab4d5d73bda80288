import { DISCARD_REASONS, type DiscardReason } from '../contract/ledger.ts'
import { OP_CLOSED, type ChannelContext, type Packet, type PacketReceiver } from '../contract/model.ts'
import type { Law } from '../kernel/law.ts'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import type { ChannelId, Config, NodeId } from '../topology/document.ts'
import type { Core, Target } from './core.ts'
import type { NodeRuntime } from './node-runtime.ts'
import { PacketRing } from './packet-ring.ts'

const CARRIES = ['nothing', 'copy', 'sight'] as const
const NOTHING = 0
const COPY = 1
const SIGHT = 2
/** Signals of a channel: an arrival one way or the other, and the end of the heartbeat. */
const ARRIVE_FORWARD = 0
const ARRIVE_BACKWARD = 1
const HEARTBEAT = 2

export interface ChannelEndRuntime {
  readonly node: NodeRuntime
  receiver: PacketReceiver | null
}

/**
 * A channel's pair of wires. Streams: a later packet arrives no earlier than the one before. A cut holds packets, healing
 * sends them again; a cut longer than the heartbeat ends the conversation at both ends. Only the head of each way is in the event list,
 * under the key it got when it was sent, so the history is the same as if all were.
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
  readonly carried = [0, 0]
  lostCount = 0
  isOpen: () => boolean = () => true
  readonly #core: Core
  readonly #rings = [new PacketRing(), new PacketRing()] as const
  readonly #alarms = [0, 0]
  readonly #lastArriveNs = [0, 0]
  readonly #freeAtNs = [0, 0]
  readonly #epochs = [0, 0]
  readonly #peerEpochs = [0, 0]
  readonly #tickets = new Map<number, unknown>()
  #ticket = 0
  #config: Config
  #latency: Law = { law: 'constant', value: 0 }
  #constantNs = 0
  #bandwidth: number | null = null
  #stream: RandomStream | null = null
  #heartbeatAlarm = 0
  readonly #packet: { -readonly [K in keyof Packet]: Packet[K] } = { op: 0, message: 0, carries: 'nothing', a: 0, b: 0 }

  constructor(core: Core, options: { index: number; id: ChannelId; type: string; from: NodeRuntime; to: NodeRuntime; config: Config; inner: boolean }) {
    this.#core = core
    this.index = options.index
    this.id = options.id
    this.type = options.type
    this.from = options.from.id
    this.to = options.to.id
    this.inner = options.inner
    this.ends = [
      { node: options.from, receiver: null },
      { node: options.to, receiver: null },
    ]
    this.source = core.addSource(this.id)
    this.target = core.addTarget(this)
    this.sinceNs = core.nowNs
    this.#config = options.config
    this.#readWire()
  }

  config(): Config {
    return this.#config
  }

  /** Live edit: packets in flight keep the latency they left with; order is kept. */
  setConfig(config: Config): void {
    this.#config = config
    this.#readWire()
  }

  inFlight(): number {
    return this.#rings[0].count + this.#rings[1].count
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

  send(end: 'from' | 'to', packet: Packet): void {
    this.#put(end === 'from' ? 0 : 1, packet.op, packet.message, packet.carries === 'copy' ? COPY : packet.carries === 'sight' ? SIGHT : NOTHING, packet.a, packet.b)
  }

  hangUp(end: 'from' | 'to'): void {
    const way = end === 'from' ? 0 : 1
    this.#epochs[way]! += 1
    this.#lose(way === 0 ? 1 : 0, 'connection lost')
    this.#put(way, OP_CLOSED, 0, NOTHING, 0, 0)
  }

  /** Both ways are cleared: the broker that both ends live in died, or the channel is removed. */
  clear(reason: DiscardReason): void {
    this.#lose(0, reason)
    this.#lose(1, reason)
  }

  setCut(cut: boolean): void {
    if (this.cut === cut) return
    this.cut = cut
    this.sinceNs = this.#core.nowNs
    for (const way of [0, 1] as const) {
      if (cut) {
        this.#unschedule(way)
        this.#core.hops?.forget(this.index, this.#core.nowNs, way, 0)
      } else this.#sendAgain(way)
    }
    const heartbeatMs = this.#config['heartbeat']
    if (cut && typeof heartbeatMs === 'number')
      this.#heartbeatAlarm = this.#core.schedule(this.#core.nowNs + Math.round(heartbeatMs * 1e6), this.source, this.target, HEARTBEAT, 0)
    else if (!cut && this.#heartbeatAlarm !== 0) this.#core.events.cancel(this.#heartbeatAlarm)
  }

  /** Tells an end that the other is gone, without a packet. */
  close(end: 0 | 1): void {
    this.#peerEpochs[end] = this.#epochs[1 - end]!
    this.#deliver(end, OP_CLOSED, 0, NOTHING, 0, 0)
  }

  remove(): void {
    this.clear('node removed')
    if (this.#heartbeatAlarm !== 0) this.#core.events.cancel(this.#heartbeatAlarm)
    this.#core.removeTarget(this.target)
  }

  fire(signal: number): void {
    if (signal === ARRIVE_FORWARD || signal === ARRIVE_BACKWARD) this.#arrive(signal)
    else if (signal === HEARTBEAT) {
      this.#heartbeatAlarm = 0
      this.#epochs[0]! += 1
      this.#epochs[1]! += 1
      this.clear('connection lost')
      this.close(0)
      this.close(1)
    }
  }

  #readWire(): void {
    const law = this.#config['latency']
    this.#latency = law === undefined ? { law: 'constant', value: 0 } : (law as unknown as Law) // parsed by the manifest's law field
    this.#constantNs = this.#latency.law === 'constant' ? Math.round(this.#latency.value * 1e6) : -1
    const bandwidth = this.#config['bandwidth']
    this.#bandwidth = typeof bandwidth === 'number' ? bandwidth : null
  }

  #latencyNs(): number {
    if (this.#constantNs >= 0) return this.#constantNs
    this.#stream ??= randomStream(this.#core.seed, `${this.id}/latency`)
    return this.#stream.sampleMs(this.#latency)
  }

  #put(way: 0 | 1, op: number, message: number, carries: number, a: number, b: number): void {
    const core = this.#core
    if (carries === COPY) core.messages.move(message, this.ends[way].node.index, 'on-wire')
    else if (carries === SIGHT) core.messages.retain(message)
    let departNs = core.nowNs
    if (this.#bandwidth !== null && message !== 0) {
      departNs = Math.max(departNs, this.#freeAtNs[way]!) + Math.ceil((core.messages.bytes(message) * 1e9) / this.#bandwidth)
      this.#freeAtNs[way] = departNs
    }
    const arriveNs = Math.max(departNs + this.#latencyNs(), this.#lastArriveNs[way]!)
    this.#lastArriveNs[way] = arriveNs
    const ring = this.#rings[way]
    const place = ring.push()
    ring.arriveNs[place] = arriveNs
    ring.flightNs[place] = arriveNs - core.nowNs
    ring.counter[place] = core.nextCounter(this.source)
    ring.op[place] = op
    ring.message[place] = message
    ring.carries[place] = carries
    ring.a[place] = a
    ring.b[place] = b
    ring.ownEpoch[place] = this.#epochs[way]!
    ring.peerEpoch[place] = this.#peerEpochs[way]!
    if (this.cut) return
    if (ring.count === 1) this.#schedule(way)
    if (message !== 0) core.hops?.push(this.index, core.messages.look(message), core.nowNs, arriveNs, message, way)
  }

  #schedule(way: 0 | 1): void {
    const ring = this.#rings[way]
    const head = ring.head()
    this.#alarms[way] = this.#core.events.add(ring.arriveNs[head]!, this.source, ring.counter[head]!, this.target, way, 0)
  }

  #unschedule(way: 0 | 1): void {
    if (this.#alarms[way] !== 0) this.#core.events.cancel(this.#alarms[way]!)
    this.#alarms[way] = 0
  }

  #arrive(way: 0 | 1): void {
    const ring = this.#rings[way]
    const head = ring.head()
    const op = ring.op[head]!
    const message = ring.message[head]!
    const carries = ring.carries[head]!
    const a = ring.a[head]!
    const b = ring.b[head]!
    const ownEpoch = ring.ownEpoch[head]!
    const peerEpoch = ring.peerEpoch[head]!
    ring.shift()
    this.#alarms[way] = 0
    if (ring.count > 0) this.#schedule(way)
    const end = way === 0 ? 1 : 0
    if (message !== 0) this.carried[way]! += 1
    if (peerEpoch !== this.#epochs[end]! && op !== OP_CLOSED) {
      // Sent to a conversation that this end has ended since: its OP_CLOSED is already on the way to the sender.
      this.#lost(way, op, message, carries, a, b, 'connection lost')
      return
    }
    this.#peerEpochs[end] = ownEpoch
    if (!this.inner && !this.ends[end].node.up) {
      this.#lost(way, op, message, carries, a, b, 'connection lost')
      if (op !== OP_CLOSED) this.#put(end, OP_CLOSED, 0, NOTHING, 0, 0)
      return
    }
    this.#deliver(end, op, message, carries, a, b)
  }

  #deliver(end: 0 | 1, op: number, message: number, carries: number, a: number, b: number): void {
    const core = this.#core
    const outer = core.delivering
    core.delivering = this.index * 2 + (end === 1 ? 0 : 1)
    this.ends[end].receiver?.receive(this, this.#fill(op, message, carries, a, b))
    core.delivering = outer
    if (carries === SIGHT) this.#core.messages.release(message)
  }

  #fill(op: number, message: number, carries: number, a: number, b: number): Packet {
    const packet = this.#packet
    packet.op = op
    packet.message = message
    packet.carries = CARRIES[carries]!
    packet.a = a
    packet.b = b
    return packet
  }

  /** Everything in flight this way is lost. */
  #lose(way: 0 | 1, reason: DiscardReason): void {
    const ring = this.#rings[way]
    this.#unschedule(way)
    if (ring.count > 0) this.#core.hops?.forget(this.index, this.#core.nowNs, way, DISCARD_REASONS.indexOf(reason) + 1)
    this.#lastArriveNs[way] = 0
    this.#freeAtNs[way] = 0
    // A receiver may send again while it learns of the loss: only what flew before is lost.
    for (let n = ring.count; n > 0; n -= 1) {
      const head = ring.head()
      const op = ring.op[head]!
      const message = ring.message[head]!
      const carries = ring.carries[head]!
      const a = ring.a[head]!
      const b = ring.b[head]!
      ring.shift()
      this.#lost(way, op, message, carries, a, b, reason)
    }
    if (ring.count > 0 && !this.cut && this.#alarms[way] === 0) this.#schedule(way)
  }

  #lost(way: 0 | 1, op: number, message: number, carries: number, a: number, b: number, reason: DiscardReason): void {
    const sender = this.ends[way]
    if (message !== 0) this.lostCount += 1
    sender.receiver?.lost?.(this, this.#fill(op, message, carries, a, b))
    if (carries === COPY && this.#core.messages.exists(message) && this.#core.messages.state(message) === 'on-wire') sender.node.discard(message, reason)
    else if (carries === SIGHT) this.#core.messages.release(message)
  }

  /** Healed: what was held leaves again, from where it stood in line. */
  #sendAgain(way: 0 | 1): void {
    const ring = this.#rings[way]
    const core = this.#core
    let last = 0
    for (let n = 0; n < ring.count; n += 1) {
      const place = ring.place(n)
      last = Math.max(core.nowNs + ring.flightNs[place]!, last)
      ring.arriveNs[place] = last
      const message = ring.message[place]!
      if (message !== 0) core.hops?.push(this.index, core.messages.look(message), core.nowNs, last, message, way)
    }
    this.#lastArriveNs[way] = last
    if (ring.count > 0) this.#schedule(way)
  }
}
