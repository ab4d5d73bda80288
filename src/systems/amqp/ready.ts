import type { Handle } from '../../contract/model.ts'
import { OrderedDeque } from '../../messaging/ordered-deque.ts'

/**
 * Ready messages, level above level, each in order of its marks: one level in a plain queue, one for each priority, and in a quorum queue
 * what was returned above what was never delivered.
 */
export class ReadyMessages {
  count = 0
  /** Sum of the weights, where there is a weight. */
  bytes = 0
  readonly #levels: readonly OrderedDeque[]
  readonly #weigh: ((message: Handle) => number) | null
  /** No level above this one holds anything. */
  #top = 0

  constructor(levels: number, position: (message: Handle) => number, weigh: ((message: Handle) => number) | null) {
    this.#levels = Array.from({ length: levels }, () => new OrderedDeque(position))
    this.#weigh = weigh
  }

  /** To the tail of a level; 0 is the highest. */
  push(level: number, message: Handle): void {
    this.#levels[level]!.push(message)
    this.#entered(level, message)
  }

  /** To its old place in a level. */
  insert(level: number, message: Handle): void {
    this.#levels[level]!.insert(message)
    this.#entered(level, message)
  }

  peek(): Handle {
    return this.#highest().at(0)
  }

  shift(): Handle {
    const message = this.#highest().shift()
    this.count -= 1
    if (this.#weigh !== null) this.bytes -= this.#weigh(message)
    return message
  }

  at(n: number): Handle {
    let left = n
    for (const level of this.#levels) {
      if (left < level.count) return level.at(left)
      left -= level.count
    }
    throw new Error(`there are ${this.count} ready messages; ${n} was asked for`)
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

  #highest(): OrderedDeque {
    let level = this.#levels[this.#top]!
    while (level.count === 0 && this.#top < this.#levels.length - 1) {
      this.#top += 1
      level = this.#levels[this.#top]!
    }
    return level
  }
}
