import { WAITING } from '../../contract/ledger.ts'
import { FLAG_DEAD, FLAG_REDELIVERED, type Handle } from '../../contract/message.ts'
import type { Confirms, ConfirmOwner } from './confirms.ts'
import { deathOf, DISCARDED_AS, isCycle, type DeathReason } from './death.ts'
import { FLAG_UNASKED, forgetDeliveries } from './envelope.ts'
import type { Exchange, Route } from './exchange.ts'
import type { HeldLetter } from './held-letters.ts'
import type { Objects } from './objects.ts'
import type { Queue } from './queue.ts'
import type { ReplyAddresses } from './reply-addresses.ts'
import { isReplyAddress } from './reply-addresses.ts'
import type { Router } from './router.ts'

export interface Death {
  readonly queue: Queue
  readonly message: Handle
  readonly reason: DeathReason
}

/**
 * Takes what dies and publishes it again when the broker has done what it was doing: queues are processes of their own, so a dead letter
 * never arrives in the middle of another queue's work (claims amqp.dlx.*).
 */
export class DeadLetterOffice {
  readonly #objects: Objects
  #router: Router | null = null
  #confirms: Confirms | null = null
  #replies: ReplyAddresses | null = null
  #deaths: Death[] = []

  constructor(objects: Objects) {
    this.#objects = objects
  }

  connect(parts: { readonly router: Router; readonly confirms: Confirms; readonly replies: ReplyAddresses }): void {
    this.#router = parts.router
    this.#confirms = parts.confirms
    this.#replies = parts.replies
  }

  take(death: Death): void {
    death.queue.node.hold(death.message, WAITING)
    this.#deaths.push(death)
  }

  /** Publishes what died, in order, and what dies of that. */
  deliver(): void {
    while (this.#deaths.length > 0) {
      const deaths = this.#deaths
      this.#deaths = []
      for (const death of deaths) {
        if (death.queue.settings.atLeastOnce) this.#keep(death)
        else this.#publish(death)
      }
    }
  }

  /** Tries again what nobody has taken. */
  again(queue: Queue): void {
    for (const letter of queue.letters.woke()) this.#try(queue, letter)
  }

  #publish({ queue, message, reason }: Death): void {
    const exchange = this.#exchangeOf(queue)
    const { node } = queue
    if (exchange === undefined || queue.deleted) {
      // Claim amqp.dlx.missing: the exchange is looked up when somebody dies.
      queue.figures.dropped()
      return node.discard(message, DISCARDED_AS[reason])
    }
    this.#amend(queue, message, reason)
    const { messages } = node
    messages.setFlag(message, FLAG_UNASKED)
    const all = this.#router!.routes(exchange, queue.virtualHost, message)
    // Claim amqp.dlx.stream: a stream takes only what somebody waits for.
    const heard = all.some(toStream) ? all.filter(route => !toStream(route)) : all
    const routes = reason === 'rejected' ? heard : withoutCycles(heard, messages.headers(message)?.['x-death'])
    if (exchange) this.#router!.arrive(exchange, message, routes)
    else messages.setVia(message, 0)
    show(queue, message, exchange, routes)
    if (routes.length > 0) return this.#router!.send(exchange, message, routes, 0)
    if (exchange === null && isReplyAddress(messages.key(message)) && this.#replies!.deliver(messages, message)) return
    ;(exchange?.node ?? node).discard(message, heard.length > 0 ? 'dead-letter cycle' : 'unroutable')
  }

  /** At least once: the queue keeps the letter until everybody has confirmed that they have it. */
  #keep({ queue, message, reason }: Death): void {
    this.#amend(queue, message, reason)
    this.#try(queue, queue.letters.add(message, reason === 'rejected'))
  }

  #try(queue: Queue, letter: HeldLetter): void {
    const exchange = this.#exchangeOf(queue)
    const { node } = queue
    const routes = exchange === undefined ? [] : this.#router!.routes(exchange, queue.virtualHost, letter.message)
    const fit = letter.rejected ? routes : withoutCycles(routes, node.messages.headers(letter.message)?.['x-death'])
    const left = fit.filter(route => !letter.takenBy.has(route.queue.name))
    if (exchange === undefined || (left.length === 0 && letter.takenBy.size === 0)) return queue.letters.tryLater()
    if (left.length === 0) return queue.letters.done(letter)
    letter.pending = left.length
    for (const route of left) {
      const copy = node.copy(letter.message)
      if (exchange) this.#router!.arrive(exchange, copy, [route])
      show(queue, copy, exchange, [route])
      const confirm = this.#confirms!.open(ownerOf(queue, letter, route), 0, 1)
      this.#router!.send(exchange, copy, [route], confirm)
    }
  }

  #amend(queue: Queue, message: Handle, reason: DeathReason): void {
    const { node } = queue
    const { messages } = node
    // Under the key that it died with: what it goes on under is another.
    node.deadLettered(message, DISCARDED_AS[reason])
    node.amend(message, deathOf(messages, message, { queue: queue.name, reason, routingKey: queue.settings.deadLetterRoutingKey, nowNs: node.nowNs() }))
    forgetDeliveries(messages, message)
    messages.clearFlag(message, FLAG_REDELIVERED)
    messages.setFlag(message, FLAG_DEAD)
    queue.figures.deadLettered()
  }

  /** Null is the default exchange; undefined: there is none of that name. */
  #exchangeOf(queue: Queue): Exchange | null | undefined {
    const name = queue.settings.deadLetterExchange
    if (name === null) return undefined
    return name === '' ? null : this.#objects.findExchange(queue.virtualHost, name)
  }
}

/** On the way that is drawn for it: to the exchange, or where there is none in between, to each queue. */
function show(queue: Queue, message: Handle, exchange: Exchange | null, routes: readonly Route[]): void {
  if (exchange) queue.node.passes(message, exchange.node)
  else for (const route of routes) queue.node.passes(message, route.queue.node)
}

function ownerOf(queue: Queue, letter: HeldLetter, route: Route): ConfirmOwner {
  return {
    confirmed(_, accepted) {
      letter.pending -= 1
      if (accepted) letter.takenBy.add(route.queue.name)
      else letter.refused = true
      if (letter.pending > 0 || queue.deleted || !queue.letters.has(letter)) return
      if (letter.refused) queue.letters.tryLater()
      else queue.letters.done(letter)
      letter.refused = false
    },
  }
}

function toStream({ queue }: Route): boolean {
  return queue.settings.kind === 'stream'
}

function withoutCycles(routes: readonly Route[], deaths: Parameters<typeof isCycle>[0]): readonly Route[] {
  return routes.some(route => isCycle(deaths, route.queue.name)) ? routes.filter(route => !isCycle(deaths, route.queue.name)) : routes
}
