import { describe, expect, it } from 'vitest'
import { globMatches } from './glob.ts'

describe('redis.pubsub.glob', () => {
  it.each([
    ['news.*', 'news.tech.ai', true],
    ['news.*', 'news.', true],
    ['news.*', 'news', false],
    ['*', '', true],
    ['?', '', false],
    ['h?llo', 'h?llo', true],
    ['h?llo', 'hllo', false],
    ['room-[a-c]', 'room-b', true],
    ['room-[c-a]', 'room-b', true],
    ['room-[^a]', 'room-a', false],
    ['room-[^a]', 'room-', false],
    ['q\\?x', 'q?x', true],
    ['q\\?x', 'qax', false],
    ['a\\[b\\]', 'a[b]', true],
    ['[\\]]', ']', true],
    // Seen on Redis 7.0.15: a class that isn't closed reaches to the end; a range may take the bracket as its end.
    ['[ab', 'b', true],
    ['[?-]ac', ']', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b-', false],
    ['\\', '\\', true],
  ])('%s on %s: %s', (pattern, name, matches) => {
    expect(globMatches(pattern, name)).toBe(matches)
  })
})
