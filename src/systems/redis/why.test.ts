import { describe, expect, it } from 'vitest'
import { answerTo, grounds, held, says } from '../../cli/testing/ask-why.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import { storyOf } from '../../engine/story.ts'
import type { Config } from '../../topology/document.ts'

/** Three messages by half past one second. */
const producer = (config: Config = {}) => node('app.producer', 'p', { rate: 2, arrival: 'regular', limit: 3, ...config })
const server = (config: Config = {}) => node('redis.server', 'r', config)
const consumer = (id: string) => node('app.consumer', id, { serviceTime: constant(60_000) })
const list = (pop: Config, readers: readonly string[] = [], push: Config = {}, config: Config = {}) =>
  new Scene([server(config), node('redis.list', 'jobs', {}, 'r'), producer(), ...readers.map(consumer)], [channel('redis.push', 'p', 'jobs', push), ...readers.map(id => channel('redis.pop', 'jobs', id, pop))])

describe('lists', () => {
  it('say how many are ahead, and who would take it', () => {
    const alone = list({}).until(3)
    expect(['p#1', 'p#2', 'p#3'].map(id => says(alone, id, 'jobs', 'waits'))).toEqual(['It is next in line, but no client is connected that pops from jobs.', 'One message is ahead of it, and no client is connected that pops from jobs.', '2 messages are ahead of it, and no client is connected that pops from jobs.'])
    const busy = list({ atOnce: 1 }, ['c', 'd']).until(3)
    expect(says(busy, 'p#3', 'jobs', 'waits')).toBe('It is next in line, but none of its 2 readers asks for one: each has as many in hand as it may.')
    expect(grounds(busy, 'p#3', 'jobs', 'waits')).toEqual(['Items are popped from the right end', 'c pops again when it is done with one', 'd pops again when it is done with one'])
  })

  it('say who moved it to its processing list', () => {
    const scene = list({ command: 'BLMOVE' }, ['c']).until(3)
    expect(says(scene, 'p#1', 'jobs', 'waits')).toBe('c moved it to jobs:processing:c and has not removed it yet.')
    expect(grounds(scene, 'p#1', 'jobs', 'waits')).toContain('c is working on it.')
  })

  it('say why it was trimmed, or died with the server', () => {
    expect(says(list({}, [], { keep: 1 }).until(3), 'p#1', 'jobs', 'died')).toBe('jobs is trimmed after each push (LTRIM): only the newest items are kept.')
    expect(says(list({}).until(3).fault('crash', 'r'), 'p#1', 'jobs', 'died')).toBe('r went down: it had come, or was changed, after the last snapshot.')
    expect(says(list({}, [], {}, { persistence: 'none' }).until(3).fault('crash', 'r'), 'p#1', 'jobs', 'died')).toBe('r went down: it keeps nothing on disk.')
  })

  it('keep what can’t be sent in the client', () => {
    const scene = list({}).fault('crash', 'r').until(3)
    expect(held(scene, 'p')).toEqual(['p#1', 'p#2', 'p#3'])
    expect(says(scene, 'p#2', 'p', 'waits')).toBe('It is in the off-line queue of p until there is a connection again.')
  })
})

describe('streams', () => {
  const stream = (read: Config, add: Config = {}) => new Scene([server(), node('redis.stream', 'log', {}, 'r'), producer(), consumer('c')], [channel('redis.add', 'p', 'log', add), channel('redis.read', 'log', 'c', { command: 'XREADGROUP', group: 'g', consumer: 'one', count: 1, ...read })])

  it('say that they keep everything, and which groups have read it', () => {
    const scene = stream({}).until(3)
    expect(says(scene, 'p#3', 'log', 'here')).toBe('log is a stream: it keeps its entries, and reading removes nothing.')
    expect(grounds(scene, 'p#3', 'log', 'here')).toEqual([expect.stringMatching(/^Its id is \d+-0$/), expect.stringMatching(/^✗ Group g, which is at \d+-0, has not read it yet$/)])
  })

  it('say whose pending entry it is, and what that consumer does', () => {
    const scene = stream({}).until(3)
    const pending = answerTo(scene, 'p#1', 'log', 'here')
    expect(pending.says).toContain('keeps its entries')
    const copies = scene.run.core.trace.newest(99, fact => fact.verb === 'delivered').length
    expect(copies).toBe(1)
    const answers = whys(scene, 'p#1')
    expect(answers).toContain('Consumer one of group g, c, got it and has not acknowledged it.')
  })

  it('say that their length is limited', () => {
    expect(says(stream({}, { trimming: '=', length: 1 }).until(3), 'p#1', 'log', 'died')).toBe('log is kept to its length (MAXLEN): its oldest entries go.')
  })
})

describe('channels', () => {
  it('say that nobody had subscribed', () => {
    const scene = new Scene([server(), node('redis.channel', 'news', {}, 'r'), node('redis.channel', 'sport', {}, 'r'), producer(), consumer('c')], [channel('redis.publish', 'p', 'news'), channel('redis.subscribe', 'sport', 'c')]).until(3)
    expect([says(scene, 'p#1', 'news', 'died'), ...grounds(scene, 'p#1', 'news', 'died')]).toEqual(['Nobody had subscribed to news when it was published: PUBLISH keeps nothing.', 'Nobody has subscribed to it now either', '✗ Somebody has subscribed to sport'])
  })

  it('say that the network lost it', () => {
    const scene = new Scene([server(), node('redis.channel', 'news', {}, 'r'), producer(), consumer('c')], [channel('redis.publish', 'p', 'news'), channel('redis.subscribe', 'news', 'c', { loss: 100, lossMeans: 'gone' })]).until(3)
    expect(says(scene, 'p#1', 'news', 'died')).toBe('The network lost it on its way to a client of news, and nobody sends it again.')
  })
})

/** Every sentence about a message, copy by copy. */
function whys(scene: Scene, identity: string): string[] {
  return storyOf(scene.run, identity, 0)!.copies.flatMap(copy => copy.answers.map(answer => answer.says))
}
