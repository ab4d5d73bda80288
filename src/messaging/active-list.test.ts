import { describe, expect, it } from 'vitest'
import { ActiveList } from './active-list.ts'

function turns(list: ActiveList<string>, count: number): string {
  let said = ''
  for (let n = 0; n < count; n += 1) {
    said += list.current ?? '-'
    list.advance()
  }
  return said
}

function listOf(...items: string[]): ActiveList<string> {
  const list = new ActiveList<string>()
  for (const item of items) list.add(item)
  return list
}

describe('ActiveList', () => {
  it('gives turns in order of arrival', () => {
    expect(turns(listOf('a', 'b', 'c'), 7)).toBe('abcabca')
  })

  it('lets a new one join at the end of the round', () => {
    const list = listOf('a')
    expect(turns(list, 4)).toBe('aaaa')
    list.add('b')
    expect(turns(list, 4)).toBe('abab')
  })

  it('skips who rests until it is activated, which puts it at the end', () => {
    const list = listOf('a', 'b', 'c')
    list.rest()
    expect(turns(list, 4)).toBe('cbcb')
    list.activate('a')
    list.activate('a')
    expect(turns(list, 4)).toBe('cbac')
  })

  it('has nobody when all rest', () => {
    const list = listOf('a')
    list.rest()
    expect([list.current, list.active, list.count]).toEqual([undefined, 0, 1])
  })

  it('goes on with the others when one leaves', () => {
    const list = listOf('a', 'b', 'c', 'd')
    list.advance()
    list.remove('a')
    expect(turns(list, 4)).toBe('bcdb')
    list.remove('x')
    list.remove('c')
    expect(list.count).toBe(2)
  })

  it('keeps its places right whatever happens', () => {
    const list = new ActiveList<number>()
    let state = 7
    const next = (below: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648
      return Math.floor((state / 2147483648) * below)
    }
    const present = new Set<number>()
    for (let n = 0; n < 3000; n += 1) {
      const item = next(12)
      const what = next(5)
      if (what === 0 && !present.has(item)) {
        list.add(item)
        present.add(item)
      } else if (what === 1) {
        list.remove(item)
        present.delete(item)
      } else if (what === 2) list.activate(item)
      else if (list.active > 0 && what === 3) list.rest()
      else list.advance()
      expect(new Set(list.items())).toEqual(present)
      expect(list.active).toBeLessThanOrEqual(list.count)
      if (list.active > 0) expect(list.items().indexOf(list.current!)).toBeLessThan(list.active)
    }
  })
})
