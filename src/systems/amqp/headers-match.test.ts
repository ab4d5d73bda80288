import { describe, expect, it } from 'vitest'
import { headersMatch } from './headers-match.ts'

describe('headers bindings', () => {
  it.each([
    ['amqp.headers.all', { a: 1, b: 'x' }, { a: 1, b: 'x', c: 2 }, true],
    ['amqp.headers.all', { a: 1, b: 'x' }, { a: 1 }, false],
    ['amqp.headers.any', { 'x-match': 'any', a: 1, b: 'x' }, { b: 'x' }, true],
    ['amqp.headers.any', { 'x-match': 'any', a: 1 }, { a: 2 }, false],
    ['amqp.headers.empty', {}, {}, true],
    ['amqp.headers.empty', { 'x-match': 'any' }, { a: 1 }, false],
    ['amqp.headers.types', { a: 1 }, { a: '1' }, false],
    ['amqp.headers.types', { a: true }, { a: 'true' }, false],
    ['amqp.headers.void', { a: null }, { a: 'anything' }, true],
    ['amqp.headers.void', { a: null }, {}, false],
    ['amqp.headers.x-ignored', { 'x-trace': 1 }, {}, true],
    ['amqp.headers.with-x', { 'x-match': 'all-with-x', 'x-trace': 1 }, {}, false],
  ])('%s: %j on %j is %s', (_claim, binding, headers, expected) => {
    expect(headersMatch(binding, headers)).toBe(expected)
  })
})
