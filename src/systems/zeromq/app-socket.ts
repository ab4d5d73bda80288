import type { NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { UNACKNOWLEDGED, WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Outcome, SendResult } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import { HandleChain } from '../../messaging/handle-chain.ts'
import { DONE, EAGAIN, EFSM, type SocketType } from './kinds.ts'
import { optionsOf } from './lines.ts'
import type { ZeromqEndpoint } from './endpoint.ts'
import type { Pipe } from './pipe.ts'
import { Socket, type SocketUser } from './socket.ts'
import { whyBlocked, whyDiedAt, whyInSocket, type PeerOf } from './why.ts'

const CONVERSING: readonly SocketType[] = ['DEALER', 'ROUTER', 'PAIR']

/**
 * One socket of an application and the program around it: reads a message when the program has room for one more in its hands, and keeps
 * what can't be sent yet in the order it was given.
 */
export class AppSocket implements SocketUser {
  readonly socket: Socket
  readonly #node: NodeContext
  /** In the order of the document: the first one stands for the socket where the application wants to send once, not once per line. */
  readonly #lines: ZeromqEndpoint[] = []
  /** Read and not settled: message → line. */
  readonly #inHand = new Map<Handle, ZeromqEndpoint>()
  readonly #waiting: HandleChain
  #reading = false
  #flushing = false

  constructor(type: SocketType, node: NodeContext) {
    this.#node = node
    this.socket = new Socket(type, node)
    this.socket.user = this
    this.#waiting = new HandleChain(node.messages)
  }

  get face(): ZeromqEndpoint | undefined {
    return this.#lines[0]
  }
  get blocked(): boolean {
    return this.#waiting.count > 0
  }

  join(line: ZeromqEndpoint): void {
    this.#lines.push(line)
    this.reconfigured()
  }

  leave(line: ZeromqEndpoint): void {
    this.#lines.splice(this.#lines.indexOf(line), 1)
    this.reconfigured()
    if (this.#lines.length === 0) this.forget()
    else this.writable()
  }

  /** The options of the socket are those of its first line. */
  reconfigured(): void {
    const first = this.#lines[0]
    if (first) this.socket.options = optionsOf(first.channel.config())
    this.readable()
  }

  /** The program died, or has no lines any more: what it held is gone. */
  forget(): void {
    this.#waiting.drain(message => this.#node.discard(message, 'application crashed'))
    for (const message of this.#inHand.keys()) this.#node.discard(message, 'application crashed')
    this.#inHand.clear()
    this.socket.reset('application crashed')
  }

  /** What the program was working on came over a line that is taken out. */
  abandon(line: ZeromqEndpoint): void {
    for (const [message, through] of [...this.#inHand]) {
      if (through !== line) continue
      this.#inHand.delete(message)
      this.#node.discard(message, 'node removed')
    }
  }

  send(message: Handle): SendResult {
    if (!this.blocked && this.#trySend(message)) return 'sent'
    return this.#wait(message)
  }

  settle(message: Handle, outcome: Outcome): void {
    if (!this.#inHand.delete(message)) return
    // Nothing is acknowledged: what the program gives back or can't use is gone.
    if (outcome === 'accepted') this.#node.process(message)
    else this.#node.discard(message, 'rejected')
    this.readable()
  }

  /** What a copy waits for that is in the program's or the socket's queues; why one died at the socket. */
  why(asked: Asked): readonly Why[] {
    const { socket } = this
    if (asked.ended !== null) return whyDiedAt(socket, asked, asked.ended)
    const peers = (pipe: Pipe): PeerOf | null => {
      const line = pipe.owner as ZeromqEndpoint // made by one of its lines
      return this.#lines.includes(line) ? { label: line.peerLabel, open: line.isOpen() } : null
    }
    const ahead = this.#waiting.placeOf(asked.message)
    return ahead >= 0 ? [whyBlocked(socket, ahead, peers)] : whyInSocket(socket, asked, peers, this.#inHand.size)
  }

  queued(visit: (message: Handle) => void): void {
    for (const pipe of this.socket.pipes) pipe.inbox.forEach(visit)
    for (const pipe of this.socket.pipes) pipe.outbox.forEach(visit)
    this.#waiting.forEach(visit)
  }

  readable(): void {
    // A program that settles at once asks for the next message while it is being given this one.
    if (this.#reading) return
    this.#reading = true
    while (this.#node.isUp() && this.#lines.length > 0 && this.#inHand.size < this.#room()) {
      const message = this.socket.receive()
      if (message <= 0) break
      const line = this.socket.from?.owner as ZeromqEndpoint | undefined
      this.#deliver(line && this.#lines.includes(line) ? line : this.#lines[0]!, message)
      // An answer that came frees a REQ for its next question.
      this.writable()
    }
    this.#reading = false
  }

  writable(): void {
    if (this.#flushing || !this.blocked) return
    this.#flushing = true
    while (this.#waiting.count > 0) {
      const message = this.#waiting.shift()
      if (this.#trySend(message)) continue
      this.#waiting.unshift(message)
      break
    }
    this.#flushing = false
    if (!this.blocked) for (const line of this.#lines) line.unblocked()
  }

  #room(): number {
    const inHand = this.#lines[0]?.channel.config()['inHand']
    return typeof inHand === 'number' ? inHand : Infinity
  }

  #deliver(line: ZeromqEndpoint, message: Handle): void {
    this.#node.fact(FACT.delivered, message)
    // In a conversation the program takes what comes at once, and may pass the very copy on.
    if (CONVERSING.includes(this.socket.type)) return line.deliver(message, 0)
    this.#inHand.set(message, line)
    this.#node.hold(message, UNACKNOWLEDGED)
    line.deliver(message, message)
  }

  #trySend(message: Handle): boolean {
    const code = this.socket.send(message)
    if (code === DONE) return true
    if (code !== EAGAIN && code !== EFSM) this.#node.discard(message, 'unroutable')
    return code !== EAGAIN && code !== EFSM
  }

  /** The send has to wait: as the program's own queue allows. A REP that was not asked has nothing to wait for. */
  #wait(message: Handle): SendResult {
    const config = this.#lines[0]?.channel.config() ?? {}
    const most = config['waitingMax']
    if (config['whenFull'] === 'drop' || this.socket.type === 'REP' || (typeof most === 'number' && this.#waiting.count >= most)) return 'refused'
    this.#node.hold(message, WAITING)
    this.#waiting.push(message)
    return 'buffered'
  }
}
