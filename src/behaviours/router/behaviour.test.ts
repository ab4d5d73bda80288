import { describe, expect, it } from 'vitest'
import type { Config } from '../../topology/document.ts'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import { parseRules } from './rules.ts'

const wire = { latency: constant(10) }

function scene(router: Config, producer: Config = {}, line = 'amqp'): Scene {
  const nodes = [node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 6, key: 'orders.new\norders.old\nother', body: '{n}', ...producer }), node('app.router', 'r', router), node('app.consumer', 'a', { serviceTime: constant(1) }), node('app.consumer', 'c', { serviceTime: constant(1) })]
  if (line === 'zeromq') return new Scene(nodes, [channel('zeromq.push-pull', 'p', 'r', wire), channel('pipe.stream', 'r', 'a', wire), channel('pipe.stream', 'r', 'c', wire)])
  return new Scene(
    [...nodes, node('amqp.broker', 'b'), ...['in', 'qa', 'qc'].map(id => node('amqp.queue', id, {}, 'b'))],
    [channel('amqp.publish', 'p', 'in', wire), channel('amqp.consume', 'in', 'r', wire), channel('amqp.publish', 'r', 'qa', wire), channel('amqp.consume', 'qa', 'a', wire), channel('amqp.publish', 'r', 'qc', wire), channel('amqp.consume', 'qc', 'c', wire)],
  )
}
const got = (one: Scene) => [one.probe('a', 'processed'), one.probe('c', 'processed'), one.probe('r', 'unroutable')]

describe('router', () => {
  it('app.router.first-match: the first rule that fits decides', () => {
    expect(got(scene({ rules: 'key is orders.old -> qc\nkey matches orders.# -> qa\nkey begins orders -> qc', otherwise: 'qc' }).until(5))).toEqual([2, 4, 0])
    expect(got(scene({ rules: 'body is 3 -> qa\nbody contains 4 -> qa\ntype is event -> qc' }).until(5))).toEqual([2, 4, 0])
    expect(got(scene({ rules: 'header colour is red -> qa\nheader n is 3 -> qc' }, { headers: { n: 3 } }).until(5))).toEqual([0, 6, 0])
  })

  it('app.router.dead-end: what no rule fits, or leads nowhere, is unroutable', () => {
    const one = scene({ rules: 'key is orders.new -> qa\nkey is orders.old -> nowhere' }).until(5)
    expect(got(one)).toEqual([2, 0, 4])
    expect(one.run.parts.applications.get('r')!.behaviour.notes()).toEqual(['No line leads to “nowhere”: what is to go there is unroutable.'])
    expect(one.probe('in', 'unacked')).toBe(0)
  })

  it('routes between systems, by new rules as soon as they are set', () => {
    const one = scene({ rules: 'key matches orders.* -> a', otherwise: 'c' }, { limit: null }, 'zeromq').until(1.05)
    const [a, c] = got(one)
    one.configure('node', 'r', { rules: '', otherwise: 'c' }).until(2)
    expect([one.probe('a', 'processed') - a! <= 1, one.probe('c', 'processed') > c! + 7, one.probe('r', 'unroutable')]).toEqual([true, true, 0])
  })

  it('says what it can’t read', () => {
    expect(parseRules('key is a b -> q\n\nnonsense').problems).toEqual(['Rule 3 can’t be read: write it like “key matches orders.# -> name of the receiver”.'])
  })
})
