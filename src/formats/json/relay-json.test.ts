import { describe, expect, it } from 'vitest'
import type { Topology } from '../../topology/document.ts'
import { readRelayJson, writeRelayJson } from './relay-json.ts'

const topology: Topology = {
  format: 1, title: 'One', seed: 5,
  nodes: [
    { id: 'b', type: 'amqp.broker', label: 'b', at: { x: 0, y: 0 }, size: { width: 10, height: 10 }, config: {} },
    { id: 'q', type: 'future.queue', label: 'q', at: { x: 1, y: 2 }, within: 'b', config: { deep: { list: [1, 'two', null] } } },
  ],
  channels: [{ id: 'c', type: 'future.line', from: 'b', to: 'q', config: {} }],
  viewport: { x: 1, y: 2, zoom: 0.5 },
}
const says = (text: string): string => {
  const outcome = readRelayJson(text)
  return outcome.ok ? 'fine' : `${outcome.problems[0]!.place ?? ''}|${outcome.problems[0]!.says}`
}
const broken = (change: (json: { nodes: { id: string; at: { x: unknown } }[]; channels: { to: string }[]; seed: number }) => void): string => {
  const json = JSON.parse(writeRelayJson(topology)) as Parameters<typeof change>[0]
  change(json)
  return JSON.stringify(json)
}

describe('.relay.json', () => {
  it('brings back the very topology, unknown kinds included', () => {
    const outcome = readRelayJson(writeRelayJson(topology))
    expect(outcome).toEqual({ ok: true, value: { topology, semantics: 1 }, problems: [] })
  })

  it('tells line and column of a syntax error', () => {
    expect(says('{\n  "format": 1,,\n}')).toMatch(/line 2, column 15/)
  })

  it('tells the place of what is wrong', () => {
    expect(says('[]')).toContain('the file|')
    expect(says('{}')).toContain('format|This is not a Relayground topology')
    expect(says('{"format":7}')).toContain('newer version')
    expect(says(broken(json => (json.nodes[1]!.at.x = 'left')))).toContain('nodes[1].at.x|')
    expect(says(broken(json => (json.nodes[1]!.id = 'b')))).toContain('Two nodes are called "b"')
    expect(says(broken(json => (json.channels[0]!.to = 'nowhere')))).toContain('channels[0].to|')
    expect(says(broken(json => (json.seed = -1)))).toContain('seed|')
  })
})
