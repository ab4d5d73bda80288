import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

const wire = { latency: constant(1) }
const JOB = { from: 1, to: 400, taskSize: 10, startAfter: 500 }

/** The chapter's cracker: a ventilator, three workers, a sink. */
function cracker(system: 'zeromq' | 'amqp', worker: Config): Scene {
  const workers = ['w0', 'w1', 'w2']
  const nodes = [node('app.ventilator', 'v', JOB), node('app.sink', 's'), ...workers.map(id => node('app.worker', id, { serviceTime: constant(50), ...worker }))]
  if (system === 'zeromq') return new Scene(nodes, workers.flatMap(id => [channel('zeromq.push-pull', 'v', id, wire), channel('zeromq.push-pull', id, 's', { ...wire, bind: 'to' })]))
  return new Scene(
    [...nodes, node('amqp.broker', 'b'), node('amqp.queue', 'tasks', {}, 'b'), node('amqp.queue', 'results', {}, 'b')],
    [channel('amqp.publish', 'v', 'tasks', wire), channel('amqp.consume', 'results', 's', wire), ...workers.flatMap(id => [channel('amqp.consume', 'tasks', id, { ...wire, prefetch: 1 }), channel('amqp.publish', id, 'results', wire)])],
  )
}
const total = (one: Scene, probe: string): number => ['w0', 'w1', 'w2'].reduce((sum, id) => sum + one.probe(id, probe), 0)

describe('worker', () => {
  it.each(['zeromq', 'amqp'] as const)('app.worker.hits: one result for the number that is looked for, over %s', system => {
    const one = cracker(system, { finds: 'range', target: 123 }).until(10)
    expect([total(one, 'tasks'), total(one, 'hits'), one.probe('s', 'results')]).toEqual([40, 1, 1])
    expect(['w0', 'w1', 'w2'].map(id => one.probe(id, 'tasks')).every(tasks => tasks >= 12)).toBe(true)
  })

  it('finds in a share of tasks, or in every one', () => {
    expect(total(cracker('amqp', { finds: 'every' }).until(10), 'hits')).toBe(40)
    const some = total(cracker('amqp', { hitRate: 0.5 }).until(10), 'hits')
    expect([some > 8, some < 32]).toEqual([true, true])
  })

  it.each([['drops', 9], ['finishes', 12]] as const)('app.worker.stop: told to stop, it %s what is in work, and the rest stays for others', (whenStopped, done) => {
    const one = cracker('amqp', { serviceTime: constant(100), stopKey: 'stop', whenStopped, finds: 'every' })
    one.run.input({ input: 'edit', edits: [{ edit: 'add-nodes', nodes: [node('app.producer', 'boss', { rate: 0, key: 'stop' }), node('amqp.exchange', 'control', { exchangeType: 'fanout' }, 'b'), ...['w0', 'w1', 'w2'].map(id => node('amqp.queue', `stop-${id}`, {}, 'b'))] }] })
    const lines = [channel('amqp.publish', 'boss', 'control', wire), ...['w0', 'w1', 'w2'].flatMap(id => [channel('amqp.binding', 'control', `stop-${id}`, wire), channel('amqp.consume', `stop-${id}`, id, wire)])]
    one.run.input({ input: 'edit', edits: [{ edit: 'add-channels', channels: lines }] })
    // Each has done three tasks and is at work on its fourth.
    one.until(0.85).run.input({ input: 'send', node: 'boss' })
    one.until(10)
    expect([total(one, 'tasks'), one.probe('tasks', 'ready'), one.probe('tasks', 'unacked'), ['w0', 'w1', 'w2'].some(id => one.run.parts.nodes.get(id)!.up)]).toEqual([done, 40 - done, 0, false])
  })

  it('acknowledging first, a worker that dies in the pause takes its result along', () => {
    const hits = (acknowledge: string): number => {
      const one = cracker('amqp', { finds: 'range', target: 5, acknowledge, pause: 40 }).until(0.56)
      for (const id of ['w0', 'w1', 'w2']) one.fault('crash', id)
      for (const id of ['w0', 'w1', 'w2']) one.fault('restart', id)
      return one.until(10).probe('s', 'results')
    }
    expect([hits('before'), hits('after')]).toEqual([0, 2])
  })

  it('a dead worker’s task goes to another where it is acknowledged, and is gone where it is not', () => {
    const story = (system: 'zeromq' | 'amqp'): Scene => cracker(system, { finds: 'every' }).until(0.6).fault('crash', 'w1').until(10)
    expect(total(story('amqp'), 'tasks')).toBe(40)
    expect(total(story('zeromq'), 'tasks')).toBeLessThan(30)
  })
})
