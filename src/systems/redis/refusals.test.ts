import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Channel, Config } from '../../topology/document.ts'

const server = node('redis.server', 'r')
const producer = node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 20, body: '{n}' })
const worker = node('app.consumer', 'c', { serviceTime: constant(10) })
const line = (type: string, from: string, to: string, config: Config = {}): Channel => channel(type, from, to, { latency: constant(5), ...config })
const told = (scene: Scene) => scene.run.troubles.map(({ part, code, says }) => [part, code, says])

describe('redis.refused: what Redis refuses is a problem of the run', () => {
  it('redis.refused: of a key that holds another type, until the line goes elsewhere', () => {
    const scene = new Scene([server, node('redis.stream', 'log', { name: 'jobs' }, 'r'), node('redis.list', 'jobs', {}, 'r'), producer, node('app.producer', 'q', { rate: 10, arrival: 'regular', limit: 50 })], [line('redis.add', 'p', 'log'), line('redis.push', 'q', 'jobs')]).until(1)
    const [[part, code, says]] = told(scene) as [[string, string, string]]
    expect([part, code]).toEqual(['q>jobs', 'redis.refused.wrongtype'])
    expect(says).toBe('Redis refuses what q asks of “jobs” with LPUSH: WRONGTYPE Operation against a key holding the wrong kind of value. Give one of the two keys another name, or lead the line to one of the type that it is for.')
    scene.configure('node', 'jobs', { name: 'others' }).until(2)
    expect([told(scene), scene.probe('jobs', 'pushed') > 0]).toEqual([[], true])
  })

  it('says nothing of a group that is there already', () => {
    const scene = new Scene([server, node('redis.stream', 'log', {}, 'r'), producer, worker, { ...worker, id: 'd', label: 'd' }], [line('redis.add', 'p', 'log'), line('redis.read', 'log', 'c'), line('redis.read', 'log', 'd')]).until(3)
    expect([told(scene), scene.probe('c', 'processed') + scene.probe('d', 'processed')]).toEqual([[], 20])
  })

  it('goes with its line', () => {
    const scene = new Scene([server, node('redis.list', 'jobs', { name: 'k' }, 'r'), node('redis.stream', 'log', { name: 'k' }, 'r'), producer, worker], [line('redis.push', 'p', 'jobs'), line('redis.read', 'log', 'c')]).until(1)
    expect(told(scene).map(([part]) => part)).toEqual(['p>jobs'])
    scene.run.input({ input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: ['p>jobs'] }] })
    expect(told(scene)).toEqual([])
  })
})
