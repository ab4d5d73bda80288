import { expect, it } from 'vitest'
import { correlationOf } from './correlation.ts'

it('is the correlation id, and what says where and which', () => {
  expect(correlationOf(null, null)).toBeNull()
  expect(correlationOf({ priority: 3 }, { part: 1, parts: 2 })).toBeNull()
  expect(correlationOf({ correlationId: 'a', priority: 3 }, { colour: 'red' })).toEqual({ properties: { correlationId: 'a' } })
  expect(correlationOf({ correlationId: 'a', replyTo: 'q' }, { part: 1, parts: 2, colour: 'red' })).toEqual({ properties: { correlationId: 'a', replyTo: 'q' }, headers: { part: 1, parts: 2 } })
})
