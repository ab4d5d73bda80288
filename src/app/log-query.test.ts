import { expect, test } from 'vitest'
import { parseLogQuery, toggleTerm, writeLogQuery } from './log-query.ts'

const terms = (text: string) => parseLogQuery(text).terms

test.each([
  ['node:history kind:dead-lettered key:chat.*', [{ field: 'node', not: false, anyOf: ['history'] }, { field: 'kind', not: false, anyOf: ['dead-lettered'] }, { field: 'key', not: false, anyOf: ['chat.*'] }]],
  ['node:"chat server 8080",alice', [{ field: 'node', not: false, anyOf: ['chat server 8080', 'alice'] }]],
  ['-reason:"queue full"', [{ field: 'reason', not: true, anyOf: ['queue full'] }]],
  ['became "dead letter"', [{ field: 'text', not: false, anyOf: ['became'] }, { field: 'text', not: false, anyOf: ['dead letter'] }]],
  ['message:shop#3 NODE:work', [{ field: 'message', not: false, anyOf: ['shop#3'] }, { field: 'node', not: false, anyOf: ['work'] }]],
  ['-routed', [{ field: 'text', not: true, anyOf: ['routed'] }]],
  ['key:a:b,c', [{ field: 'key', not: false, anyOf: ['a:b', 'c'] }]],
  ['node:"half', [{ field: 'node', not: false, anyOf: ['half'] }]],
  ['  ', []],
])('%s', (text, expected) => {
  expect(parseLogQuery(text)).toEqual({ terms: expected, problems: [] })
})

test('says what was probably not meant, and what it does instead', () => {
  expect(parseLogQuery('nod:history').problems).toEqual(['There is no “nod:” to filter by, so “nod:history” is looked for as text.'])
  expect(terms('nod:history')).toEqual([{ field: 'text', not: false, anyOf: ['nod:history'] }])
  expect(parseLogQuery('kind:lost,discarded').problems).toEqual(['No fact is of the kind “lost”.'])
  expect(parseLogQuery('kind:dead*')).toMatchObject({ problems: [] })
  expect(parseLogQuery('key: x')).toMatchObject({ terms: [{ field: 'text', anyOf: ['x'] }], problems: ['“key:” needs a value right after the colon.'] })
})

test.each(['node:history kind:dead-lettered', '-node:"chat server 8080",alice key:a:b', 'free "two words" -"a:b"', 'correlation:job-1:2 type:command reason:expired'])('%s is written as it was read', text => {
  expect(writeLogQuery(terms(text))).toBe(text)
})

test('a value is put in and taken out again', () => {
  const one = toggleTerm('late', 'node', 'work')
  const two = toggleTerm(one, 'node', 'chat server')
  expect([one, two, toggleTerm(two, 'node', 'work'), toggleTerm(one, 'node', 'work')]).toEqual(['late node:work', 'late node:work,"chat server"', 'late node:"chat server"', 'late'])
  expect(toggleTerm('-node:work', 'node', 'work')).toBe('-node:work node:work')
})
