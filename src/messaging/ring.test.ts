import { expect, it } from 'vitest'
import { Ring } from './ring.ts'

const named = (...names: string[]): { name: string }[] => names.map(name => ({ name }))

it('keeps order while it grows and turns round', () => {
  const ring = new Ring<{ name: string }>()
  const items = named('a', 'b', 'c', 'd', 'e', 'f', 'g')
  for (const item of items.slice(0, 3)) ring.push(item)
  expect(ring.shift()).toBe(items[0])
  for (const item of items.slice(3)) ring.push(item)
  expect(ring.first()).toBe(items[1])
  expect(Array.from({ length: ring.count }, (_, n) => ring.at(n).name).join('')).toBe('bcdefg')
})

it('takes one out of the middle', () => {
  const ring = new Ring<{ name: string }>()
  const items = named('a', 'b', 'c')
  for (const item of items) ring.push(item)
  expect(ring.remove(items[1]!)).toBe(true)
  expect(ring.remove(items[1]!)).toBe(false)
  expect([ring.shift().name, ring.shift().name, ring.first()]).toEqual(['a', 'c', null])
})
