import { DISCARD_REASONS, ON_WIRE, type DiscardReason } from '../contract/ledger.ts'
import type { Handle } from '../contract/message.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, CELL_NOW, CELL_NUMBERED, type Memory } from '../kernel/memory.ts'
import type { ChannelEndRuntime, ChannelRuntime } from './channel-runtime.ts'
import type { Core, Target } from './core.ts'
import * as L from '../machine/layout.ts'
import type { LandingBay } from './carrier/bay.ts'
import { LOST, SILENCE, type Loss } from './loss.ts'
import type { MessageTable } from './message-table.ts'
import { ARRIVES, DEPARTS } from './watching/witness.ts'
import { PACKET_A, PACKET_ARRIVE, PACKET_B, PACKET_COUNTER, PACKET_MESSAGE, PACKET_OP, PacketRing } from './packet-ring.ts'

/** What a packet carries: nothing, the copy itself, or the sight of a copy that the sender keeps. */
export const NOTHING = 0
export const COPY = 1
export const SIGHT = 2
const CARRIES_SHIFT = 8
const CARRIES_MASK = 3
const OP_MASK = 255
/** The network loses it at the end of its way. */
const LOST_BIT = 1024

/** From this packet on, packets were sent in conversation `own` of their sender, who knew conversation `peer` of the receiver. */
interface Conversation {
  readonly from: number
  readonly own: number
  readonly peer: number
}

/**
 * One way of a channel: a stream, so a later packet arrives no earlier than the one before. Only the head is in the event list,
 * under the key that it got when it was sent, so the history is the same as if all were; a packet that arrives in the instant it was sent is
 * in the instant's own list instead.
 */
export class Lane implements Target {
  readonly source: number
  /** Packets that carried a message and arrived. */
  carried = 0
  readonly #core: Core
  readonly #memory: Memory
  readonly #messages: MessageTable
  readonly #target: number
  readonly #channel: ChannelRuntime
  readonly #way: 0 | 1
  readonly #number: number
  readonly #ring: PacketRing
  readonly #to: ChannelEndRuntime
  /** Address of the sending node's ledger. */
  readonly #ledger: number
  /** Address of two cells: the last arrival, and when the bandwidth is free again. */
  readonly #at: number
  /** How many at the head are in the instant's list. */
  #atOnce = 0
  #alarm = 0
  /** What ends a connection on which a packet doesn't get through. */
  #silenceAlarm = 0
  #sent = 0
  #arrived = 0
  /** The conversations of the packet that arrived last. */
  #own = 0
  #peer = 0
  /** True when the conversation of the packets to come is another than that of the last one sent. */
  #changed = false
  /** Conversations that began since the head was sent. */
  #conversations: Conversation[] = []

  constructor(core: Core, channel: ChannelRuntime, way: 0 | 1) {
    this.#core = core
    this.#memory = core.memory
    this.#messages = core.messages
    this.#target = core.addTarget(this)
    this.#channel = channel
    this.#way = way
    this.source = channel.source
    this.#number = core.lanes.push(this) - 1
    this.#ring = new PacketRing(core.memory)
    this.#at = this.#memory.reserve(2)
    this.#to = channel.ends[way === 0 ? 1 : 0]
    this.#ledger = channel.ends[way].node.ledger.at
  }

  get count(): number {
    return this.#ring.count
  }

