import { OP_CLOSED, type ChannelContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import type { Handle } from '../../contract/message.ts'
import type { Conversation, Endpoint, EndpointContext, Outcome, SendResult } from '../../contract/model.ts'
import { OP_ACCEPT, OP_CONNECT, OP_ERROR, OP_FIN, OP_REQUEST, OP_RESPONSE } from './packets.ts'

interface Request {
  readonly tag: number
  readonly connection: number
  /** What its answer will name. */
  readonly correlationId: unknown
}

/** The answering end: accepts connections, and sends each answer on the connection of its request. */
export class HttpServerEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend = true
  readonly canReceive = true
  readonly #context: EndpointContext
  readonly #connections = new Map<number, Conversation>()
  /** Unanswered, by tag, in the order they came. */
  readonly #requests = new Map<number, Request>()
  #tag = 0

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
  }

  isOpen(): boolean {
    return true
  }
  start(): void {
    // Clients connect.
  }
  wake(): void {
    // Nothing here is timed.
  }
  crash(): void {
    this.#connections.clear()
    this.#requests.clear()
  }
  reconfigured(): void {
    // How connections are used is the client's business.
  }

  conversationOf(tag: number): Conversation | null {
    const request = this.#requests.get(tag)
    return (request && this.#connections.get(request.connection)) ?? null
  }

  /** An answer: to the request that it names, else to the oldest. Nobody waits for it any more when its client is gone. */
  send(answer: Handle): SendResult {
    const request = this.#requestOf(this.#context.node.messages.properties(answer)?.['correlationId'])
    if (!request) return 'refused'
    this.#requests.delete(request.tag)
    this.channel.sendCopy(this.#context.end, OP_RESPONSE, answer, request.connection, 0)
    return 'sent'
  }

  /** What fails is answered with an error. What is accepted is answered, sooner or later, or not at all. */
  settle(tag: number, outcome: Outcome): void {
    const request = this.#requests.get(tag)
    if (!request || outcome === 'accepted') return
    this.#requests.delete(tag)
    this.channel.send(this.#context.end, OP_ERROR, request.connection, 0)
  }

  receive(_channel: ChannelContext, op: number, message: Handle, a: number): void {
    switch (op) {
      case OP_CONNECT:
        this.#connections.set(a, { mark: 0 })
        return this.channel.send(this.#context.end, OP_ACCEPT, a, 0)
      case OP_REQUEST: {
        const { node, client } = this.#context
        if (!this.#connections.has(a)) return
        this.#tag += 1
        const tag = this.#tag
        this.#requests.set(tag, { tag, connection: a, correlationId: node.messages.properties(message)?.['correlationId'] })
        node.fact(FACT.delivered, message)
        return client.deliver(this, message, tag)
      }
      case OP_FIN:
        this.#connections.delete(a)
        return this.#forgetRequestsOf(a)
      case OP_CLOSED:
        this.#connections.clear()
        this.#requests.clear()
    }
  }

  #requestOf(correlationId: unknown): Request | undefined {
    for (const request of this.#requests.values()) if (correlationId === undefined || request.correlationId === correlationId) return request
    return undefined
  }

  #forgetRequestsOf(connection: number): void {
    for (const request of [...this.#requests.values()]) if (request.connection === connection) this.#requests.delete(request.tag)
  }
}
