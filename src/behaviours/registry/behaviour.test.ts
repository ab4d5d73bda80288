import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import type { Config } from '../../topology/document.ts'

function scene(registry: Config, replier: Config): Scene {
  const ids = ['r1', 'r2']
  return new Scene([node('app.registry', 'registry', registry), ...ids.map(id => node('app.replier', id, { service: 'api', ...replier }))], ids.map(id => channel('http.request', id, 'registry', { latency: constant(1) })))
}
const registered = (one: Scene): number => one.probe('registry', 'registered')
const stop = (one: Scene, id: string): void => void one.run.input({ input: 'fault', fault: { fault: 'stop', node: id } })

describe('service registry', () => {
  it('app.registry.says-so: it knows who registers, until it deregisters', () => {
    const one = scene({}, {}).until(0.1)
    expect([registered(one), one.run.behaviour('registry')!.notes()]).toEqual([2, ['api: r1', 'api: r2']])
    stop(one, 'r1')
    expect(registered(one.until(0.2))).toBe(1)
    expect(registered(one.fault('crash', 'r2').until(1))).toBe(1)
  })

  it('app.registry.ttl: who renews nothing within its time is taken out', () => {
    const one = scene({ ttl: 300 }, { renewEvery: 100 }).until(1)
    expect([registered(one), one.probe('registry', 'expired')]).toEqual([2, 0])
    one.fault('crash', 'r1').until(1.25)
    expect(registered(one)).toBe(2)
    expect([registered(one.until(1.4)), one.probe('registry', 'expired')]).toEqual([1, 1])
  })

  it('forgets everything when it dies, and learns it again from those who renew', () => {
    const after = (renewEvery: number | null): number => registered(scene({}, { renewEvery }).until(1).fault('crash', 'registry').fault('restart', 'registry').until(2))
    expect([after(null), after(100)]).toEqual([0, 2])
  })

  it('whoever names no service registers nowhere', () => {
    expect(registered(scene({}, { service: '' }).until(1))).toBe(0)
  })
})
