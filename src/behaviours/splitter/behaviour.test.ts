import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

const wire = { latency: constant(10) }

/** One message is split; its parts end up in two queues that nobody reads. */
function scene(splitter: Config, producer: Config = {}): Scene {
  return new Scene(
    [node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 1, key: 'k', ...producer }), node('app.splitter', 's', splitter), node('amqp.broker', 'b'), ...['in', 'one', 'two'].map(id => node('amqp.queue', id, {}, 'b'))],
    [channel('amqp.publish', 'p', 'in', wire), channel('amqp.consume', 'in', 's', wire), channel('amqp.publish', 's', 'one', wire), channel('amqp.publish', 's', 'two', wire)],
  ).until(2)
}

function held(one: Scene, queue: string) {
  const handles: number[] = []
  const { run } = one
  run.system(queue)?.contents(run.parts.nodes.get(queue)!, handles, 0, 99)
  const { messages } = run.core
  return handles.map(handle => ({ key: messages.key(handle), body: messages.body(handle), headers: messages.headers(handle), id: messages.properties(handle)?.['correlationId'] }))
}

describe('splitter', () => {
  it('app.splitter.parts: parts are numbered, and belong together', () => {
    const one = scene({ parts: 3, body: '{part} of {parts}' })
    expect(held(one, 'one')).toEqual([{ key: 'k', body: '1 of 3', headers: { part: 1, parts: 3 }, id: 's:1' }, { key: 'k', body: '3 of 3', headers: { part: 3, parts: 3 }, id: 's:1' }])
    expect(held(one, 'two').map(({ body }) => body)).toEqual(['2 of 3'])
    expect([one.probes('s', 'received', 'sent'), one.probe('in', 'unacked')]).toEqual([{ received: 1, sent: 3 }, 0])
  })

  it('makes one for each line that leaves, with the whole’s body and headers', () => {
    const one = scene({}, { body: 'all', headers: { colour: 'red' } })
    expect([...held(one, 'one'), ...held(one, 'two')].map(({ body, headers }) => [body, headers])).toEqual([['all', { colour: 'red', part: 1, parts: 2 }], ['all', { colour: 'red', part: 2, parts: 2 }]])
  })

  it('splits lines and lists', () => {
    expect(held(scene({ split: 'lines' }, { body: 'a\nb\n\nc' }), 'one').map(({ body }) => body)).toEqual(['a', 'c'])
    expect(held(scene({ split: 'items' }, { body: '[{"x":1},2]' }), 'one').map(({ body }) => body)).toEqual(['{"x":1}'])
    expect(held(scene({ split: 'items' }, { body: 'no list' }), 'one').map(({ body }) => body)).toEqual(['no list'])
  })
})
