import { OP_CLOSED, OP_FIRST, type ChannelContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { UNACKNOWLEDGED, WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Endpoint, EndpointContext, Outcome, SendResult } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import { HandleChain } from '../../messaging/handle-chain.ts'
import type { Config } from '../../topology/document.ts'
import { CHANNELS_MAX, PAGE_BYTES, settingsOf, type PipeSettings } from './settings.ts'
import { whyInPipe } from './why.ts'

const OP_HELLO = OP_FIRST
const OP_WELCOME = OP_FIRST + 1
const OP_DATA = OP_FIRST + 2
/** The reader took so much out: so much more fits. */
const OP_TAKEN = OP_FIRST + 3
/** The next bytes of the message at the head of the writer's stream, which comes with its last ones. a: how many. */
const OP_PIECE = OP_FIRST + 4

/**
 * One end of a pipe. The writer's stream holds what the pipe has no room for; when that reaches its mark the program has to stop, until the
 * stream has run empty ('drain'). The reader's stream fills up to its mark, and gives room as the program takes messages out of it.
 */
export class PipeEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend: boolean
  readonly canReceive: boolean
  readonly acknowledges = false
  readonly #context: EndpointContext
  #settings: PipeSettings
  #open = false
  /** Written to the stream, and not yet taken by the pipe. */
  readonly #stream: HandleChain
  #streamSize = 0
  /** write() answered false, and the stream has not run empty since. */
  #draining = false
  /** What the program can't write yet. */
  readonly #waiting: HandleChain
  /** Bytes of the head of the stream that went ahead of it. */
  #ahead = 0
  /** In the pipe and the reader's stream, by what the reader told. */
  #outstanding = 0
  readonly #inbox: HandleChain
  readonly #inHand = new Set<Handle>()
  #taken = 0
  #reading = false
  /** Bytes of the message that is coming in: still in the pipe, and taken out of it. */
  #pieces = 0
  #piecesTaken = 0
  /** Of long messages that are there, the bytes that were taken out of the pipe before their end came. */
  readonly #takenBefore = new Map<Handle, number>()
  /** Numbers of the logical channels of a multiplexed pipe, by number of the key. */
  readonly #channels = new Set<number>()

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    const both = context.channel.type === 'pipe.ipc'
    this.canSend = both || context.end === 'from'
    this.canReceive = both || context.end === 'to'
    this.#settings = settingsOf(this.channel.type, this.channel.config())
    const { messages } = context.node
    this.#stream = new HandleChain(messages)
    this.#waiting = new HandleChain(messages)
    this.#inbox = new HandleChain(messages)
  }

  isOpen(): boolean {
    return this.#open
  }
  get blocked(): boolean {
    return this.#waiting.count > 0 || (this.#draining && this.#settings.obeys)
  }

  start(): void {
    // A run begins with both processes there; one that starts later has to be found first.
    if (this.#context.node.nowNs() === 0) this.#opened()
    else this.#say(OP_HELLO)
  }

  wake(): void {
    // Nothing here is timed.
  }

  crash(): void {
    this.#open = false
    const { node } = this.#context
    this.#dropStream('application crashed')
    this.#waiting.drain(message => node.discard(message, 'application crashed'))
    this.#inbox.drain(message => node.discard(message, 'application crashed'))
    for (const message of this.#inHand) node.discard(message, 'application crashed')
    this.#inHand.clear()
    this.#channels.clear()
    this.#taken = 0
    this.#takenBefore.clear()
  }

  send(message: Handle): SendResult {
    const { node } = this.#context
    if (!this.#open || !this.#named(message)) return 'refused'
    if (!this.#mustWait()) {
      this.#write(message)
      return 'sent'
    }
    if (this.#waiting.count >= this.#settings.waitingMax) return 'refused'
    node.hold(message, WAITING)
    this.#waiting.push(message)
    return 'buffered'
  }

  settle(message: Handle, outcome: Outcome): void {
    if (!this.#inHand.delete(message)) return
    // A pipe acknowledges nothing: what the program gives back is gone.
    if (outcome === 'accepted') this.#context.node.process(message)
    else this.#context.node.discard(message, 'rejected')
    this.#read()
  }

  why(asked: Asked): readonly Why[] {
    const far = this.channel.nodeLabel(this.#context.end === 'from' ? 'to' : 'from')
    const room = this.#settings.between + this.#settings.readMark
    return whyInPipe(asked, { inbox: this.#inbox, stream: this.#stream, waiting: this.#waiting, inHand: this.#inHand.size, outstanding: this.#outstanding, room, writeMark: this.#settings.writeMark, unit: this.#settings.objects ? 'objects' : 'bytes', far })
  }
  queued(visit: (message: Handle) => void): void {
    for (const chain of [this.#inbox, this.#stream, this.#waiting]) chain.forEach(visit)
  }

  reconfigured(_before: Config): void {
    this.#settings = settingsOf(this.channel.type, this.channel.config())
    this.#pump()
    this.#read()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number): void {
    switch (op) {
      case OP_CLOSED:
        return this.#closed()
      case OP_HELLO:
        this.#say(OP_WELCOME)
        return this.#opened()
      case OP_WELCOME:
        return this.#opened()
      case OP_TAKEN:
        this.#outstanding -= a
        return this.#pump()
      case OP_PIECE:
        this.#pieces += a
        return this.#read()
      case OP_DATA:
        this.#context.node.hold(message, WAITING)
        this.#inbox.push(message)
        if (this.#piecesTaken > 0) this.#takenBefore.set(message, this.#piecesTaken)
        this.#forgetPieces()
        this.#read()
    }
  }

  #opened(): void {
    if (this.#open) return
    this.#open = true
    this.#outstanding = 0
    this.#taken = 0
    this.#forgetPieces()
    this.#context.client.opened(this)
    this.#pump()
  }

  /** EPIPE for a writer: what its stream holds is lost. A reader still gets what came through. */
  #closed(): void {
    if (!this.#open) return
    this.#open = false
    this.#dropStream('connection lost')
  }

  #mustWait(): boolean {
    return this.#settings.obeys && (this.#draining || this.#waiting.count > 0)
  }

  #write(message: Handle): void {
    this.#context.node.hold(message, WAITING)
    this.#stream.push(message)
    this.#streamSize += this.#size(message)
    this.#pump()
    if (this.#streamSize >= this.#settings.writeMark) this.#draining = true
  }

  /** The pipe takes what fits (claim pipe.pieces): of a message that is longer than it is, a piece; of others, the whole. */
  #pump(): void {
    if (!this.#open) return
    const { between, readMark, piece } = this.#settings
    while (this.#stream.count > 0) {
      const left = this.#size(this.#stream.head) - this.#ahead
      const free = between + readMark - this.#outstanding
      if (left > piece) {
        if (free < Math.min(PAGE_BYTES, between)) return
        this.#sendPiece(Math.min(piece, free))
        continue
      }
      if (this.#outstanding > 0 && left > free) return
      this.#outstanding += left
      this.#streamSize -= left
      this.#ahead = 0
      this.channel.sendCopy(this.#context.end, OP_DATA, this.#stream.shift(), 0, 0)
    }
    this.#drained()
  }

  #sendPiece(bytes: number): void {
    this.#ahead += bytes
    this.#outstanding += bytes
    this.#streamSize -= bytes
    this.channel.send(this.#context.end, OP_PIECE, bytes, 0)
  }

  /** The stream has run empty: the program may go on. */
  #drained(): void {
    if (!this.#draining && this.#waiting.count === 0) return
    this.#draining = false
    while (this.#waiting.count > 0 && !this.#draining) this.#write(this.#waiting.shift())
    if (!this.blocked) this.#context.client.unblocked?.(this)
  }

  /** Hands the program what it has room for. */
  #read(): void {
    // A program that is done at once asks for the next message while it is being given this one.
    if (this.#reading) return
    this.#reading = true
    const { node, client } = this.#context
    while (this.#inbox.count > 0 && node.isUp() && this.#inHand.size < this.#settings.inHand) {
      const message = this.#inbox.shift()
      const before = this.#takenBefore.get(message) ?? 0
      if (before > 0) this.#takenBefore.delete(message)
      this.#took(this.#size(message) - before)
      node.fact(FACT.delivered, message)
      if (this.channel.type === 'pipe.ipc') {
        client.deliver(this, message, 0)
        continue
      }
      this.#inHand.add(message)
      node.hold(message, UNACKNOWLEDGED)
      client.deliver(this, message, message)
    }
    // A program that waits for the end of a long message has its beginning out of the pipe.
    if (this.#pieces > 0 && this.#inbox.count === 0 && node.isUp() && this.#inHand.size < this.#settings.inHand) {
      const bytes = this.#pieces
      this.#pieces = 0
      this.#piecesTaken += bytes
      this.#took(bytes)
    }
    this.#reading = false
  }

  #forgetPieces(): void {
    this.#pieces = 0
    this.#piecesTaken = 0
  }

  /** Room is told of in steps of half the reader's mark, and when all is read; of objects one by one. */
  #took(size: number): void {
    this.#taken += size
    const step = this.#settings.objects ? 1 : this.#settings.readMark / 2
    if (!this.#open || (this.#inbox.count > 0 && this.#taken < step)) return
    this.channel.send(this.#context.end, OP_TAKEN, this.#taken, 0)
    this.#taken = 0
  }

  #size(message: Handle): number {
    return this.#settings.objects ? 1 : this.#context.node.messages.bytes(message) + this.#settings.overhead
  }

  /** One byte names a logical channel: of more than 256 keys the rest can't be sent. */
  #named(message: Handle): boolean {
    if (!this.#settings.multiplexed) return true
    const key = this.#context.node.messages.keyId(message)
    if (this.#channels.size >= CHANNELS_MAX && !this.#channels.has(key)) return false
    this.#channels.add(key)
    return true
  }

  #dropStream(reason: 'connection lost' | 'application crashed'): void {
    this.#stream.drain(message => this.#context.node.discard(message, reason))
    this.#streamSize = 0
    this.#ahead = 0
    this.#draining = false
  }

  #say(op: number): void {
    this.channel.send(this.#context.end, op, 0, 0)
  }
}
