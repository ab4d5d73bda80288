import { expect, test } from 'vitest'
import { patternOf } from './pattern.ts'

test.each([
  ['chat', ['chat'], ['chat.1', 'Chat', '']],
  ['chat.*', ['chat.', 'chat.1', 'chat.a.b'], ['chat', 'x.chat.1']],
  ['*.eu', ['orders.eu', '.eu'], ['orders.eu.1', 'eu']],
  ['a*b*c', ['abc', 'a1b2c', 'abbc'], ['acb', 'ab', 'ac']],
  ['ab*ba', ['abba', 'ab-ba'], ['aba', 'ab']],
  ['*', ['', 'anything'], []],
  ['a.b', ['a.b'], ['axb']],
])('%s', (pattern, fits, misses) => {
  expect(fits.filter(text => !patternOf(pattern)(text))).toEqual([])
  expect(misses.filter(text => patternOf(pattern)(text))).toEqual([])
})

test('letter case matters unless it is said not to', () => {
  expect([patternOf('Work*')('worker'), patternOf('Work*', { ignoreCase: true })('worker')]).toEqual([false, true])
})

test('many stars take no long time', () => {
  expect(patternOf('*a'.repeat(2000))('a'.repeat(1999))).toBe(false)
})
