import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Starter } from '../../lessons/starter.ts'
import type { Topology } from '../../topology/document.ts'
import { canonical } from './columns.ts'
import { decodeLink, encodeLink } from './link.ts'

/**
 * Links that were released must decode for ever: each `NAME.txt` holds one, `NAME.json` the topology it stands for. Files are only ever
 * added: `ADD_TO_CORPUS=1 npx vitest run src/formats/url` writes those that are missing.
 */
const folder = join(import.meta.dirname, 'corpus')
const starters = Object.values(import.meta.glob<{ starter: Starter }>('../../lessons/*/topology.ts', { eager: true })).map(module => module.starter)

const special: Record<string, Topology> = {
  empty: { format: 1, title: '', seed: 0, nodes: [], channels: [] },
  'highest-seed': { format: 1, title: 'Highest seed', seed: 0xffffffff, nodes: [], channels: [], viewport: { x: -120, y: 33, zoom: 0.755 } },
  unicode: { format: 1, title: 'Grüße 👋 “quoted” 日本', seed: 1, nodes: [{ id: 'ä', type: 'app.producer', label: 'Ünï \n two lines', at: { x: -5, y: 0 }, config: { body: '{"x":"€"}' } }], channels: [] },
  'unknown-kinds': {
    format: 1, title: 'From the future', seed: 3,
    nodes: [
      { id: 'k', type: 'kafka.topic', label: 'k', at: { x: 0, y: 0 }, config: { partitions: 12, nested: { deep: [1, 2, { three: null }] } } },
      { id: 'p', type: 'app.producer', label: 'p', at: { x: 100, y: 0 }, size: { width: 300, height: 200 }, config: {} },
    ],
    channels: [{ id: 'odd id', type: 'kafka.produce', from: 'p', to: 'k', config: { acks: 'all' } }],
  },
  loops: { format: 1, title: 'Loop', seed: 9, nodes: [{ id: 'x', type: 'amqp.exchange', label: 'x', at: { x: 0, y: 0 }, config: {} }], channels: [{ id: 'x-x', type: 'amqp.binding', from: 'x', to: 'x', config: { routingKey: '#' } }] },
}
const cases: Record<string, Topology> = { ...special, ...Object.fromEntries(starters.map(starter => [starter.id, starter.topology])) }

for (const [name, topology] of Object.entries(cases)) {
  const path = join(folder, `${name}.txt`)
  if (process.env['ADD_TO_CORPUS'] !== '1' || existsSync(path)) continue
  writeFileSync(path, `${encodeLink({ topology, semantics: 1 })}\n`)
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(topology, null, 1)}\n`)
}

describe('every link that was ever released', () => {
  const files = readdirSync(folder).filter(file => file.endsWith('.txt'))

  it('is kept', () => {
    expect(files.length).toBeGreaterThanOrEqual(10)
  })

  it.each(files)('%s decodes to what it stood for', file => {
    const outcome = decodeLink(readFileSync(join(folder, file), 'utf8').trim())
    const expected: unknown = JSON.parse(readFileSync(join(folder, file.replace('.txt', '.json')), 'utf8'))
    expect(outcome.ok && JSON.parse(canonical(outcome.value.topology))).toEqual(JSON.parse(canonical(expected)))
  })
})
