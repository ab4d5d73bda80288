import type { Alarm, ChannelContext, ChannelEnd, NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import type { DiscardReason } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { SystemModel, SystemPlan } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Config } from '../../topology/document.ts'
import type { SessionHost, SessionSettings } from './connection.ts'
import { optionsOf, otherEnd, proxySockets, roleOf, settingsOf } from './lines.ts'
import type { Pipe } from './pipe.ts'
import { Relay } from './relay.ts'
import { Session } from './session.ts'
import { Socket } from './socket.ts'
import { startStanding } from './standing.ts'
import { whyDiedAt, whyInSocket, type PeerOf } from './why.ts'

/** Kinds of lines that meet in one pair of sockets; every other kind has a pair of its own. */
const GROUPS: Readonly<Record<string, string>> = { 'zeromq.req-rep': 'requests', 'zeromq.dealer-router': 'requests' }
/** The datum of an alarm is the channel's number and the session's signal. */
const SIGNALS = 8

/** A line's end at the proxy. */
class ProxyLine implements SessionHost {
  readonly node: NodeContext
  readonly wire: ChannelContext
  readonly end: ChannelEnd
  readonly owner = this
  readonly tellsAfterNs = 0
  readonly socket: Socket
  settings: SessionSettings
  session: Session

  constructor(node: NodeContext, wire: ChannelContext, end: ChannelEnd, socket: Socket) {
    this.node = node
    this.wire = wire
    this.end = end
    this.socket = socket
    this.settings = settingsOf(wire.config())
    this.session = this.#newSession()
  }

  after(delayNs: number, signal: number): Alarm {
    return this.node.after(delayNs, 0, this.wire.index * SIGNALS + signal)
  }
  cancel(alarm: Alarm): void {
    this.node.cancel(alarm)
  }

  start(): void {
    if (this.node.nowNs() > 0) this.session.start()
    else startStanding(this.session, this.wire, this.end)
  }

  reconfigured(before: Config): void {
    const config = this.wire.config()
    this.settings = settingsOf(config)
    this.socket.options = optionsOf(config)
    if (before['bind'] === config['bind'] && before['transport'] === config['transport']) return this.session.reconfigured()
    this.session.crash()
    this.session = this.#newSession()
    if (!this.node.isUp()) return
    this.wire.hangUp(this.end)
    this.session.start()
  }

  #newSession(): Session {
    return new Session(roleOf(this.wire.config(), this.end), this.socket, this)
  }
}

/**
 * A device: lines that enter it end in a front socket, lines that leave it in a back socket, and a relay hands on between the two. One pair
 * for publishers and subscribers, one for pipelines, one for requests.
 */
export class Proxy implements SystemModel {
  readonly #node: NodeContext
  readonly #relays = new Map<string, Relay>()
  readonly #lines = new Map<ChannelContext, ProxyLine>()
  readonly #forwarded: number
  readonly #waiting: number

  constructor(plan: SystemPlan) {
    this.#node = plan.container
    this.#forwarded = this.#node.probe('forwarded')
    this.#waiting = this.#node.probe('waiting')
    for (const channel of plan.channels) this.#add(channel)
  }

  start(): void {
    for (const line of this.#lines.values()) line.start()
  }

  receive(channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#lines.get(channel)?.session.receive(op, message, a, b)
    this.#levels()
  }
  lost(channel: ChannelContext, op: number, message: Handle, a: number, _b: number, reason: DiscardReason): void {
    this.#lines.get(channel)?.session.lost(op, message, a, reason)
  }
  wake(_node: NodeContext, _signal: number, datum: number): void {
    const index = Math.floor(datum / SIGNALS)
    for (const line of this.#lines.values()) if (line.wire.index === index) line.session.wake(datum % SIGNALS)
  }

  crash(): void {
    for (const line of this.#lines.values()) line.session.crash()
    for (const { front, back } of this.#relays.values()) for (const socket of [front, back]) socket.reset('application crashed')
    this.#levels()
  }

  addNode(): void {
    // Nothing lives inside a proxy.
  }
  removeNode(): void {
    // Nothing lived there.
  }
  reconfigured(): void {
    // Its lines have the settings.
  }
  addChannel(channel: ChannelContext): void {
    const line = this.#add(channel)
    if (this.#node.isUp()) line.start()
  }
  removeChannel(channel: ChannelContext): void {
    this.#lines.get(channel)?.session.crash()
    this.#lines.delete(channel)
    this.#levels()
  }
  reconfiguredChannel(channel: ChannelContext, before: Config): void {
    this.#lines.get(channel)?.reconfigured(before)
  }

  contents(_node: NodeContext, out: Handle[], from: number, limit: number): number {
    let count = 0
    this.#forEachMessage(message => {
      if (count >= from && count < from + limit) out.push(message)
      count += 1
    })
    return count
  }

  notes(): readonly string[] {
    return [...this.#relays.values()].map(({ front, back }) => `${front.type} with ${front.pipes.size} peers in front, ${back.type} with ${back.pipes.size} behind`)
  }

  why(asked: Asked): readonly Why[] {
    const peers = (pipe: Pipe): PeerOf | null => {
      const line = pipe.owner as ProxyLine // made by one of its lines
      return this.#lines.get(line.wire) === line ? { label: line.wire.nodeLabel(otherEnd(line.end)), open: line.session.isOpen } : null
    }
    for (const { front, back } of this.#relays.values()) for (const socket of [front, back]) {
      const whys = asked.ended === null ? whyInSocket(socket, asked, peers, 0) : whyDiedAt(socket, asked, asked.ended)
      if (whys.length > 0) return whys
    }
    return []
  }

  #add(channel: ChannelContext): ProxyLine {
    const end = channel.from === this.#node.id ? 'from' : 'to'
    const relay = this.#relayOf(channel)
    const line = new ProxyLine(this.#node, channel, end, end === 'from' ? relay.back : relay.front)
    line.socket.options = optionsOf(channel.config())
    this.#lines.set(channel, line)
    return line
  }

  #relayOf(channel: ChannelContext): Relay {
    const group = GROUPS[channel.type] ?? channel.type
    let relay = this.#relays.get(group)
    if (!relay) {
      const { front, back } = proxySockets(channel.type)
      relay = new Relay(new Socket(front, this.#node), new Socket(back, this.#node), message => this.#handed(message))
      this.#relays.set(group, relay)
    }
    return relay
  }

  #handed(message: Handle): void {
    this.#node.count(this.#forwarded)
    this.#node.fact(FACT.routed, message)
  }

  #levels(): void {
    let count = 0
    for (const { front, back } of this.#relays.values()) for (const socket of [front, back]) for (const pipe of socket.pipes) count += pipe.inbox.count + pipe.outbox.count
    this.#node.level(this.#waiting, count)
  }

  #forEachMessage(visit: (message: Handle) => void): void {
    for (const { front, back } of this.#relays.values()) for (const socket of [front, back]) for (const pipe of socket.pipes) {
      pipe.inbox.forEach(visit)
      pipe.outbox.forEach(visit)
    }
  }
}
