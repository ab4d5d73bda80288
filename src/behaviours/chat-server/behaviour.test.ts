import { describe, expect, it } from 'vitest'
import type { Channel, Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

/** Two servers with two users each; only a1 writes, a line every half second. */
function scene(broker: boolean, config: Config = {}): Scene {
  const users: readonly (readonly [string, string])[] = [['a1', 's1'], ['a2', 's1'], ['b1', 's2'], ['b2', 's2']]
  const servers = ['s1', 's2']
  const joined: Channel[] = servers.flatMap(server => [channel('amqp.publish', server, 'x'), channel('amqp.binding', 'x', `q-${server}`), channel('amqp.consume', `q-${server}`, server, { noAck: true })])
  return new Scene(
    [
      ...users.map(([user]) => node('chat.user', user, { rate: user === 'a1' ? 2 : 0, arrival: 'regular' })), ...servers.map(server => node('chat.server', server, config)),
      ...(broker ? [node('amqp.broker', 'b'), node('amqp.exchange', 'x', { exchangeType: 'fanout' }, 'b'), ...servers.map(server => node('amqp.queue', `q-${server}`, {}, 'b'))] : []),
    ],
    [...users.map(([user, server]) => channel('websocket.connection', user, server)), ...(broker ? joined : [])],
  )
}
const received = (one: Scene): number[] => ['a1', 'a2', 'b1', 'b2'].map(user => one.probe(user, 'received'))

describe('chat server', () => {
  it('chat.server.island: without a broker it reaches only its own users', () => {
    expect(received(scene(false).until(5.4))).toEqual([10, 10, 0, 0])
  })

  it('chat.user.own-echo: the writer reads its own lines', () => {
    const one = scene(false).until(5.4)
    expect(one.probe('a1', 'sent')).toBe(one.probe('a1', 'received'))
  })

  it.each([
    ['frames', ['three word message', 'three word message']],
    ['first-space', ['three word message', 'three word message']],
    ['spaces', ['three word message', 'three']],
  ] as const)('chat.server.framing: %s', (framing, read) => {
    const servers = ['s1', 's2'].map(id => node('chat.server', id, { ownUsers: 'directly', framing }))
    const users = ['a', 'b'].map(id => node('chat.user', id, { rate: 0, payload: 'text', texts: 'three word message' }))
    const lines = [channel('websocket.connection', 'a', 's1'), channel('websocket.connection', 'b', 's2'), ...[['s1', 's2'], ['s2', 's1']].map(([from, to]) => channel('zeromq.pub-sub', from!, to!, { prefixes: framing === 'frames' ? '' : 'chat' }))]
    const one = new Scene([...servers, ...users], lines).until(1)
    one.run.input({ input: 'send', node: 'a' })
    one.until(2)
    expect(['a', 'b'].map(id => one.run.behaviour(id)!.notes())).toEqual(read.map(text => [`Read last: ${text}`]))
  })

  it('chat.server.history: a user that joins gets what was said before, and what is said at that moment perhaps twice', () => {
    const read = (onJoin: string, readMs: number): string[] => {
      const one = new Scene(
        [node('chat.user', 'a1', { rate: 0 }), node('chat.user', 'b1', { rate: 0 }), node('chat.server', 's1', { onJoin }), node('amqp.broker', 'b'), node('amqp.exchange', 'x', { exchangeType: 'fanout' }, 'b'), ...['q-s1', 'q-h'].map(id => node('amqp.queue', id, {}, 'b')), node('chat.history', 'h', { storeTime: constant(1), readTime: constant(readMs) })],
        [...['a1', 'b1'].map(id => channel('websocket.connection', id, 's1', { latency: constant(1), reconnect: 0 })), channel('amqp.publish', 's1', 'x'), ...['q-s1', 'q-h'].map(id => channel('amqp.binding', 'x', id)), channel('amqp.consume', 'q-s1', 's1', { noAck: true }), channel('amqp.consume', 'q-h', 'h'), channel('http.request', 's1', 'h', { latency: constant(5) })],
      ).until(0.1).fault('crash', 'b1')
      const bodies: string[] = []
      const user = one.run.behaviour('b1')!
      const deliver = user.deliver.bind(user)
      user.deliver = (endpoint, message, tag) => {
        bodies.push((JSON.parse(one.run.core.messages.body(message)) as { text: string }).text)
        deliver(endpoint, message, tag)
      }
      const say = (body: string): void => void one.run.input({ input: 'send', node: 'a1', template: { body } })
      say('before')
      one.until(2).fault('restart', 'b1').until(2.01)
      say('meanwhile')
      one.until(5)
      say('after')
      one.until(9)
      return bodies
    }
    expect(read('nothing', 0)).toEqual(['meanwhile', 'after'])
    // The answer is quick: what is said meanwhile comes behind it. It is slow: before it, and in it again.
    expect(read('history', 0)).toEqual(['before', 'meanwhile', 'after'])
    expect(read('history', 1000)).toEqual(['meanwhile', 'before', 'meanwhile', 'after'])
  })

  it('chat.server.broker-lost: it ends with its broker where nobody handles the error, and is started again by hand', () => {
    const [ends, stays] = ['ends', 'stays'].map(whenLost => scene(true, { whenLost }).until(1).fault('crash', 'b').until(2))
    const up = (one: Scene): boolean[] => ['s1', 's2', 'a1'].map(id => one.run.parts.nodes.get(id)!.up)
    expect([up(ends!), up(stays!)]).toEqual([[false, false, true], [true, true, true]])
    expect([ends!.probe('s1', 'clients'), stays!.probe('s1', 'clients')]).toEqual([0, 2])
    expect(ends!.run.core.marks.filter(mark => mark.mark === 'crash').map(mark => mark.says)).toEqual(['b crashed', 's1 ended', 's2 ended'])
    ends!.fault('restart', 'b').until(3).fault('restart', 's1').until(4)
    expect([up(ends!)[0], ends!.probe('s1', 'clients')]).toEqual([true, 2])
  })

  it.each([['ends', false], ['stays', true]] as const)('a user that joins while the history is down costs a server that handles no errors its life: it %s', (whenLost, up) => {
    const one = new Scene(
      [node('chat.user', 'a1', { rate: 0 }), node('chat.user', 'b1', { rate: 0 }), node('chat.server', 's1', { onJoin: 'history', whenLost }), node('chat.history', 'h')],
      [...['a1', 'b1'].map(id => channel('websocket.connection', id, 's1', { reconnect: 0 })), channel('http.request', 's1', 'h')],
    ).until(0.5)
    one.fault('crash', 'h').fault('crash', 'b1').until(1)
    expect(one.run.parts.nodes.get('s1')!.up).toBe(true)
    one.fault('restart', 'b1').until(2)
    expect([one.run.parts.nodes.get('s1')!.up, one.probe('s1', 'clients')]).toEqual([up, up ? 2 : 0])
  })

  it('a user that leaves, or a line that is taken out, is no lost connection', () => {
    const one = scene(true, { whenLost: 'ends' }).until(1).fault('crash', 'a1').until(2)
    one.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: ['q-s1>s1'] }] })
    expect(one.until(3).run.parts.nodes.get('s1')!.up).toBe(true)
  })

  it('chat.server.own-users-directly: in a mesh of sockets everybody reads each line once', () => {
    const users = ['a1', 'a2', 'b1', 'b2']
    const mesh = (ownUsers: string): Scene =>
      new Scene(
        [...users.map(user => node('chat.user', user, { rate: user === 'a1' ? 2 : 0, arrival: 'regular' })), node('chat.server', 's1', { ownUsers }), node('chat.server', 's2', { ownUsers })],
        [...users.map(user => channel('websocket.connection', user, user.startsWith('a') ? 's1' : 's2')), channel('zeromq.pub-sub', 's1', 's2'), channel('zeromq.pub-sub', 's2', 's1')],
      ).until(5.4)
    expect(received(mesh('directly'))).toEqual([10, 10, 10, 10])
    expect(received(mesh('through'))).toEqual([0, 0, 10, 10])
  })

  it('chat.server.own-path: with a broker a line comes back to its own server through it, once', () => {
    const one = scene(true).until(5.4)
    expect(received(one)).toEqual([10, 10, 10, 10])
    expect(one.probes('s1', 'fromUsers', 'published', 'broadcast')).toEqual({ fromUsers: 10, published: 10, broadcast: 10 })
    one.fault('crash', 'b')
    const before = received(one)
    // What had left the broker still arrives; what is written from now on reaches nobody, not even on its own server.
    const settled = received(one.until(6.4))
    expect(settled.map((count, n) => count - before[n]!).every(more => more <= 1)).toBe(true)
    expect(received(one.until(10))).toEqual(settled)
  })
})
