import { OP_CLOSED, type ChannelContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { UNACKNOWLEDGED, WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Endpoint, EndpointContext, Failure, SendResult } from '../../contract/model.ts'
import { HandleChain } from '../../messaging/handle-chain.ts'
import { OP_ACCEPT, OP_CONNECT, OP_ERROR, OP_FIN, OP_REQUEST, OP_RESPONSE } from './packets.ts'

/** A connection carries one request at a time. */
interface Connection {
  readonly number: number
  /** The request that it is made for or that is under way; 0 while it is idle. */
  message: Handle
  open: boolean
}

/** The asking end: a pool of connections, kept alive or made anew for each request. A request is kept until it is answered. */
export class HttpClientEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = true
  readonly #context: EndpointContext
  readonly #queue: HandleChain
  /** By number, which is the order in which they were made. */
  readonly #connections = new Map<number, Connection>()
  #number = 0
  /** The last attempt found somebody, or there was none yet. */
  #reachable = true

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#queue = new HandleChain(context.node.messages)
  }

  isOpen(): boolean {
    return this.#reachable
  }
  start(): void {
    this.#reachable = true
  }
  wake(): void {
    // Nothing here is timed.
  }

  crash(): void {
    const { node } = this.#context
    for (const { message } of this.#connections.values()) if (message !== 0) node.discard(message, 'application crashed')
    this.#connections.clear()
    this.#queue.drain(message => node.discard(message, 'application crashed'))
  }

  send(message: Handle): SendResult {
    this.#context.node.hold(message, WAITING)
    this.#queue.push(message)
    this.#pump()
    return this.#queue.count === 0 ? 'sent' : 'buffered'
  }

  settle(): void {
    // An answer needs no acknowledgement.
  }

  /** More connections are made at once; fewer when they come to be idle. */
  reconfigured(): void {
    this.#pump()
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number): void {
    if (op === OP_CLOSED) return this.#allBroken()
    const connection = this.#connections.get(a)
    switch (op) {
      case OP_ACCEPT:
        this.#reachable = true
        // It was given up before it came to stand.
        if (!connection) return this.#say(OP_FIN, a)
        connection.open = true
        return this.#request(connection)
      case OP_RESPONSE:
        return this.#answered(connection, message)
      case OP_ERROR: {
        if (!connection || connection.message === 0) return
        const request = connection.message
        this.#release(connection)
        this.#fail(request, 'answered')
        return this.#pump()
      }
    }
  }

  #answered(connection: Connection | undefined, answer: Handle): void {
    const { node, client } = this.#context
    if (!connection || connection.message === 0) return node.discard(answer, 'connection lost')
    node.fact(FACT.settled, connection.message)
    node.process(connection.message)
    this.#release(connection)
    node.hold(answer, WAITING)
    node.fact(FACT.delivered, answer)
    client.deliver(this, answer, 0)
    this.#pump()
  }

  /** Nobody is there, or whoever was there is gone: with every connection, those that were being made included. */
  #allBroken(): void {
    this.#reachable = false
    const all = [...this.#connections.values()]
    this.#connections.clear()
    for (const { message, open } of all) if (message !== 0) this.#fail(message, open ? 'broken' : 'refused')
    this.#pump()
  }

  #fail(message: Handle, how: Failure): void {
    const { node, client } = this.#context
    if (client.failed?.(this, message, how) === true) return
    node.discard(message, how === 'answered' ? 'rejected' : 'connection lost')
  }

  /** Gives each request that waits a connection, as far as there may be more. */
  #pump(): void {
    const { socketsMax } = this.channel.config()
    while (this.#queue.count > 0) {
      const idle = this.#idle()
      if (idle) {
        idle.message = this.#queue.shift()
        this.#request(idle)
        continue
      }
      if (typeof socketsMax === 'number' && this.#connections.size >= socketsMax) return
      this.#number += 1
      this.#connections.set(this.#number, { number: this.#number, message: this.#queue.shift(), open: false })
      this.#say(OP_CONNECT, this.#number)
    }
  }

  #idle(): Connection | undefined {
    for (const connection of this.#connections.values()) if (connection.open && connection.message === 0) return connection
    return undefined
  }

  #request(connection: Connection): void {
    this.#context.node.hold(connection.message, UNACKNOWLEDGED)
    this.channel.sendSight(this.#context.end, OP_REQUEST, connection.message, connection.number, 0)
  }

  /** The request of a connection is over: it is kept for the next, or closed. */
  #release(connection: Connection): void {
    connection.message = 0
    const { keepAlive, socketsMax } = this.channel.config()
    if (keepAlive === true && !(typeof socketsMax === 'number' && this.#connections.size > socketsMax)) return
    this.#connections.delete(connection.number)
    this.#say(OP_FIN, connection.number)
  }

  #say(op: number, number: number): void {
    this.channel.send(this.#context.end, op, number, 0)
  }
}
