import { describe, expect, it } from 'vitest'
import { grounds, held, says } from '../../cli/testing/ask-why.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

const producer = (config: Config = {}) => node('app.producer', 'p', { rate: 100, arrival: 'regular', limit: 20, key: 'news', ...config })
const consumer = (id: string) => node('app.consumer', id, { serviceTime: constant(60_000) })
const marks = { sendMark: 3, receiveMark: 2, latency: constant(1) }

describe('queues of sockets', () => {
  const pipeline = (...workers: readonly string[]) => new Scene([producer(), ...workers.map(consumer)], workers.map(id => channel('zeromq.push-pull', 'p', id, marks))).until(2)

  it('are listed with the node: what is in hand, what is to be read, what is to be sent, what waits in the program', () => {
    const scene = pipeline('w')
    expect(held(scene, 'w')).toEqual(['p#1', 'p#2', 'p#3'])
    expect(held(scene, 'p')).toEqual(['p#4', 'p#5', 'p#6'])
  })

  it('say what a message waits for', () => {
    const scene = pipeline('w')
    expect(says(scene, 'p#1', 'w', 'here')).toBe('w is working on it.')
    expect(says(scene, 'p#3', 'w', 'waits')).toBe('One message is ahead of it in the receive queue of the PULL: w reads on when it is done with what it has in hand.')
    expect(grounds(scene, 'p#3', 'w', 'waits')).toEqual(['It came from p; 2 of its messages wait here, up to its receive mark of 2'])
    expect(says(scene, 'p#5', 'p', 'waits')).toBe('One message is ahead of it in the send queue of the PUSH, and w has room for no more until it has read some.')
    expect(says(scene, 'p#6', 'p', 'waits')).toBe('It is next in line in the program, which stands at its send: the queue to the only peer of the PUSH has reached its mark.')
    expect(grounds(scene, 'p#6', 'p', 'waits')).toEqual(['✗ w: 3 sent and not known to be read, the send mark is 3'])
  })

  it('say that all peers are full, or that there is none', () => {
    const two = pipeline('v', 'w')
    const last = held(two, 'p').at(-1)!
    expect(says(two, last, 'p', 'waits')).toContain('the queues to all 2 peers of the PUSH have reached their marks')
    const nobody = new Scene([producer(), consumer('w')], [channel('zeromq.push-pull', 'p', 'w', { ...marks, immediate: true })]).fault('crash', 'w').until(2)
    expect(says(nobody, held(nobody, 'p')[0]!, 'p', 'waits')).toBe('It is next in line in the program, which stands at its send: the PUSH has no peer.')
  })

  it('say that a share is kept for a peer that is away', () => {
    const scene = new Scene([producer(), consumer('w')], [channel('zeromq.push-pull', 'p', 'w', { ...marks, bind: 'to' })]).fault('crash', 'w').until(2)
    expect(says(scene, held(scene, 'p')[0]!, 'p', 'waits')).toBe('It is next in line in the send queue of the PUSH, and w is not connected; its share is kept for when it is.')
  })

  it('say that a REQ waits for its answer', () => {
    const scene = new Scene([node('app.requester', 'a', { arrival: 'regular', rate: 10, concurrency: null, timeout: null }), node('app.replier', 'b', { serviceTime: constant(60_000) })], [channel('zeromq.req-rep', 'a', 'b', { latency: constant(1) })]).until(2)
    expect(says(scene, held(scene, 'a')[0]!, 'a', 'waits')).toContain('a REQ asks nothing more before the answer to its last question has come')
  })

  it('are those of a proxy too', () => {
    const scene = new Scene([producer(), node('zeromq.proxy', 'x'), consumer('w')], [channel('zeromq.push-pull', 'p', 'x', marks), channel('zeromq.push-pull', 'x', 'w', marks)]).until(2)
    expect(held(scene, 'x').length).toBeGreaterThan(2)
    expect(says(scene, held(scene, 'x').at(-1)!, 'x', 'waits')).toMatch(/in the send queue of the PUSH, and w has room for no more until it has read some\.$/)
  })
})

describe('deaths at a publisher', () => {
  const published = (line: Config) => new Scene([producer(), consumer('w')], [channel('zeromq.pub-sub', 'p', 'w', { ...marks, ...line })])

  it('have their reasons', () => {
    expect(says(published({ bind: 'from' }).fault('crash', 'w').until(1), 'p#5', 'p', 'died')).toBe('Nobody was connected to the PUB of p: it keeps nothing for those who come later.')
    expect(says(published({ prefixes: 'sport' }).until(1), 'p#5', 'p', 'died')).toBe('No subscriber of p wants “news”: the publisher filters before it sends.')
    expect(says(published({}).until(1), 'p#15', 'p', 'died')).toBe('The queue to a subscriber had reached its high-water mark: a publisher never waits, it drops.')
    expect(says(published({ loss: 100, lossMeans: 'gone' }).until(1), 'p#5', 'p', 'died')).toBe('The network lost it on its way from p: a publisher hears nothing of it and sends nothing again.')
  })
})