  /** When a copy, or the sight of one, that is in flight this way arrives, and how long it flies; null when it isn't. */
  flightOf(message: Handle): { readonly arriveNs: number; readonly flightNs: number } | null {
    const { f, i } = this.#core.memory
    let found = 0
    this.#ring.forEach(place => {
      if (i[place * 2 + PACKET_MESSAGE] === message) found = place
    })
    return found === 0 ? null : { arriveNs: f[found + PACKET_ARRIVE]!, flightNs: this.#ring.flightNs(found) }
  }

  /** Copies in flight this way, and those of which the sight is, in order of arrival. */
  messages(limit: number): Handle[] {
    const { i } = this.#core.memory
    const found: Handle[] = []
    this.#ring.forEach(place => {
      const message = i[place * 2 + PACKET_MESSAGE]!
      if (message !== 0 && found.length < limit) found.push(message)
    })
    return found
  }

  /** Packets with a message, in order: when they left (to a microsecond for those that fly longer than two seconds), and when they arrive. */
  flights(visit: (message: Handle, departNs: number, arriveNs: number) => void): void {
    const { f, i } = this.#core.memory
    this.#ring.forEach(place => {
      const message = i[place * 2 + PACKET_MESSAGE]!
      const arriveNs = f[place + PACKET_ARRIVE]!
      if (message !== 0) visit(message, Math.min(this.#core.nowNs, arriveNs - this.#ring.flightNs(place)), arriveNs)
    })
  }

  /** The next packet belongs to a conversation that has just begun. */
  conversationChanged(): void {
    this.#changed = true
  }

  put(op: number, carries: number, message: Handle, a: number, b: number): void {
    const core = this.#core
    const ring = this.#ring
    if (carries === COPY) this.#messages.move(message, this.#ledger, ON_WIRE)
    else if (carries === SIGHT) this.#messages.retain(message)
    if (this.#changed) this.#converse()
    this.#sent += 1
    const place = ring.push()
    const { f, i } = this.#memory
    const now = f[CELL_NOW]!
    let arrive = now
    // A wire that was slow a moment ago may still carry packets that come first.
    if (this.#channel.takesTime || ring.count - 1 > this.#atOnce) arrive = this.#fly(message)
    f[place + PACKET_ARRIVE] = arrive
    f[place + PACKET_COUNTER] = f[CELL_NUMBERED]! += 1
    f[place + PACKET_A] = a
    i[place * 2 + PACKET_OP] = op | (carries << CARRIES_SHIFT) | (this.#channel.loss !== null && this.#channel.loss.takes(message !== 0) ? LOST_BIT : 0)
    i[place * 2 + PACKET_MESSAGE] = message
    i[place * 2 + PACKET_B] = b
    ring.setFlight(place, arrive - now)
    if (this.#channel.cut) return
    if (arrive === now && this.#atOnce === ring.count - 1) {
      this.#atOnce += 1
      core.instants.add(core.events.rank(this.source), this.#number)
    } else if (ring.count === 1) this.#schedule()
    if (message === 0) return
    if (core.hops !== null) core.hops.push(this.#channel.index, core.messages.look(message), now, arrive, message, this.#way)
    if (core.witness !== null) core.witness.packet(this.#channel.index, this.#way, DEPARTS, message)
  }

  /** A packet arrives in the instant it was sent. */
  arriveAtOnce(): void {
    this.#atOnce -= 1
    this.arrive()
  }

  /** The head arrives: the only thing that a lane waits for. */
  fire(): void {
    this.arrive()
  }

  arrive(): void {
    const core = this.#core
    const ring = this.#ring
    const channel = this.#channel
    const { f, i } = this.#memory
    const head = ring.head()
    const word = i[head * 2 + PACKET_OP]!
    const message = i[head * 2 + PACKET_MESSAGE]!
    const a = f[head + PACKET_A]!
    const b = i[head * 2 + PACKET_B]!
    this.#shift()
    this.#alarm = 0
    if (ring.count > 0 && this.#atOnce === 0) this.#schedule()
    if ((word & LOST_BIT) !== 0) return channel.lostAtEnd(this.#way, word & OP_MASK, (word >> CARRIES_SHIFT) & CARRIES_MASK, message, a, b, LOST)
    if (message !== 0) this.carried += 1
    if (!channel.admits(this.#way, word & OP_MASK, this.#own, this.#peer)) return channel.turnedAway(this.#way, word & OP_MASK, (word >> CARRIES_SHIFT) & CARRIES_MASK, message, a, b, this.#peer)
    if (core.witness !== null && message !== 0) core.witness.packet(channel.index, this.#way, ARRIVES, message)
    const outer = core.delivering
    core.delivering = channel.index * 2 + this.#way
    const { receiver } = this.#to
    if (receiver !== null) receiver.receive(channel, word & OP_MASK, message, a, b)
    core.delivering = outer
    if (((word >> CARRIES_SHIFT) & CARRIES_MASK) === SIGHT) this.#messages.release(message)
  }

  /** Cut: what flies is held where it is. */
  hold(): void {
    this.#unschedule()
    this.#core.hops?.forget(this.#channel.index, this.#core.nowNs, this.#way, 0)
  }

  /** Healed: what was held leaves again, from where it stood in line. */
  sendAgain(): void {
    const core = this.#core
    const ring = this.#ring
    const now = core.nowNs
    let last = 0
    ring.forEach(place => {
      last = Math.max(now + ring.flightNs(place), last)
      this.#memory.f[place + PACKET_ARRIVE] = last
      const message = this.#memory.i[place * 2 + PACKET_MESSAGE]!
      if (message === 0) return
      core.hops?.push(this.#channel.index, core.messages.look(message), now, last, message, this.#way)
      core.witness?.packet(this.#channel.index, this.#way, DEPARTS, message)
    })
    this.#memory.f[this.#at] = last
    if (ring.count > 0) this.#schedule()
  }

  /** Everything in flight this way is lost. */
  lose(reason: DiscardReason): void {
    const { memory, hops } = this.#core
    const ring = this.#ring
    this.#unschedule()
    this.heard()
    if (ring.count > 0) hops?.forget(this.#channel.index, this.#core.nowNs, this.#way, DISCARD_REASONS.indexOf(reason) + 1)
    memory.f.fill(0, this.#at, this.#at + 2)
    // A receiver may send again while it learns of the loss: only what flew before is lost.
    for (let n = ring.count; n > 0; n -= 1) {
      const { f, i } = memory
      const head = ring.head()
      const word = i[head * 2 + PACKET_OP]!
      const message = i[head * 2 + PACKET_MESSAGE]!
      const a = f[head + PACKET_A]!
      const b = i[head * 2 + PACKET_B]!
      this.#shift()
      this.#channel.lost(this.#way, word & OP_MASK, (word >> CARRIES_SHIFT) & CARRIES_MASK, message, a, b, reason)
    }
    if (ring.count > 0 && !this.#channel.cut && this.#alarm === 0 && this.#atOnce === 0) this.#schedule()
  }

  /** Whether packets arrive in the conversation that both ends are in, now and from here on. */
  get isSettled(): boolean {
    const end = this.#way === 0 ? 1 : 0
    return !this.#changed && this.#conversations.length === 0 && this.#peer === this.#channel.epochs[end] && this.#own === this.#channel.peerEpochs[end]
  }

  /** Writes its state into its record; who receives is for the receiver to say. */
  park(bay: LandingBay): void {
    const record = bay.at(this, L.LANE_CELLS)
    const { f, i } = this.#memory
    const at = record * 2
    i[at] = L.KIND_LANE
    i[at + L.LANE_RECEIVER] = L.RECEIVER_OTHER
    i[at + L.LANE_AT_ONCE] = this.#atOnce
    i[at + L.LANE_ALARM] = this.#alarm
    i[at + L.LANE_SOURCE] = this.source
    i[at + L.LANE_NUMBER] = this.#number
    i[at + L.LANE_LEDGER] = this.#ledger
    i[at + L.LANE_CHANNEL] = this.#channel.index
    i[at + L.LANE_WAY] = this.#way
    i[at + L.LANE_RANK] = this.#core.events.rank(this.source)
    i[at + L.LANE_FLAGS] = 0
    f[record + L.F_LANE_SENT] = this.#sent
    f[record + L.F_LANE_ARRIVED] = this.#arrived
    f[record + L.F_LANE_CARRIED] = this.carried
    f[record + L.F_LANE_LAST] = f[this.#at]!
    this.#ring.park(record)
    const { draw, constantNs } = this.#channel.latency
    const line = draw === null && constantNs > 0 ? bay.delay(constantNs) : -1
    this.#memory.i[at + L.LANE_TAKES_TIME] = line >= 0 ? L.LANE_DELAYED + line : this.#channel.takesTime ? 1 : 0
    this.#memory.f[record + L.F_LANE_CONSTANT] = constantNs
    const law = draw === null ? 0 : bay.draw(draw)
    this.#memory.i[at + L.LANE_DRAW] = law
    bay.aimTarget(this.#target, record)
    bay.aimLane(this.#number, record)
  }

  unpark(bay: LandingBay): void {
    const record = bay.at(this, L.LANE_CELLS)
    const { f, i } = this.#memory
    this.#atOnce = i[record * 2 + L.LANE_AT_ONCE]!
    this.#alarm = i[record * 2 + L.LANE_ALARM]!
    this.#sent = f[record + L.F_LANE_SENT]!
    this.#arrived = f[record + L.F_LANE_ARRIVED]!
    this.carried = f[record + L.F_LANE_CARRIED]!
    f[this.#at] = f[record + L.F_LANE_LAST]!
    this.#ring.unpark(record)
  }

  /** The channel is gone. */
  remove(): void {
    this.#unschedule()
    this.#core.removeTarget(this.#target)
    this.#core.lanes[this.#number] = null
  }

  #shift(): void {
    this.#ring.shift()
    this.#arrived += 1
    if (this.#conversations.length === 0) return
    while (this.#conversations.length > 0 && this.#conversations[0]!.from <= this.#arrived) {
      const { own, peer } = this.#conversations.shift()!
      this.#own = own
      this.#peer = peer
    }
  }

  /** When a packet arrives that departs now: after its latency, its turn on the line, and the one before it. */
  #fly(message: Handle): number {
    const core = this.#core
    const channel = this.#channel
    let depart = this.#memory.f[CELL_NOW]!
    if (channel.bandwidth > 0 && message !== 0) {
      depart = Math.max(depart, this.#memory.f[this.#at + 1]!) + Math.ceil((core.messages.bytes(message) * 1e9) / channel.bandwidth)
      this.#memory.f[this.#at + 1] = depart
    }
    const latency = channel.latencyNs()
    const arrive = depart + latency + (channel.loss === null ? 0 : this.#resending(channel.loss, latency))
    const { f } = this.#memory
    if (arrive > f[this.#at]!) f[this.#at] = arrive
    return f[this.#at]!
  }

  /** A connection on which nothing comes through for too long is lost: until then the packet counts as in flight. */
  #resending(loss: Loss, latencyNs: number): number {
    const channel = this.#channel
    const delay = loss.delayNs(latencyNs)
    if (delay < channel.silenceNs) return delay
    if (this.#silenceAlarm === 0) this.#silenceAlarm = this.#core.schedule(channel.silenceNs, channel.source, channel.target, SILENCE + this.#way, 0)
    return channel.silenceNs + 1
  }

  /** The silence is over, one way or the other. */
  heard(): void {
    if (this.#silenceAlarm !== 0) this.#core.events.cancel(this.#silenceAlarm, this.#channel.target)
    this.#silenceAlarm = 0
  }

  #converse(): void {
    this.#changed = false
    this.#conversations.push({ from: this.#sent + 1, own: this.#channel.epochs[this.#way], peer: this.#channel.peerEpochs[this.#way] })
  }

  #schedule(): void {
    const core = this.#core
    const { f } = this.#memory
    const head = this.#ring.head()
    f[CELL_EVENT_TIME] = f[head + PACKET_ARRIVE]!
    f[CELL_EVENT_COUNTER] = f[head + PACKET_COUNTER]!
    this.#alarm = core.events.add(this.source, this.#target, 0, 0)
  }

  #unschedule(): void {
    this.#core.events.cancel(this.#alarm, this.#target)
    this.#alarm = 0
    if (this.#atOnce > 0) this.#core.instants.remove(this.#number)
    this.#atOnce = 0
  }
}
