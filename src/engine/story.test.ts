import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../cli/testing/scene.ts'
import { describeDead } from './inspect.ts'
import { storyOf } from './story.ts'

/** One message, an exchange, two queues, a consumer at each. */
function fanout(): Scene {
  return new Scene(
    [
      node('app.producer', 'p', { rate: 2, arrival: 'regular', limit: 1, key: 'k', body: 'hello' }),
      node('amqp.broker', 'b'),
      node('amqp.exchange', 'x', { exchangeType: 'fanout' }, 'b'),
      ...['q', 'r'].map(id => node('amqp.queue', id, {}, 'b')),
      node('app.consumer', 'c', { serviceTime: constant(1000) }),
      node('app.consumer', 'd', { serviceTime: constant(60_000) }),
    ],
    [channel('amqp.publish', 'p', 'x'), channel('amqp.binding', 'x', 'q'), channel('amqp.binding', 'x', 'r'), channel('amqp.consume', 'q', 'c'), channel('amqp.consume', 'r', 'd')],
  )
}
const steps = (scene: Scene, identity: string): string[] => storyOf(scene.run, identity, 0)!.steps.map(step => `${step.label}: ${step.says}`)

describe('the story of a message', () => {
  it('has its copies, each with where it is, and what happened so far', () => {
    const scene = fanout().until(3)
    const story = storyOf(scene.run, 'p#1', 0)!
    expect(story.copies.map(({ where, state, through, key, body }) => ({ where, state, through, key, body }))).toEqual([{ where: 'r', state: 'unacknowledged', through: 'x', key: 'k', body: 'hello' }])
    expect([story.whole, story.ending, steps(scene, 'p#1').slice(0, 6)]).toEqual([true, null, ['p: Published', 'x: Routed: 2 copies go on', 'q: Joined the queue', 'q: Handed out', 'r: Joined the queue', 'r: Handed out']])
    expect(steps(scene, 'p#1').filter(step => step.startsWith('c') || step.endsWith('Acknowledged'))).toEqual(['c: Delivered', 'c: Work on it began', 'c: Work on it was done', 'q: Acknowledged'])
  })

  it('tells where a copy flies, and that it is held by a cut', () => {
    const scene = fanout().until(0.52)
    const told = (): unknown => storyOf(scene.run, 'p#1', 0)!.copies[0]!.answers
    expect(told()).toEqual([{ asks: 'here', says: 'It is on its way from p to x.', grounds: [{ says: 'It arrives', untilNs: 0.55e9 }] }])
    scene.run.input({ input: 'fault', fault: { fault: 'cut', channel: 'p>x' } })
    expect(told()).toEqual([{ asks: 'waits', says: 'It is held on the wire from p to x.', grounds: [{ says: 'The connection is cut: what flies waits until it is healed', sinceNs: 0.52e9 + 1 }] }])
  })

  it('says why it was put back: its consumer crashed', () => {
    const scene = fanout().until(3).fault('crash', 'd').until(4)
    expect(steps(scene, 'p#1').slice(-2)).toEqual(['d: Crashed', 'r: Put back: d had crashed'])
  })

  it('says what became of it when nothing is left of it', () => {
    const scene = new Scene([node('app.producer', 'p', { rate: 2, arrival: 'regular', limit: 1 }), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('app.consumer', 'c')], [channel('amqp.publish', 'p', 'q'), channel('amqp.consume', 'q', 'c')]).until(9)
    expect(storyOf(scene.run, 'p#1', 0)).toMatchObject({ copies: [], ending: 'It is done: its consumer acknowledged it, and q let it go.' })
    expect([storyOf(scene.run, 'p#2', 0), storyOf(scene.run, 'nobody#1', 0), storyOf(scene.run, 'p', 0)]).toEqual([null, null, null])
  })

  it('keeps what died readable, in general words where a system has none', () => {
    const scene = new Scene([node('chat.user', 'u', { rate: 0 }), node('chat.server', 's')], [channel('zeromq.pair', 'u', 's', { latency: constant(1000) })]).until(1)
    scene.run.input({ input: 'send', node: 'u', template: { body: 'hi' } })
    scene.fault('crash', 's').until(3)
    expect(describeDead(scene.run, { limit: 5 })).toMatchObject([{ identity: 'u#1', reason: 'connection lost', where: 'u', body: '{"from":"u","text":"hi"}' }])
    expect(storyOf(scene.run, 'u#1', 0)!.copies[0]!.answers).toEqual([{ asks: 'died', says: 'The connection was lost, and u kept no copy to send again.', grounds: [] }])
  })

  it('remembers the newest of those that died, and lets the others go', () => {
    const scene = new Scene([node('app.producer', 'p', { rate: 1000, arrival: 'regular', limit: 2000 }), node('amqp.broker', 'b'), node('amqp.exchange', 'x', {}, 'b')], [channel('amqp.publish', 'p', 'x')]).until(3)
    const dead = describeDead(scene.run, { limit: 10_000 })
    expect([dead.length, dead[0]?.identity, dead.at(-1)?.identity, scene.run.ledger().discarded[0]]).toEqual([512, 'p#2000', 'p#1489', 2000])
  })
})
