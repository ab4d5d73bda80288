import { OP_CLOSED, type Alarm } from '../../contract/context.ts'
import { WAITING, type DiscardReason } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import { HandleChain } from '../../messaging/handle-chain.ts'
import { OP_BOUND, OP_CANCEL, OP_CREDIT, OP_HELLO, OP_MESSAGE, OP_SUBSCRIBE, OP_WELCOME, NAMED, type Handshake, type Role, type SessionHost } from './connection.ts'
import { Pipe, type Carrier } from './pipe.ts'
import { isAnswer } from './req.ts'
import { SendWindow } from './send-window.ts'
import type { Socket } from './socket.ts'

/** Signals of a session's alarms. */
const RETRY = 1
const LINGER = 2
const FREE = 3
const NS_A_MS = 1e6

/** asking: HELLO is under way · waiting: for the next attempt, or for the bound side to come · over: closed, or broken for good. */
type State = 'idle' | 'asking' | 'waiting' | 'open' | 'over'

/**
 * The transport half of a socket at one end of a wire: it makes the connection and makes it again, moves messages from pipe to wire and from wire
 * to pipe, and lets no more onto the wire than the other end has room for.
 */
export class Session implements Carrier {
  readonly role: Role
  socket: Socket | null
  /** The pipe of the present connection; of a connecting socket it outlives connections. */
  pipe: Pipe | null = null
  readonly #host: SessionHost
  #state: State = 'idle'
  #alarm: Alarm = 0
  #lingering = false
  #lingerAlarm: Alarm = 0
  /** Sent, and the socket has not heard of it: the part of libzmq that sends tells it a moment later. */
  #freed = 0
  #freeAlarm: Alarm = 0
  /** Subscriptions that wait for the connection: prefix and whether it is one or the end of one. */
  #announcements: (readonly [string, boolean])[] = []
  /** Messages that came in for nobody: the socket gave the pipe up and left the connection open. */
  readonly #stranded: HandleChain
  readonly #window = new SendWindow()
  /** Read while there was no connection to tell it on. */
  #owed = 0

  constructor(role: Role, socket: Socket | null, host: SessionHost) {
    this.role = role
    this.socket = socket
    this.#host = host
    this.#stranded = new HandleChain(host.node.messages)
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }
  /** No connection, none under way. */
  get isIdle(): boolean {
    return this.#state === 'idle' || this.#state === 'over'
  }

