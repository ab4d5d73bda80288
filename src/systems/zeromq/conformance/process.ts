import type { ChannelContext, ChannelEnd } from '../../../contract/context.ts'
import { wireFields } from '../../../contract/fields.ts'
import type { DiscardReason } from '../../../contract/ledger.ts'
import type { FamilyManifest } from '../../../contract/manifest.ts'
import type { Handle } from '../../../contract/message.ts'
import type { BehaviourModule, Endpoint, EndpointContext, SystemModule } from '../../../contract/model.ts'
import { IdleProgram } from '../../../contract/testing/idle-program.ts'
import type { SessionHost, SessionSettings } from '../connection.ts'
import { Session } from '../session.ts'
import type { Socket } from '../socket.ts'

/** The process that the recordings were made in: one node, with a wire of its own for every connection it will make. */
export const processManifest: FamilyManifest = {
  family: 'zeromq', title: 'Player', colour: 'zeromq', terms: { key: 'topic' }, claims: [],
  nodes: [{ type: 'zeromq.process', title: 'Process', summary: '', icon: 'box', form: 'card', can: ['send', 'receive'], fields: [], probes: [], headline: [], subtitle: '', docs: [] }],
  channels: [{ type: 'zeromq.wire', title: 'wire', summary: '', form: 'solid', from: { types: ['zeromq.process'] }, to: { types: ['zeromq.process'] }, parallel: 'many', carries: 'both', fields: wireFields(0), docs: [] }],
}

/** What the player knows of addresses and options. */
export interface Addresses {
  /** Who is bound to the address of this wire now. */
  bound(wire: ChannelContext): Socket | null
  settings(wire: ChannelContext, socket: Socket | null): SessionSettings
}

/** libzmq looks into a socket's mailbox at most once a millisecond while it sends without waiting. */
const MAILBOX_NS = 1e6

/** One end of a wire: the session of whoever uses it at the time. */
export class WireEnd implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = true
  session: Session | null = null
  addresses: Addresses | null = null
  readonly end: ChannelEnd
  readonly #context: EndpointContext

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.end = context.end
  }

  connect(socket: Socket): Session {
    this.session = new Session('connect', socket, this.#host(socket))
    return this.session
  }

  /** Whoever is bound to the address now. A session that somebody left is not used again. */
  accept(): Session {
    if (!this.session || this.session.isIdle) {
      const socket = this.addresses!.bound(this.channel)
      this.session = new Session('bind', socket, this.#host(socket))
    }
    return this.session
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    const session = this.#context.end === 'to' ? this.accept() : this.session
    session?.receive(op, message, a, b)
  }
  lost(_channel: ChannelContext, op: number, message: Handle, a: number, _b: number, reason: DiscardReason): void {
    this.session?.lost(op, message, a, reason)
  }
  wake(signal: number): void {
    this.session?.wake(signal)
  }
  isOpen(): boolean {
    return this.session?.isOpen ?? false
  }
  start(): void {}
  crash(): void {}
  settle(): void {}
  reconfigured(): void {}
  send(): 'refused' {
    return 'refused'
  }

  #host(socket: Socket | null): SessionHost {
    const { node, channel, end } = this.#context
    return { node, wire: channel, end, settings: this.addresses!.settings(channel, socket), tellsAfterNs: MAILBOX_NS, after: (delayNs, signal) => this.#context.after(delayNs, signal, 0), cancel: alarm => this.#context.cancel(alarm), owner: this }
  }
}

export const processBehaviour: BehaviourModule = { types: ['zeromq.process'], create: () => new IdleProgram() }
export const wireSystem: SystemModule = { family: 'zeromq', endpoint: context => new WireEnd(context) }
