import { expect, it } from 'vitest'
import { movesBetween } from './glide.ts'
import { node, topology } from './testing/sample.ts'

const before = topology([node('a', 'toy.producer', 0, 0), node('b', 'toy.consumer', 300, 0), node('c', 'toy.consumer', 0, 300), node('e', 'toy.consumer', 600, 300)])

it('glides what stands elsewhere in the same container, and nothing else', () => {
  const [a, b, c, e] = before.nodes
  const after = { ...before, nodes: [{ ...a!, at: { x: 50, y: 0 } }, { ...b!, label: 'renamed' }, { ...c!, at: { x: 0, y: 0 }, within: 'home' }, node('d', 'toy.consumer', 9, 9), e!] }
  expect(movesBetween(before, after).map(({ from, to }) => [from.id, from.at, to.at])).toEqual([['a', { x: 0, y: 0 }, { x: 50, y: 0 }]])
})

it('glides nothing from one document to another, where a node may be called the same', () => {
  const other = topology([node('a', 'toy.queue', 900, 900), node('x', 'toy.queue', 0, 0)])
  expect(movesBetween(before, other)).toEqual([])
})
