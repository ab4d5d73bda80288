import { expect, it } from 'vitest'
import { applyEdit } from '../topology/edit.ts'
import { isAnother } from './another-document.ts'
import { node, topology } from './testing/sample.ts'

const two = topology([node('a', 'toy.producer', 0, 0), node('b', 'toy.consumer', 300, 0)])

it('sees another document where no node is left of before', () => {
  expect(isAnother(two, topology([node('x', 'toy.producer', 0, 0), node('b', 'toy.consumer', 300, 0)]))).toBe(true)
  expect(isAnother(topology([]), topology([node('a', 'toy.producer', 0, 0), node('b', 'toy.consumer', 300, 0), node('c', 'toy.consumer', 300, 0)]))).toBe(true)
})

it('sees an edit where nodes come, go or all move', () => {
  expect(isAnother(two, applyEdit(two, { edit: 'remove', nodes: ['a'], channels: [] }).topology)).toBe(false)
  expect(isAnother(two, applyEdit(two, { edit: 'add-nodes', nodes: [node('c', 'toy.queue', 0, 0)] }).topology)).toBe(false)
  const places = two.nodes.map(({ id, at }) => ({ id, at: { x: at.x + 10, y: at.y } }))
  expect(isAnother(two, applyEdit(two, { edit: 'place', places }).topology)).toBe(false)
  expect(isAnother(topology([]), topology([node('a', 'toy.producer', 0, 0)]))).toBe(false)
})
