import { describe, expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../../cli/testing/scene.ts'
import { HOP_CHANNEL, HOP_LOOK, LOOK_DEAD, type StageMessage } from '../../contract/hops.ts'
import { figuresLayout } from '../../engine/figures.ts'
import { HopSink } from '../../engine/hop-sink.ts'
import { Recorder } from '../../engine/recorder.ts'
import type { Config } from '../../topology/document.ts'

/** A broker with a queue of dead letters behind an exchange. */
function scene(queue: Config, broker: Config = {}): Scene {
  return new Scene(
    [node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 3 }), node('amqp.broker', 'b', broker), node('amqp.queue', 'work', queue, 'b'), node('amqp.exchange', 'dlx', { exchangeType: 'fanout' }, 'b'), node('amqp.queue', 'dead', {}, 'b')],
    [channel('amqp.publish', 'p', 'work', { latency: constant(0) }), channel('amqp.binding', 'dlx', 'dead')],
  )
}

function ways(one: Scene): readonly string[] {
  return figuresLayout(one.run, 1).ways.map(way => `${way.from} → ${way.to}: ${way.carries}`)
}

describe('ways of dead letters', () => {
  it.each<[string, Config, Config?]>([
    ['a field', { deadLetterExchange: 'dlx' }],
    ['an argument', { arguments: { 'x-dead-letter-exchange': 'dlx' } }],
    ['a policy', {}, { policies: [{ vhost: '/', name: 'dead', pattern: '^work$', 'apply-to': 'queues', definition: { 'dead-letter-exchange': 'dlx' }, priority: 0 }] }],
  ])('lead to the exchange that %s names', (_, queue, broker) => {
    expect(ways(scene(queue, broker))).toEqual(['work → dlx: dead letters'])
  })

  it('lead through the default exchange to the queue that the key names, and nowhere where each keeps its own', () => {
    expect(ways(scene({ deadLetterExchange: '(default)', deadLetterRoutingKey: 'dead' }))).toEqual(['work → dead: dead letters'])
    expect(ways(scene({ deadLetterExchange: '(default)' }))).toEqual([])
    expect(ways(scene({ deadLetterExchange: 'nobody' }))).toEqual([])
    expect(ways(scene({}))).toEqual([])
  })

  it('come and go with a live edit, and keep their number', () => {
    const one = scene({ deadLetterExchange: 'dlx' })
    const before = figuresLayout(one.run, 1)
    expect(figuresLayout(one.run, 2).ways).toEqual(before.ways)
    expect(before.channels.map(each => each.index)).not.toContain(before.ways[0]!.index)
    one.configure('node', 'work', {})
    expect(ways(one)).toEqual([])
  })

  it('show each dead letter as it goes, in plum', () => {
    const one = scene({ deadLetterExchange: 'dlx', messageTtl: 100 })
    const [way] = figuresLayout(one.run, 1).ways
    const looks: number[] = []
    const sink = new HopSink((message: StageMessage) => {
      if (message.kind !== 'hops') return
      const cells = new Int32Array(message.buffer)
      for (let n = 0; n < message.count; n += 1) if (cells[n * 8 + HOP_CHANNEL] === way!.index) looks.push(cells[n * 8 + HOP_LOOK]!)
    })
    // Who writes down what crosses channels meets ways, too.
    const recorded = new Recorder(one.run, null)
    one.run.record({ push: (...hop) => (sink.push(...hop), recorded.push(...hop)), forget: () => {}, missed: () => {} })
    one.until(5)
    sink.flush()
    expect(looks).toHaveLength(3)
    expect(recorded.told(0, 5e9).facts.filter(fact => fact.verb === 'dead-lettered')).toHaveLength(3)
    expect(looks.every(look => (look & LOOK_DEAD) !== 0)).toBe(true)
  })
})
