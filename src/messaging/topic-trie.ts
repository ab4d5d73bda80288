interface Level<T> {
  readonly words: Map<string, Level<T>>
  star: Level<T> | null
  hash: Level<T> | null
  readonly values: T[]
}

function level<T>(): Level<T> {
  return { words: new Map(), star: null, hash: null, values: [] }
}

/**
 * Patterns of topics, word by word: what matches a key is found along the key's words, however many patterns there are. The patterns are those of
 * topic-match.ts.
 */
export class TopicTrie<T> {
  readonly #root = level<T>()

  add(pattern: readonly string[], value: T): void {
    let at = this.#root
    for (const word of pattern) {
      if (word === '#') at = at.hash ??= level()
      else if (word === '*') at = at.star ??= level()
      else {
        const known = at.words.get(word)
        const next = known ?? level<T>()
        if (!known) at.words.set(word, next)
        at = next
      }
    }
    at.values.push(value)
  }

  /** Adds every value whose pattern matches; one that matches in several ways is added once. */
  match(words: readonly string[], found: Set<T>): void {
    this.#walk(this.#root, words, 0, found, new Map())
  }

  /** `seen` holds how far a level was walked from: runs of # would come by the same place again and again. */
  #walk(at: Level<T>, words: readonly string[], from: number, found: Set<T>, seen: Map<Level<T>, Set<number>>): void {
    const places = seen.get(at)
    if (places?.has(from)) return
    if (places) places.add(from)
    else seen.set(at, new Set([from]))
    if (at.hash !== null) for (let taken = from; taken <= words.length; taken += 1) this.#walk(at.hash, words, taken, found, seen)
    if (from === words.length) {
      for (const value of at.values) found.add(value)
      return
    }
    if (at.star !== null) this.#walk(at.star, words, from + 1, found, seen)
    const next = at.words.get(words[from]!)
    if (next) this.#walk(next, words, from + 1, found, seen)
  }
}
