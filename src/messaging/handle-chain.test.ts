import { describe, expect, it } from 'vitest'
import { HandleChain } from './handle-chain.ts'

function chain(...handles: number[]): HandleChain {
  const next = new Map<number, number>()
  const made = new HandleChain({ next: handle => next.get(handle) ?? 0, setNext: (handle, to) => void next.set(handle, to) })
  for (const handle of handles) made.push(handle)
  return made
}
const all = (one: HandleChain): number[] => {
  const found: number[] = []
  one.forEach(handle => found.push(handle))
  return found
}

describe('HandleChain', () => {
  it('keeps order, first in, first out', () => {
    const one = chain(5, 3, 9)
    expect([all(one), one.head, one.count]).toEqual([[5, 3, 9], 5, 3])
    expect([one.shift(), one.shift(), one.shift(), one.shift()]).toEqual([5, 3, 9, 0])
  })

  it('takes back what was taken out', () => {
    const one = chain(1, 2)
    one.unshift(one.shift())
    expect(all(one)).toEqual([1, 2])
    const empty = chain()
    empty.unshift(7)
    empty.push(8)
    expect(all(empty)).toEqual([7, 8])
  })

  it('drains what is there, not what comes meanwhile', () => {
    const one = chain(1, 2)
    const seen: number[] = []
    one.drain(handle => {
      seen.push(handle)
      one.push(handle + 10)
    })
    expect([seen, all(one)]).toEqual([[1, 2], [11, 12]])
  })
})
