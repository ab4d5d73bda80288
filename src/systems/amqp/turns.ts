import { Ring } from '../../messaging/ring.ts'
import type { Consumer } from './consumer.ts'
import type { QueueSettings } from './settings.ts'

interface Level {
  readonly priority: number
  readonly active: Ring<Consumer>
}

/**
 * Whose turn it is (claims amqp.consume.round-robin, amqp.prefetch.skip, amqp.priority.consumer). Active consumers stand in line by priority; who
 * was served goes to the end of those of its priority. In a classic queue a consumer that is found at its limit when its turn comes leaves the
 * line, and joins at the end when a settlement opens its window; in a quorum queue it leaves the line as soon as its credit is used up.
 */
export class Turns {
  /** With single active consumer: the one that gets everything. */
  active: Consumer | null = null
  /** Highest priority first. */
  #levels: Level[] = []
  readonly #single: boolean
  readonly #eager: boolean

  constructor(options: { readonly single: boolean; readonly eager: boolean }) {
    this.#single = options.single
    this.#eager = options.eager
  }

  add(consumer: Consumer): void {
    consumer.blocked = false
    this.#level(consumer.priority).active.push(consumer)
    if (this.#single) this.active ??= consumer
  }

  /** True when all stand in one line, and who has used up its credit leaves it only when it is its turn. */
  get isPlain(): boolean {
    return !this.#single && !this.#eager && this.#levels.length <= 1
  }

  /** Those in line, first to last; only where there is one line. */
  inLine(): Consumer[] {
    const active = this.#levels[0]?.active
    return Array.from({ length: active?.count ?? 0 }, (_, n) => active!.at(n))
  }

  /** Puts others in line instead. */
  lineUp(consumers: readonly Consumer[]): void {
    const active = this.#levels[0]?.active
    while (active !== undefined && active.count > 0) active.shift()
    for (const consumer of consumers) active?.push(consumer)
  }

  /** `consumers` are those that are left, in order of registration. */
  remove(consumer: Consumer, consumers: readonly Consumer[]): void {
    consumer.gone = true
    const level = this.#levels.find(one => one.priority === consumer.priority)
    level?.active.remove(consumer)
    if (level?.active.count === 0 && !consumers.some(one => one.priority === consumer.priority)) this.#levels = this.#levels.filter(one => one !== level)
    if (this.active === consumer) this.active = this.#successor(consumers)
  }

  /** A settlement opened the consumer's window. */
  unblock(consumer: Consumer): void {
    if (!consumer.blocked || consumer.gone || !consumer.isReady()) return
    consumer.blocked = false
    this.#level(consumer.priority).active.push(consumer)
  }

  /** Who gets the next message; it is taken for granted that it does. Null: nobody can take one. */
  next(): Consumer | null {
    if (this.#single) return this.#nextSingle()
    const levels = this.#levels
    for (let n = 0; n < levels.length; n += 1) {
      const { active } = levels[n]!
      while (active.count > 0) {
        const consumer = active.shift()
        if (!consumer.isReady()) {
          consumer.blocked = true
          continue
        }
        if (this.#eager && consumer.isLast()) consumer.blocked = true
        else active.push(consumer)
        return consumer
      }
    }
    return null
  }

  #nextSingle(): Consumer | null {
    const { active } = this
    if (active === null || active.blocked) return null
    if (active.isReady()) return active
    active.blocked = true
    this.#level(active.priority).active.remove(active)
    return null
  }

  /** Claims amqp.sac.failover, amqp.sac.priority and amqp.sac.priority-quorum. */
  #successor(consumers: readonly Consumer[]): Consumer | null {
    if (this.#eager) return consumers[0] ?? null
    for (const level of this.#levels) {
      const first = level.active.first()
      if (first !== null) return first
    }
    return null
  }

  #level(priority: number): Level {
    const levels = this.#levels
    for (let n = 0; n < levels.length; n += 1) if (levels[n]!.priority === priority) return levels[n]!
    const level: Level = { priority, active: new Ring() }
    levels.push(level)
    levels.sort((a, b) => b.priority - a.priority)
    return level
  }
}

/** Nobody's yet, for a queue of these settings. */
export function turnsFor({ singleActive, kind }: QueueSettings): Turns {
  return new Turns({ single: singleActive, eager: kind === 'quorum' })
}
