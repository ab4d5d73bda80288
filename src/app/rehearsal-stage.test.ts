import { expect, it } from 'vitest'
import { channel, node } from '../cli/testing/scene.ts'
import { rehearse } from '../engine/rehearsal.ts'
import type { Topology } from '../topology/document.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { rehearsalStage } from './rehearsal-stage.ts'

const kinds = catalogue()
const whole: Topology = {
  format: 1,
  title: '',
  seed: 1,
  nodes: [node('app.producer', 'p'), node('app.producer', 'alone'), node('amqp.broker', 'b'), node('amqp.exchange', 'x', {}, 'b'), node('amqp.queue', 'q', {}, 'b'), node('app.consumer', 'c')],
  channels: [channel('amqp.publish', 'p', 'x'), channel('amqp.binding', 'x', 'q'), channel('amqp.consume', 'q', 'c')],
}

it('keeps whom a node talks to, where that lives, and the config that is tried', () => {
  const stage = rehearsalStage(kinds, whole, 'p', { key: 'tried' })
  expect(stage.nodes.map(one => one.id)).toEqual(['p', 'b', 'x'])
  expect(stage.nodes[0]!.config).toEqual({ key: 'tried' })
  expect(stage.channels.map(one => one.id)).toEqual(['p>x'])
})

it('lets a node be heard that is joined to nothing', () => {
  const stage = rehearsalStage(kinds, whole, 'alone', { key: 'tried' })
  expect(rehearse(stage, 'alone', { catalogue: kinds, models: models() }).messages[0]!.key).toBe('tried')
})
