import { describe, expect, it } from 'vitest'
import { PrefixCounts } from './prefix-counts.ts'
import { PrefixIndex } from './prefix-index.ts'

const TOPICS = ['chat', 'chat.room1', 'chat.room2', 'chat.room1.typing', 'chatter', 'news.room1', 'Chat.room1']

describe('PrefixCounts', () => {
  it.each([
    ['chat', ['chat', 'chat.room1', 'chat.room2', 'chat.room1.typing', 'chatter']],
    ['chat.', ['chat.room1', 'chat.room2', 'chat.room1.typing']],
    ['chat.room1', ['chat.room1', 'chat.room1.typing']],
    ['', TOPICS],
  ])('%s takes what begins with it', (prefix, expected) => {
    const counts = new PrefixCounts()
    counts.add(prefix)
    expect(TOPICS.filter(topic => counts.matches(topic))).toEqual(expected)
  })

  it('counts: subscribed twice, unsubscribed twice', () => {
    const counts = new PrefixCounts()
    expect([counts.matches('t'), counts.add('t'), counts.add('t'), counts.remove('t'), counts.matches('t1'), counts.remove('t'), counts.matches('t1'), counts.remove('t')]).toEqual([false, true, false, false, true, true, false, false])
  })

  it('names each prefix once', () => {
    const counts = new PrefixCounts()
    for (const prefix of ['b', 'a', 'b', '', 'ab']) counts.add(prefix)
    expect(counts.prefixes()).toEqual(['', 'b', 'a', 'ab'])
    counts.remove('b')
    counts.remove('a')
    expect(counts.prefixes()).toEqual(['', 'b', 'ab'])
  })
})

describe('PrefixIndex', () => {
  it('finds everybody with a prefix of the text, once', () => {
    const index = new PrefixIndex<string>()
    expect([index.add('a', 'x'), index.add('ab', 'x'), index.add('a', 'y'), index.add('', 'z')]).toEqual([true, true, false, true])
    expect([[...index.match('abc')], [...index.match('b')], [...index.match('')]]).toEqual([['z', 'x', 'y'], ['z'], ['z']])
  })

  it('says what becomes of a prefix', () => {
    const index = new PrefixIndex<string>()
    index.add('a', 'x')
    index.add('a', 'x')
    index.add('a', 'y')
    expect([index.remove('a', 'x'), index.remove('a', 'x'), index.remove('a', 'y'), index.remove('a', 'y')]).toEqual(['others-remain', 'missing', 'last', 'missing'])
  })

  it('names what is left to nobody when a subscriber leaves', () => {
    const index = new PrefixIndex<string>()
    for (const prefix of ['news', 'b', 'sport']) index.add(prefix, 'x')
    index.add('sport', 'y')
    expect(index.removeAll('x')).toEqual(['b', 'news'])
  })
})
