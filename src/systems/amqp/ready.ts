import type { Handle, Messages } from '../../contract/message.ts'
import { OrderedChain } from '../../messaging/ordered-chain.ts'
import type { QueueSettings } from './settings.ts'

/**
 * Ready messages, level above level, each in order of its marks: one level in a plain queue, one for each priority, and in a quorum queue
 * what was returned above what was never delivered.
 */
export class ReadyMessages {
  count = 0
  /** Sum of the weights, where there is a weight. */
  bytes = 0
  readonly levels: readonly OrderedChain[]
  readonly #weigh: ((message: Handle) => number) | null
  /** No level above this one holds anything. */
  #top = 0

  constructor(levels: number, messages: Messages, weigh: ((message: Handle) => number) | null) {
    this.levels = Array.from({ length: levels }, () => new OrderedChain(messages, message => messages.mark(message)))
    this.#weigh = weigh
  }

  /** To the tail of a level; 0 is the highest. */
  push(level: number, message: Handle): void {
    this.levels[level]!.push(message)
    this.#entered(level, message)
  }

  /** To its old place in a level. */
  insert(level: number, message: Handle): void {
    this.levels[level]!.insert(message)
    this.#entered(level, message)
  }

  peek(): Handle {
    return this.#highest().head
  }

  shift(): Handle {
    const message = this.#highest().shift()
    this.count -= 1
    if (this.#weigh !== null) this.bytes -= this.#weigh(message)
    return message
  }

  /** At most `limit` messages from one place on. */
  page(out: Handle[], from: number, limit: number): void {
    let skip = from
    const full = out.length + limit
    for (const level of this.levels) {
      level.page(out, skip, full - out.length)
      skip = Math.max(0, skip - level.count)
    }
  }

  /** What a queue of one level has become elsewhere. */
  restore({ head, tail, count }: { readonly head: Handle; readonly tail: Handle; readonly count: number }): void {
    const chain = this.levels[0]!
    chain.head = head
    chain.tail = tail
    chain.count = count
    this.count = count
  }

  /** Empties it, head first. */
  drain(visit: (message: Handle) => void): void {
    while (this.count > 0) visit(this.shift())
  }

  #entered(level: number, message: Handle): void {
    this.count += 1
    if (level < this.#top) this.#top = level
    if (this.#weigh !== null) this.bytes += this.#weigh(message)
  }

  #highest(): OrderedChain {
    let level = this.levels[this.#top]!
    while (level.count === 0 && this.#top < this.levels.length - 1) {
      this.#top += 1
      level = this.levels[this.#top]!
    }
    return level
  }
}

/** One that is empty, for a queue of these settings. */
export function readyFor({ kind, maxPriority, maxBytes }: QueueSettings, messages: Messages): ReadyMessages {
  const levels = kind === 'quorum' ? 2 : Math.max(0, maxPriority) + 1
  return new ReadyMessages(levels, messages, maxBytes === Infinity ? null : message => messages.bytes(message))
}
