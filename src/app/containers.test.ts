import { describe, expect, it } from 'vitest'
import { containerAt, settled } from './containers.ts'
import { catalogue, node, topology } from '../canvas/testing/sample.ts'

const broker = node('b', 'toy.broker', 100, 100, { size: { width: 400, height: 300 } })
const queue = node('q', 'toy.queue', 20, 60, { within: 'b' })
const other = node('o', 'toy.broker', 700, 100, { size: { width: 400, height: 300 } })
const producer = node('p', 'toy.producer', 0, 0)
const document = topology([broker, queue, other, producer])

describe('moving nodes', () => {
  it('stands them on the grid', () => {
    expect(settled(catalogue, document, [{ id: 'p', at: { x: 13.2, y: 48 } }])).toEqual([{ id: 'p', at: { x: 10, y: 50 }, size: undefined, within: undefined }])
  })

  it('takes a node into the container of its kind that it was dropped on', () => {
    expect(settled(catalogue, document, [{ id: 'q', at: { x: 660, y: 80 } }])).toEqual([{ id: 'q', at: { x: 60, y: 80 }, size: undefined, within: 'o' }])
  })

  it('leaves an application outside, wherever it is dropped', () => {
    expect(settled(catalogue, document, [{ id: 'p', at: { x: 150, y: 150 } }])[0]).toMatchObject({ within: undefined })
  })

  it('grows the container to the right and down', () => {
    const places = settled(catalogue, document, [{ id: 'q', at: { x: 250, y: 260 } }])
    expect(places).toContainEqual({ id: 'b', at: { x: 100, y: 100 }, within: undefined, size: { width: 494, height: 360 } })
  })

  it('grows it to the left and up without moving what lives there', () => {
    const places = settled(catalogue, topology([broker, queue, node('q2', 'toy.queue', 20, 160, { within: 'b' })]), [{ id: 'q', at: { x: -30, y: 10 } }])
    expect(places).toEqual([
      { id: 'q', at: { x: 30, y: 50 }, size: undefined, within: 'b' },
      { id: 'b', at: { x: 40, y: 60 }, within: undefined, size: { width: 460, height: 340 } },
      { id: 'q2', at: { x: 80, y: 200 }, size: undefined, within: 'b' },
    ])
  })
})

it('finds the container at a point, of the kind that is asked for', () => {
  expect(containerAt(catalogue, document, { x: 750, y: 150 }, 'toy.broker')).toBe('o')
  expect(containerAt(catalogue, document, { x: 600, y: 150 }, 'toy.broker')).toBeUndefined()
  expect(containerAt(catalogue, document, { x: 750, y: 150 }, undefined)).toBeUndefined()
})
