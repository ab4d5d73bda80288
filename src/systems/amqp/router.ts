import type { ChannelContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Confirms } from './confirms.ts'
import { OP_ROUTE } from './control.ts'
import { moreKeys } from './envelope.ts'
import { Exchange, type Route } from './exchange.ts'
import type { Objects } from './objects.ts'
import type { AnyQueue } from './queue.ts'
import { isReplyAddress } from './reply-addresses.ts'

const NOWHERE: readonly Route[] = []

/** Where messages go from an exchange, and how copies travel there: along drawn bindings, or at once where nothing is drawn. */
export class Router {
  readonly #objects: Objects
  readonly #confirms: Confirms

  constructor(objects: Objects, confirms: Confirms) {
    this.#objects = objects
    this.#confirms = confirms
  }

  /** Claim amqp.route.default: the default exchange (null) routes by the names of queues. */
  routes(exchange: Exchange | null, virtualHost: string, message: Handle): readonly Route[] {
    const { messages } = this.#objects.container
    if (exchange) return exchange.routes(messages, message)
    const more = moreKeys(messages, message)
    const key = messages.key(message)
    if (more === null) return this.#objects.findQueue(virtualHost, key)?.direct ?? NOWHERE
    const queues = new Set<AnyQueue>()
    for (const one of [key, ...more]) {
      const queue = isReplyAddress(one) ? undefined : this.#objects.findQueue(virtualHost, one)
      if (queue) queues.add(queue)
    }
    return [...queues].flatMap(queue => queue.direct)
  }

  /** The exchange takes a copy over; how many copies of it will leave is known. */
  arrive(exchange: Exchange, message: Handle, routes: readonly Route[]): void {
    const { node } = exchange
    node.hold(message, WAITING)
    node.messages.setVia(message, exchange.via)
    exchange.count('in')
    if (routes.length > 0) exchange.count('routed', routes.length)
    else exchange.count('unroutable')
  }

  /** Sends a copy along every route. `confirm` is told what each queue does with its copy. */
  send(exchange: Exchange | null, message: Handle, routes: readonly Route[], confirm: number): void {
    const node = exchange?.node ?? this.#objects.container
    node.fact(FACT.routed, message, routes.length)
    const last = routes.length - 1
    // The last route gets the message itself: the others are copied while it is still here.
    for (let n = 0; n < last; n += 1) this.#forward(routes[n]!, node.copy(message), confirm)
    this.#forward(routes[last]!, message, confirm)
  }

  /** A copy came along a drawn binding. */
  arriveByBinding(wire: ChannelContext, message: Handle, queueNumber: number, confirm: number): void {
    const queue = this.#objects.queueByNumber.get(queueNumber)
    const here = this.#objects.queueOfNode.get(wire.to)
    if (queue && here === queue) return this.#confirms.settle(confirm, queue.enqueue(message))
    const exchange = queue ? this.#objects.exchangeOfNode.get(wire.to) : undefined
    if (queue && exchange) return this.#onward(exchange, queue, message, confirm)
    this.#objects.drawnNodes.get(wire.to)!.discard(message, 'queue deleted')
    // A queue that was deleted on the way refuses nothing.
    this.#confirms.settle(confirm, true)
  }

  #forward(route: Route, message: Handle, confirm: number): void {
    const { via, queue, to } = route
    if (via !== null) via.sendCopy('from', OP_ROUTE, message, queue.number, confirm)
    else if (to === queue) this.#confirms.settle(confirm, queue.enqueue(message))
    else this.#onward(to as Exchange, queue, message, confirm)
  }

  /** From an exchange in the middle of the way to the queue that was chosen at its start. */
  #onward(exchange: Exchange, queue: AnyQueue, message: Handle, confirm: number): void {
    const { node } = exchange
    node.hold(message, WAITING)
    exchange.count('in')
    const routes = exchange.routes(node.messages, message)
    for (let n = 0; n < routes.length; n += 1) {
      if (routes[n]!.queue !== queue) continue
      exchange.count('routed')
      return this.#forward(routes[n]!, message, confirm)
    }
    node.discard(message, 'unroutable')
    this.#confirms.settle(confirm, true)
  }
}
