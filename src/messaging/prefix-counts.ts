import { PrefixTree } from './prefix-tree.ts'

/** Subscriptions by prefix, counted: who subscribes twice must unsubscribe twice. The empty prefix matches everything, no prefix nothing. */
export class PrefixCounts {
  readonly #counts = new Map<string, number>()
  readonly #tree = new PrefixTree()
  /** Lengths that occur, ascending: matching is a look-up per length. */
  #lengths: readonly number[] = []

  /** True when the prefix is new. */
  add(prefix: string): boolean {
    const count = this.#counts.get(prefix) ?? 0
    this.#counts.set(prefix, count + 1)
    if (count > 0) return false
    this.#tree.add(prefix)
    this.#measure()
    return true
  }

  /** True when it was the last subscription to this prefix. */
  remove(prefix: string): boolean {
    const count = this.#counts.get(prefix) ?? 0
    if (count > 1) this.#counts.set(prefix, count - 1)
    if (count !== 1) return false
    this.#counts.delete(prefix)
    this.#tree.remove(prefix)
    this.#measure()
    return true
  }

  matches(text: string): boolean {
    for (const length of this.#lengths) {
      if (length > text.length) return false
      if (this.#counts.has(text.slice(0, length))) return true
    }
    return false
  }

  /** Each prefix once, in the order of the tree. */
  prefixes(): readonly string[] {
    return this.#tree.prefixes()
  }

  clear(): void {
    this.#counts.clear()
    this.#tree.clear()
    this.#lengths = []
  }

  #measure(): void {
    this.#lengths = [...new Set([...this.#counts.keys()].map(prefix => prefix.length))].sort((a, b) => a - b)
  }
}
