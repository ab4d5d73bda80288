import { describe, expect, it } from 'vitest'
import { whenLostField } from '../contract/lost-connection.ts'
import { catalogue } from '../worker/catalogue.ts'
import { channel, node, Scene } from './testing/scene.ts'

/** Every role that has the setting, joined to a broker in every way it can be. */
const roles = catalogue()
  .families.flatMap(family => family.nodes)
  .filter(kind => kind.fields.some(field => field.id === whenLostField.id))

describe('a program whose broker crashes', () => {
  it.each(roles.map(kind => [kind.type, kind] as const))('%s ends where its setting says so, else it goes on', (type, kind) => {
    const up = (whenLost: string): boolean => {
      const lines = [...(kind.can.includes('receive') ? [channel('amqp.consume', 'q', 'a')] : []), ...(kind.can.includes('send') ? [channel('amqp.publish', 'a', 'q2')] : [])]
      expect(lines.length).toBeGreaterThan(0)
      const one = new Scene([node('amqp.broker', 'b'), node('amqp.queue', 'q', {}, 'b'), node('amqp.queue', 'q2', {}, 'b'), node(type, 'a', { whenLost })], lines).until(1)
      return one.fault('crash', 'b').until(2).run.parts.nodes.get('a')!.up
    }
    expect([up('ends'), up('stays')]).toEqual([false, true])
  })

  it('has found the roles', () => {
    expect(roles.length).toBeGreaterThan(6)
  })
})
