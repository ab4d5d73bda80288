import { expect, it } from 'vitest'
import { channel, constant, node, Scene } from '../cli/testing/scene.ts'
import * as F from '../contract/figures.ts'
import * as G from '../contract/glances.ts'
import { figuresLayout, writeFigures } from './figures.ts'
import { glanceSize, writeGlances } from './glances.ts'
import { createRun } from './run.ts'
import { toyCatalogue, toyModels, toyTopology } from './testing/toy.ts'

it('glances say the same as the figures of that moment', () => {
  const run = createRun({ topology: toyTopology({ sources: 3, sinks: 2 }), catalogue: toyCatalogue(), models: toyModels() })
  run.advance(3e9)
  const layout = figuresLayout(run, 7)
  const figures = new Float64Array(layout.length)
  writeFigures(run, layout, { running: true, speedReached: 1, eventsPerSecond: 0 }, figures)
  const glances = new Float64Array(glanceSize(layout))
  writeGlances(run, layout, glances)
  expect(Array.from(glances.subarray(0, G.GLANCE_HEAD))).toEqual([3e9, 7, layout.nodes.length, Math.max(...layout.channels.map(channel => channel.index)) + 1])
  layout.nodes.forEach((node, place) => {
    const at = G.GLANCE_HEAD + place * G.GLANCE_NODE_SLOTS
    const headline = run.parts.nodes.get(node.id)!.manifest.headline[0]
    const probe = node.probes.find(one => one.id === headline)
    expect({ state: glances[at + G.GLANCE_STATE], held: glances[at + G.GLANCE_HELD], value: glances[at + G.GLANCE_VALUE] }).toEqual({
      state: figures[node.offset + F.NODE_STATE],
      held: figures[node.offset + F.NODE_TUBE_COUNT],
      value: probe && probe.kind !== 'duration' ? figures[probe.offset] : 0,
    })
  })
  for (const channel of layout.channels) {
    const at = G.GLANCE_HEAD + layout.nodes.length * G.GLANCE_NODE_SLOTS + channel.index * G.GLANCE_CHANNEL_SLOTS
    expect(Array.from(glances.subarray(at, at + G.GLANCE_CHANNEL_SLOTS))).toEqual([F.CHANNEL_STATE, F.CHANNEL_FORWARD, F.CHANNEL_BACKWARD, F.CHANNEL_IN_FLIGHT].map(slot => figures[channel.offset + slot]))
  }
  expect(Math.max(...layout.channels.map(channel => figures[channel.offset + F.CHANNEL_FORWARD]!))).toBeGreaterThan(0)
})

it('glances of a log say how many of its entries each reader has had', () => {
  const ids = ['quick', 'slow']
  const scene = new Scene(
    [node('redis.server', 'r'), node('redis.stream', 's', {}, 'r'), node('app.producer', 'p', { rate: 10, arrival: 'regular', limit: 20 }), ...ids.map((id, n) => node('app.consumer', id, { serviceTime: constant(1 + n * 400) }))],
    [channel('redis.add', 'p', 's', { latency: constant(5), trimming: '=', length: 18 }), ...ids.map(id => channel('redis.read', 's', id, { group: id, start: '0', latency: constant(5) }))],
  ).until(2.35)
  const layout = figuresLayout(scene.run, 1)
  const glances = new Float64Array(glanceSize(layout))
  writeGlances(scene.run, layout, glances)
  const logOf = (id: string): number => glances[G.GLANCE_HEAD + layout.nodes.findIndex(one => one.id === id) * G.GLANCE_NODE_SLOTS + G.GLANCE_LOG]!
  expect(Array.from(glances.subarray(logOf('s'), logOf('s') + 4))).toEqual([18, 2, 18, 4])
  expect([logOf('r'), logOf('p'), logOf('s') + G.GLANCE_LOG_SLOTS]).toEqual([-1, -1, glances.length])
})
