import { describe, expect, it } from 'vitest'
import { compareIds, idText, LAST, nextId, parseId, previousId } from './entry-id.ts'

describe('entry ids', () => {
  it('are read as Redis reads them, with or without the number', () => {
    expect(parseId('5-3', 0)).toEqual({ ms: 5, seq: 3 })
    expect(parseId('5', 7)).toEqual({ ms: 5, seq: 7 })
    for (const text of ['', '-', '5-', '-5', 'x', '5-x', '5-3-1', '5-*', ' 5', '+5']) expect(parseId(text, 0)).toBeNull()
    expect(idText(...(Object.values(parseId('18446744073709551615-18446744073709551615', 0)!) as [number, number]))).toBe('18446744073709551615-18446744073709551615')
  })

  it('follow each other', () => {
    expect(nextId({ ms: 5, seq: 3 })).toEqual({ ms: 5, seq: 4 })
    expect(nextId({ ms: 5, seq: Infinity })).toEqual({ ms: 6, seq: 0 })
    expect(nextId(LAST)).toBeNull()
    expect(previousId({ ms: 5, seq: 0 })).toEqual({ ms: 4, seq: Infinity })
    expect(previousId({ ms: 0, seq: 0 })).toBeNull()
    expect(compareIds({ ms: 5, seq: 9 }, { ms: 6, seq: 0 })).toBeLessThan(0)
    expect(compareIds(LAST, { ms: Infinity, seq: 2 })).toBeGreaterThan(0)
  })
})