  /** Begins: connects, or lets it be known that somebody can be connected to. */
  start(): void {
    if (this.role === 'connect') {
      this.#makePipeIfEager()
      this.#ask()
    } else if (this.#host.settings.transport === 'inproc') this.#send(OP_BOUND)
  }

  /** Begins with the connection standing, as if it had been made long ago. Subscriptions of the peer are told by whoever knows them. */
  startStanding(peer: Handshake, announces: (prefix: string) => boolean): void {
    if (!this.pipe) this.#makePipe()
    this.#announcements = this.#announcements.filter(([prefix]) => announces(prefix))
    this.#opened(peer)
  }

  /** zmq_disconnect and zmq_close: the pipe is over at once, what was written is sent within the linger time. */
  close(lingerMs: number): void {
    const { pipe } = this
    pipe?.terminate('connection lost')
    if (this.role === 'bind') this.socket?.sessions.delete(this)
    // Subscriptions wait in the pipe as messages do.
    const left = pipe !== null && (pipe.outbox.count > 0 || this.#announcements.length > 0)
    const kept = lingerMs !== 0 || this.#host.settings.transport === 'inproc'
    if (!left || !kept || (this.#state !== 'open' && this.role === 'bind') || this.#state === 'over') return this.#end()
    this.#lingering = true
    if (lingerMs > 0 && this.#host.settings.transport === 'tcp') this.#lingerAlarm = this.#host.after(Math.round(lingerMs * NS_A_MS), LINGER)
  }

  /** The application died: everything is forgotten without a word. */
  crash(): void {
    this.#stopAlarms()
    this.#dropEverything('application crashed')
    this.#state = 'idle'
    this.#lingering = false
    this.#announcements = []
  }

  wake(signal: number): void {
    if (signal === FREE) {
      const freed = this.#freed
      this.#freed = 0
      this.#freeAlarm = 0
      return this.pipe?.free(freed)
    }
    if (signal === LINGER) {
      this.#lingerAlarm = 0
      return this.#end()
    }
    this.#alarm = 0
    if (this.#state === 'waiting' && this.#host.node.isUp()) this.#ask()
  }

  /** Reads its settings anew. */
  reconfigured(): void {
    const { markOut, markIn, transport, kernelBytes } = this.#host.settings
    if (transport === 'tcp') this.pipe?.remark(markOut, markIn)
    if (this.pipe) this.pipe.countsBytes = kernelBytes > 0
    if (this.#state !== 'waiting' || this.role !== 'connect') return
    this.#stopAlarm()
    this.#tryLater()
  }

  receive(op: number, message: Handle, a: number, b: number): void {
    switch (op) {
      case OP_CLOSED:
        return this.#closed()
      case OP_HELLO:
        return this.#hello(this.#host.wire.taken(a) as Handshake)
      case OP_WELCOME: {
        const peer = this.#host.wire.taken(a) as Handshake
        if (this.#state !== 'asking' && this.#state !== 'waiting') return
        this.#opened(peer)
        // A PAIR that has its peer gave this one up before it was there.
        if (this.pipe?.isClosed === true && !this.#lingering) this.gaveUp(this.pipe)
        return
      }
      case OP_BOUND:
        if (this.#state === 'waiting' && this.#host.settings.transport === 'inproc') this.#ask()
        return
      case OP_MESSAGE:
        return this.#arrived(message)
      case OP_CREDIT:
        return this.#credit(b, a)
      case OP_SUBSCRIBE:
      case OP_CANCEL:
        if (this.pipe && this.socket) this.socket.pattern.subscribed?.(this.pipe, this.#host.node.messages.text(a), op === OP_SUBSCRIBE)
    }
  }

  /** A packet was lost: what it carried besides a message is forgotten. Nobody ever reads what the network alone has lost: its room is free again. */
  lost(op: number, message: Handle, a: number, reason: DiscardReason): void {
    if (op === OP_HELLO || op === OP_WELCOME) this.#host.wire.taken(a)
    else if (op === OP_MESSAGE && reason === 'lost on the wire') this.#credit(1, this.#host.settings.kernelBytes > 0 ? this.#host.node.messages.bytes(message) : 0)
  }

  pump(): void {
    const { pipe } = this
    if (!pipe || this.#state !== 'open') return
    const inproc = this.#host.settings.transport === 'inproc'
    const { node, wire, end } = this.#host
    const { kernelBytes } = this.#host.settings
    while (pipe.outbox.count > 0) {
      const bytes = kernelBytes > 0 ? node.messages.bytes(pipe.outbox.head) : 0
      if (!inproc && !this.#window.fits(bytes, kernelBytes)) return this.#freeSoon(pipe.departedStep())
      this.#window.sent(bytes)
      wire.sendCopy(end, OP_MESSAGE, pipe.depart(), 0, 0)
    }
    if (!inproc) this.#freeSoon(pipe.departedStep())
    if (this.#lingering) this.#end()
  }

  credit(pipe: Pipe, messages: number): void {
    // What is read of an earlier connection gives no room on this one.
    if (pipe !== this.pipe) return
    if (this.#state !== 'open') this.#owed += messages
    else this.#host.wire.send(this.#host.end, OP_CREDIT, pipe.takeReadBytes(), messages)
  }

  /** A tcp connection stays open with nobody behind it; without a connection in between the other end learns of it. */
  gaveUp(pipe: Pipe): void {
    if (pipe === this.pipe && this.#state === 'open' && this.#host.settings.transport === 'inproc') this.#end()
  }

  announce(pipe: Pipe, prefix: string, on: boolean): void {
    if (pipe !== this.pipe) return
    if (this.#state === 'open') this.#send(on ? OP_SUBSCRIBE : OP_CANCEL, this.#host.node.messages.intern(prefix))
    else this.#announcements.push([prefix, on])
  }

  #freeSoon(departed: number): void {
    this.#freed += departed
    if (this.#freed > 0 && this.#freeAlarm === 0) this.#freeAlarm = this.#host.after(this.#host.tellsAfterNs, FREE)
  }

  #credit(messages: number, bytes: number): void {
    this.#window.credit(messages, bytes)
    if (this.#host.settings.transport === 'inproc') this.pipe?.free(messages)
    else this.pump()
  }

  #ask(): void {
    this.#state = 'asking'
    this.#send(OP_HELLO, this.#host.wire.give(this.#handshake()))
  }

  #hello(peer: Handshake): void {
    if (this.role !== 'bind' || !this.socket) return this.#host.wire.hangUp(this.#host.end)
    if (this.#state === 'open') this.#disconnected()
    this.#makePipe()
    this.#send(OP_WELCOME, this.#host.wire.give(this.#handshake()))
    this.#opened(peer)
    if (this.pipe?.isClosed) this.gaveUp(this.pipe)
  }

  #opened(peer: Handshake): void {
    this.#stopAlarm()
    if (!this.pipe && !this.#lingering) this.#makePipe()
    this.#state = 'open'
    this.#window.open(peer)
    const { pipe, socket } = this
    if (!pipe || !socket) return
    const { transport, markOut, markIn } = this.#host.settings
    if (transport === 'inproc') {
      // One queue of both marks; the connecting socket decides whether it is conflated.
      const conflate = this.role === 'connect' ? socket.conflates : peer.conflate
      pipe.conflateIn = conflate
      pipe.conflateOut = conflate
      pipe.remark(summed(markOut, peer.markIn), summed(markIn, peer.markOut))
    }
    if (socket.wantsRoutingId) socket.pattern.identified?.(pipe, peer.routingId)
    const waiting = this.#announcements
    this.#announcements = []
    for (const [prefix, on] of waiting) this.announce(pipe, prefix, on)
    if (this.#owed > 0) this.credit(pipe, this.#owed)
    this.#owed = 0
    this.pump()
    socket.user?.writable()
  }

  /** The other end hung up, died, refused, or the line was cut for too long. */
  #closed(): void {
    const mayTry = this.#state === 'open' ? this.#disconnected() : this.#state === 'asking'
    if (this.role === 'connect' && mayTry) this.#tryLater()
  }

  /** A connection that stood is gone. The bound side forgets the peer; the connecting side keeps its pipe and what waits in it. False: for good. */
  #disconnected(): boolean {
    const { pipe, socket } = this
    const inproc = this.#host.settings.transport === 'inproc'
    this.#stranded.drain(message => this.#host.node.discard(message, 'connection lost'))
    this.#state = 'idle'
    if (this.role === 'bind') {
      this.pipe = null
      if (this.#lingering) this.#end()
      else pipe?.peerGone()
      pipe?.dropOutbox('connection lost')
      return false
    }
    if (inproc) {
      pipe?.peerGone()
      pipe?.dropOutbox('connection lost')
      this.#state = 'over'
      return false
    }
    if (socket?.options.immediate) {
      pipe?.dropOutbox('connection lost')
      pipe?.terminate('connection lost')
      this.pipe = null
    } else if (pipe) {
      this.#announcements = []
      if (pipe.isActive) socket?.pattern.hiccuped?.(pipe)
    }
    return true
  }

  #tryLater(): void {
    this.#state = 'waiting'
    const { reconnectMs, transport } = this.#host.settings
    if (transport === 'inproc' || reconnectMs <= 0) return
    const jitterMs = this.#host.node.random('reconnect').uniform() * reconnectMs
    this.#alarm = this.#host.after(Math.round((reconnectMs + jitterMs) * NS_A_MS), RETRY)
  }

  #arrived(message: Handle): void {
    const { pipe, socket } = this
    const { node } = this.#host
    if (!pipe || !socket || pipe.isClosed) {
      node.hold(message, WAITING)
      this.#stranded.push(message)
      return
    }
    if (socket.type === 'REQ' && this.#host.settings.transport === 'tcp' && !isAnswer(socket.envelopes.frames(message))) {
      node.discard(message, 'rejected')
      return this.#break()
    }
    pipe.arrived(message)
  }

  /** The peer broke the protocol: the connection ends, and a connecting side doesn't try again. */
  #break(): void {
    const { pipe } = this
    this.#host.wire.hangUp(this.#host.end)
    this.#disconnected()
    pipe?.peerGone()
    pipe?.dropOutbox('connection lost')
    if (this.role === 'connect') this.#state = 'over'
  }

  #makePipeIfEager(): void {
    if (this.pipe || !this.socket) return
    if (this.#host.settings.transport === 'tcp' && this.socket.options.immediate) return
    this.#makePipe()
  }

  #makePipe(): void {
    const { socket } = this
    if (!socket) return
    const { markOut, markIn } = this.#host.settings
    const pipe = new Pipe(socket, this, this.#host.owner)
    pipe.markOut = markOut
    pipe.markIn = markIn
    pipe.conflateIn = socket.conflates
    pipe.conflateOut = socket.conflates
    pipe.countsBytes = this.#host.settings.kernelBytes > 0
    this.pipe = pipe
    this.#freed = 0
    socket.sessions.add(this)
    socket.attach(pipe)
  }

  #handshake(): Handshake {
    const { markOut, markIn, transport, routingId } = this.#host.settings
    const { socket, pipe } = this
    let heldBytes = 0
    if (pipe?.countsBytes) pipe.inbox.forEach(message => void (heldBytes += this.#host.node.messages.bytes(message)))
    pipe?.forgetRead()
    this.#owed = 0
    const conflate = socket?.conflates ?? false
    const named = transport === 'inproc' || NAMED.includes(socket!.type)
    return { type: socket!.type, routingId: named ? routingId || socket!.options.routingId : '', markOut, markIn: conflate ? 0 : markIn, conflate, held: pipe?.inbox.count ?? 0, heldBytes }
  }

  /** The connection ends from this side. */
  #end(): void {
    this.#stopAlarms()
    this.#dropEverything('connection lost')
    const was = this.#state
    this.#state = 'over'
    this.#lingering = false
    this.socket?.sessions.delete(this)
    if (was === 'open' || was === 'asking') this.#host.wire.hangUp(this.#host.end)
  }

  #dropEverything(reason: 'connection lost' | 'application crashed'): void {
    const { pipe } = this
    this.pipe = null
    pipe?.dropOutbox(reason)
    pipe?.terminate(reason)
    // Pipes of earlier connections that are still being read.
    for (const old of [...(this.socket?.pipes ?? [])]) if (old.carrier === this) old.terminate(reason)
    this.#stranded.drain(message => this.#host.node.discard(message, reason))
  }

  #send(op: number, a = 0): void {
    this.#host.wire.send(this.#host.end, op, a, 0)
  }

  #stopAlarm(): void {
    if (this.#alarm !== 0) this.#host.cancel(this.#alarm)
    this.#alarm = 0
  }
  #stopAlarms(): void {
    this.#stopAlarm()
    if (this.#lingerAlarm !== 0) this.#host.cancel(this.#lingerAlarm)
    this.#lingerAlarm = 0
    if (this.#freeAlarm !== 0) this.#host.cancel(this.#freeAlarm)
    this.#freeAlarm = 0
  }
}

function summed(one: number, other: number): number {
  return one === 0 || other === 0 ? 0 : one + other
}
