/** What became of a subscription that was taken out. */
export type PrefixRemoval = 'missing' | 'others-remain' | 'last'

/** Who subscribed to which prefixes: one entry per prefix and subscriber, however often it was asked for. */
export class PrefixIndex<T> {
  readonly #subscribers = new Map<string, Set<T>>()
  #lengths: readonly number[] = []

  /** True when nobody had this prefix before. */
  add(prefix: string, subscriber: T): boolean {
    const known = this.#subscribers.get(prefix)
    if (known) {
      known.add(subscriber)
      return false
    }
    this.#subscribers.set(prefix, new Set([subscriber]))
    this.#measure()
    return true
  }

  remove(prefix: string, subscriber: T): PrefixRemoval {
    const known = this.#subscribers.get(prefix)
    if (!known?.delete(subscriber)) return 'missing'
    if (known.size > 0) return 'others-remain'
    this.#subscribers.delete(prefix)
    this.#measure()
    return 'last'
  }

  /** Takes a subscriber out of everything; the prefixes that nobody else has, in order of their characters. */
  removeAll(subscriber: T): readonly string[] {
    return [...this.#subscribers.keys()].sort().filter(prefix => this.remove(prefix, subscriber) === 'last')
  }

  /** Everybody with a prefix of this text, each once. */
  match(text: string): ReadonlySet<T> {
    const found = new Set<T>()
    for (const length of this.#lengths) {
      if (length > text.length) break
      for (const subscriber of this.#subscribers.get(text.slice(0, length)) ?? []) found.add(subscriber)
    }
    return found
  }

  clear(): void {
    this.#subscribers.clear()
    this.#lengths = []
  }

  #measure(): void {
    this.#lengths = [...new Set([...this.#subscribers.keys()].map(prefix => prefix.length))].sort((a, b) => a - b)
  }
}
