import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { topicMatches, topicWords } from './topic-match.ts'
import { TopicTrie } from './topic-trie.ts'

const word = fc.constantFrom('a', 'b', 'c', '')
const pattern = fc.array(fc.oneof(word, fc.constantFrom('*', '#')), { maxLength: 6 })
const key = fc.array(word, { maxLength: 7 })

describe('topic trie', () => {
  it('finds what matches pattern by pattern', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 30 }), key, (patterns, words) => {
        const trie = new TopicTrie<number>()
        patterns.forEach((one, index) => trie.add(one, index))
        const found = new Set<number>()
        trie.match(words, found)
        expect([...found].sort((a, b) => a - b)).toEqual(patterns.flatMap((one, index) => (topicMatches(one, words) ? [index] : [])))
      }),
      { numRuns: 2000 },
    )
  })

  it('ends with many # in a row', () => {
    const trie = new TopicTrie<string>()
    trie.add(topicWords('#.#.#.#.#.#.#.#.#.#.x'), 'never')
    trie.add(topicWords('#.#.#.#.#.#.#.#.#.#'), 'always')
    const found = new Set<string>()
    trie.match(Array.from({ length: 60 }, () => 'a'), found)
    expect([...found]).toEqual(['always'])
  })
})
