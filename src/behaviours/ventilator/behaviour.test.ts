import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'

const JOB = { from: 1, to: 95, taskSize: 10, startAfter: 500 }
const rabbit = (config: Config): Scene => new Scene([node('app.ventilator', 'v', { ...JOB, ...config }), node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b')], [channel('amqp.publish', 'v', 'q', { latency: constant(10) })])

function bodies(one: Scene): string[] {
  const handles: number[] = []
  one.run.system('q')?.contents(one.run.parts.nodes.get('q')!, handles, 0, 99)
  return handles.map(handle => one.run.core.messages.body(handle))
}

describe('ventilator', () => {
  it('hands out a job at once, the last task with what is left', () => {
    const one = rabbit({}).until(0.49)
    expect(one.probe('v', 'sent')).toBe(0)
    one.until(0.52)
    expect(bodies(one)).toEqual([...Array.from({ length: 9 }, (_, n) => `{"from":${n * 10 + 1},"to":${n * 10 + 10}}`), '{"from":91,"to":95}'])
    expect(one.until(10).probes('v', 'sent', 'left', 'jobs')).toEqual({ sent: 10, left: 0, jobs: 1 })
  })

  it('app.ventilator.at-once: stands still while its line takes nothing', () => {
    const one = new Scene([node('app.ventilator', 'v', JOB), node('app.consumer', 'w', { serviceTime: constant(1000) })], [channel('zeromq.push-pull', 'v', 'w', { sendMark: 2, receiveMark: 2, latency: constant(1) })]).until(0.6)
    expect(one.probe('v', 'sent') + one.probe('v', 'left')).toBe(10)
    expect(one.probe('v', 'left')).toBeGreaterThan(2)
    expect(one.until(20).probes('v', 'sent', 'left')).toEqual({ sent: 10, left: 0 })
    expect(one.probe('w', 'processed')).toBe(10)
  })

  it('starts by hand, one job after the other', () => {
    const one = rabbit({ start: 'hand' }).until(1)
    expect(one.probe('v', 'sent')).toBe(0)
    for (let n = 0; n < 2; n += 1) one.run.input({ input: 'send', node: 'v' })
    expect(one.until(2).probes('v', 'sent', 'jobs')).toEqual({ sent: 20, jobs: 2 })
  })

  it('does its job again after a restart', () => {
    const one = rabbit({}).until(1).fault('crash', 'v').until(2).fault('restart', 'v').until(5)
    expect(one.probes('v', 'sent', 'jobs')).toEqual({ sent: 20, jobs: 2 })
  })

  describe('app.ventilator.lease', () => {
    const workers = ['w0', 'w1']
    const leasing = (lease: number | null, work: Config = {}, line = 'zeromq.dealer-router'): Scene =>
      new Scene(
        [node('app.ventilator', 'v', { to: 480, taskSize: 10, handsOut: 'asked', lease, startAfter: 100 }), ...workers.map(id => node('app.worker', id, { serviceTime: constant(20), takes: 'asks', ...work }))],
        workers.map(id => channel(line, id, 'v', { latency: constant(1) })),
      )
    const done = (one: Scene): number[] => workers.map(id => one.probe(id, 'tasks'))

    it.each(['zeromq.dealer-router', 'websocket.connection'])('hands a task to who asks, over %s', line => {
      const one = leasing(250, {}, line).until(5)
      expect([done(one), one.probes('v', 'done', 'expired', 'late', 'leased', 'left')]).toEqual([[24, 24], { done: 48, expired: 0, late: 0, leased: 0, left: 0 }])
    })

    it('a worker that dies costs its task the time of its lease', () => {
      const one = leasing(250).until(0.15).fault('crash', 'w1').until(5)
      expect(one.probes('v', 'done', 'expired', 'late')).toEqual({ done: 48, expired: 1, late: 0 })
      expect(done(one)[1]).toBeLessThan(4)
    })

    it('a lease shorter than the work has it done twice', () => {
      const one = leasing(15).until(10)
      expect([one.probe('v', 'done'), one.probe('v', 'late') > 5]).toEqual([48, true])
      expect(done(one).reduce((sum, tasks) => sum + tasks, 0)).toBe(48 + one.probe('v', 'late'))
    })

    it('work that fails is handed out again at once', () => {
      const one = leasing(null, { failureRate: 0.3 }).until(10)
      expect([one.probe('v', 'done'), one.probe('v', 'expired')]).toEqual([48, 0])
      expect(one.probe('v', 'sent')).toBe(48 + workers.reduce((sum, id) => sum + one.probe(id, 'failed'), 0))
    })

    it('a worker with more hands asks for more', () => {
      const one = leasing(null, { concurrency: 4 }).until(0.115)
      expect([one.probe('v', 'leased'), one.until(5).probe('v', 'done')]).toEqual([8, 48])
    })

    it('workers ask a ventilator that was away again', () => {
      const one = leasing(null, { asksEvery: 200 }).until(0.15).fault('crash', 'v').until(1).fault('restart', 'v').until(10)
      expect(one.probe('v', 'leased')).toBe(0)
      expect(one.probe('v', 'jobs')).toBe(2)
      expect(one.probe('v', 'done')).toBeGreaterThanOrEqual(48)
    })

    it('refuses what is no word of a worker', () => {
      const one = new Scene([node('app.ventilator', 'v', { handsOut: 'asked' }), node('chat.user', 'u', { rate: 10, arrival: 'regular' })], [channel('websocket.connection', 'u', 'v')]).until(2)
      expect(one.run.ledger().processed).toBe(0)
      expect(one.probe('v', 'sent')).toBe(0)
    })
  })
})
