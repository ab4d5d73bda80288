import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../contract/fields.ts'
import { checkQueue } from '../../systems/amqp/arguments.ts'
import { exchangeArguments, queueArguments } from '../../systems/amqp/settings.ts'
import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { parseTopology } from '../../topology/parse.ts'
import { catalogue } from '../../worker/catalogue.ts'
import { readDefinitions } from './definitions.ts'
import { argumentsFrom, kindFrom, QUEUE_ARGUMENTS, refusals } from './queue-arguments.ts'
import { meaningOf, randomDefinitions } from './testing/random-definitions.ts'
import { writeDefinitions } from './write-definitions.ts'

const KINDS = catalogue()
const HOSTS = ['/', 'staging']
const SEED = 20_240_611
/** Machines that do other things besides are slow. */
const PATIENCE_MS = 60_000

function read(text: string): Topology {
  const outcome = readDefinitions(text, 'x')
  if (!outcome.ok) throw new Error(outcome.problems[0]!.says)
  return outcome.value.topology
}

function written(topology: Topology): string {
  const outcome = writeDefinitions(topology, 'broker')
  if (!outcome.ok) throw new Error(outcome.problems[0]!.says)
  return outcome.value.text
}

function inOrder(args: Config): unknown {
  return Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** What a broker would have of a topology: what the model declares, by name. */
function declared(topology: Topology): unknown {
  const parsed = (part: TopologyNode | Channel): Config => parseConfig((KINDS.node(part.type) ?? KINDS.channel(part.type))!.fields, part.config, part.id).config
  const nameOf = (id: string): string => {
    const node = topology.nodes.find(one => one.id === id)!
    const { name, virtualHost } = parsed(node)
    return `${String(virtualHost)} ${node.type} ${name === '' ? node.label : String(name)}`
  }
  const objects = topology.nodes.filter(node => node.type !== 'amqp.broker').map(node => {
    const config = parsed(node)
    const args = node.type === 'amqp.queue' ? queueArguments(config) : { ...exchangeArguments(config), type: config['exchangeType']! }
    return [nameOf(node.id), config['durable'], config['autoDelete'], config['internal'], inOrder(args)]
  })
  const bindings = topology.channels.map(channel => [nameOf(channel.from), nameOf(channel.to), parsed(channel)['routingKey'], inOrder(parsed(channel)['arguments'] as Config)])
  return [objects.map(one => JSON.stringify(one)).sort(), bindings.map(one => JSON.stringify(one)).sort()]
}

describe('definitions go there and back', () => {
  it.each(['chat', 'shop', 'large', 'policies'])('sample %s: exported again, it means the same', name => {
    const text = readFileSync(join(import.meta.dirname, 'samples', `rabbitmq-definitions-${name}.json`), 'utf8')
    const pairs = text.replace(/\[\s*\[\s*"max-length",\s*50000\s*\]\s*\]/, '{"max-length": 50000}')
    expect(meaningOf(written(read(text)), ['/'])).toEqual(meaningOf(pairs, ['/']))
  })

  it('definitions → document → definitions: any mean the same', () => {
    fc.assert(
      fc.property(randomDefinitions(HOSTS), definitions => {
        const text = JSON.stringify(definitions)
        const topology = read(text)
        expect(parseTopology(JSON.parse(JSON.stringify(topology))).ok).toBe(true)
        expect(meaningOf(written(topology), HOSTS)).toEqual(meaningOf(text, HOSTS))
      }),
      { seed: SEED, numRuns: 60 },
    )
  }, PATIENCE_MS)

  it('document → definitions → document: the broker would declare the same', () => {
    fc.assert(
      fc.property(randomDefinitions(HOSTS), definitions => {
        const topology = read(JSON.stringify(definitions))
        const problems = topology.nodes.flatMap(node => parseConfig(KINDS.node(node.type)!.fields, node.config, node.id).problems)
        expect(problems).toEqual([])
        expect(declared(read(written(topology)))).toEqual(declared(topology))
      }),
      { seed: SEED, numRuns: 40 },
    )
  }, PATIENCE_MS)
})

describe('arguments of queues', () => {
  const value = fc.oneof(fc.constantFrom(-1, 0, 1, 2, 255, 256, 1.5, 5_000_000_000, 315_360_000_000, 315_360_000_001), fc.boolean(), fc.constantFrom('', '7D', 'drop-head', 'reject-publish', 'reject-publish-dlx', 'at-least-once', 'lazy', 'default', '(default)', 'dead'), fc.constant(null))
  const fields = QUEUE_ARGUMENTS.flatMap(one => (one.field === undefined ? [] : [one.field]))
  const drawn = fc.record({ settings: fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 5 }), raw: fc.dictionary(fc.constantFrom('x-note', ...QUEUE_ARGUMENTS.map(one => one.argument)), value, { maxKeys: 4 }), queueType: fc.constantFrom('classic', 'quorum', 'stream'), durable: fc.boolean(), autoDelete: fc.boolean() })
  const manifest = KINDS.node('amqp.queue')!

  it('are the ones that the model declares, and refused when the model’s broker refuses them', () => {
    fc.assert(
      fc.property(drawn, ({ settings, raw, queueType, durable, autoDelete }) => {
        const { config } = parseConfig(manifest.fields, { ...settings, arguments: raw, queueType, durable, autoDelete }, 'q')
        const { 'x-queue-type': kind, ...others } = queueArguments(config)
        const args = argumentsFrom(config)
        expect(args).toEqual(others)
        expect(kindFrom(config)).toBe(kind)
        const refused = refusals({ kind: kindFrom(config), durable, autoDelete, arguments: args })
        let model: string | null = null
        try {
          checkQueue({ name: 'q', virtualHost: '/', durable, exclusive: false, autoDelete, arguments: { ...others, 'x-queue-type': kind! } })
        } catch (error) {
          model = String(error)
        }
        expect([refused.length > 0, refused, model]).toEqual([model !== null, refused, model])
      }),
      { seed: SEED, numRuns: 300 },
    )
  }, PATIENCE_MS)

  it('know every argument that a setting of the inspector stands for', () => {
    const told = manifest.fields.flatMap(field => /^(x-[a-z-]+)/.exec(field.help)?.[1] ?? []).filter(one => one !== 'x-queue-type' && one !== 'x-arguments')
    expect(told.filter(argument => !QUEUE_ARGUMENTS.some(one => one.argument === argument))).toEqual([])
  })
})
