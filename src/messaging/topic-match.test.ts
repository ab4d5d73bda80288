import { describe, expect, it } from 'vitest'
import { topicMatches, topicWords } from './topic-match.ts'

const matches = (pattern: string, key: string): boolean => topicMatches(topicWords(pattern), topicWords(key))

describe('topic patterns', () => {
  it.each([
    ['amqp.topic.star', 'order.*', 'order.new', true],
    ['amqp.topic.star', 'order.*', 'order', false],
    ['amqp.topic.star', 'order.*', 'order.new.eu', false],
    ['amqp.topic.hash', 'order.#', 'order', true],
    ['amqp.topic.hash', 'order.#', 'order.new.eu', true],
    ['amqp.topic.hash', '#.eu', 'order.new.eu', true],
    ['amqp.topic.hash', '#', '', true],
    ['amqp.topic.multi-hash', '#.*', '', false],
    ['amqp.topic.multi-hash', '#.*', 'one', true],
    ['amqp.topic.multi-hash', '#.#', '', true],
    ['amqp.topic.multi-hash', '#.a.#', 'x.y.a.z', true],
    ['amqp.topic.multi-hash', '*.#.b', 'a.b', true],
    ['amqp.topic.empty-words', '*', '', false],
    ['amqp.topic.empty-words', '*.*', '.', true],
    ['amqp.topic.empty-words', 'k.*', 'k.', true],
    ['amqp.topic.whole-word', 'a*', 'ab', false],
    ['amqp.topic.whole-word', 'a*', 'a*', true],
    ['amqp.topic.case', 'Order', 'order', false],
  ])('%s: %s on %s is %s', (_claim, pattern, key, expected) => {
    expect(matches(pattern, key)).toBe(expected)
  })
})
