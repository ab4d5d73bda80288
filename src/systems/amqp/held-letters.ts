import type { Alarm, NodeContext } from '../../contract/context.ts'
import type { DiscardReason } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import { LETTERS_AGAIN } from './expiry.ts'

/** How long RabbitMQ waits before it tries a dead letter again that nobody has taken. */
const AGAIN_NS = 180e9

/** A dead letter that its queue keeps until every queue it was routed to has taken it. */
export interface HeldLetter {
  readonly message: Handle
  readonly rejected: boolean
  /** Names of queues that have taken it. */
  readonly takenBy: Set<string>
  /** Copies that are on their way. */
  pending: number
  /** Some queue refused its copy this time. */
  refused: boolean
}

/** At-least-once dead-lettering of a quorum queue (claim amqp.dlx.at-least-once). */
export class HeldLetters {
  readonly #node: NodeContext
  readonly #number: number
  #letters: HeldLetter[] = []
  #alarm: Alarm = 0

  constructor(node: NodeContext, number: number) {
    this.#node = node
    this.#number = number
  }

  get count(): number {
    return this.#letters.length
  }

  add(message: Handle, rejected: boolean): HeldLetter {
    const letter: HeldLetter = { message, rejected, takenBy: new Set(), pending: 0, refused: false }
    this.#letters.push(letter)
    return letter
  }

  messages(): readonly Handle[] {
    return this.#letters.map(letter => letter.message)
  }

  has(letter: HeldLetter): boolean {
    return this.#letters.includes(letter)
  }

  /** Everybody has taken it. */
  done(letter: HeldLetter): void {
    this.#letters = this.#letters.filter(one => one !== letter)
    this.#node.process(letter.message)
  }

  tryLater(): void {
    if (this.#alarm === 0) this.#alarm = this.#node.after(AGAIN_NS, LETTERS_AGAIN, this.#number)
  }

  /** Those to try again now. */
  woke(): readonly HeldLetter[] {
    this.#alarm = 0
    return this.#letters.filter(letter => letter.pending === 0)
  }

  /** It woke while nothing could be done. */
  waitOn(): void {
    this.#alarm = 0
    this.tryLater()
  }

  discardAll(reason: DiscardReason): void {
    for (const letter of this.#letters) this.#node.discard(letter.message, reason)
    this.#letters = []
    if (this.#alarm !== 0) this.#node.cancel(this.#alarm)
    this.#alarm = 0
  }
}
