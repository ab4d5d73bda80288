import { expect, it } from 'vitest'
import { boxesOf } from '../app/node-sizes.ts'
import { catalogue, channel, node, topology } from './testing/sample.ts'
import { firstNode, nextNode } from './walk.ts'

const document = topology(
  [
    node('alice', 'toy.producer', 0, 0),
    node('bob', 'toy.producer', 0, 120),
    node('chat', 'toy.exchange', 300, 60),
    node('near', 'toy.consumer', 220, 0),
    node('history', 'toy.queue', 600, 200),
  ],
  [channel('1', 'toy.link', 'alice', 'chat'), channel('2', 'toy.link', 'bob', 'chat'), channel('3', 'toy.binding', 'chat', 'history')],
)
const boxes = boxesOf(catalogue, document)
const next = (from: string, direction: 'left' | 'right' | 'up' | 'down') => nextNode(document, boxes, from, direction)

it('follows a channel even when another node is nearer', () => {
  expect(next('alice', 'right')).toBe('chat')
})

it('goes against the channel to the nearest source', () => {
  expect(next('chat', 'left')).toBe('alice')
})

it('falls back to what is nearest in that direction', () => {
  expect(next('alice', 'down')).toBe('bob')
  expect(next('near', 'left')).toBe('alice')
})

it('stays where nothing lies that way', () => {
  expect(next('history', 'right')).toBeUndefined()
})

it('starts at the top left', () => {
  expect(firstNode(document, boxes)).toBe('alice')
})
