import { expect, it } from 'vitest'
import { grounds, held, says } from '../../cli/testing/ask-why.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

/** Objects are counted: two fit into the reader's stream, three into the writer's. */
const scene = () =>
  new Scene(
    [node('app.producer', 'p', { rate: 100, arrival: 'regular', limit: 20 }), node('app.consumer', 'c', { serviceTime: constant(60_000) })],
    [channel('pipe.stream', 'p', 'c', { latency: constant(1), unit: 'objects', writeMark: 3, readMark: 2 })],
  ).until(2)

it('the streams of a pipe are listed with their processes', () => {
  const one = scene()
  expect([held(one, 'c'), held(one, 'p')]).toEqual([['p#1', 'p#2', 'p#3'], ['p#4', 'p#5', 'p#6']])
})

it('a pipe says what a message waits for', () => {
  const one = scene()
  expect(says(one, 'p#3', 'c', 'waits')).toBe('One message is ahead of it in the reading stream: c takes the next when it is done with what it has in hand.')
  expect(says(one, 'p#5', 'p', 'waits')).toBe('One message is ahead of it in the writing stream of p: the pipe to c has no room for it yet.')
  expect(grounds(one, 'p#5', 'p', 'waits')).toEqual(['✗ The pipe and the stream of c hold 2 of 2 objects'])
})
