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
})
