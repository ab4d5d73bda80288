import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readDefinitions } from '../formats/rabbitmq/definitions.ts'
import { meaningOf, randomDefinitions } from '../formats/rabbitmq/testing/random-definitions.ts'
import { writeDefinitions } from '../formats/rabbitmq/write-definitions.ts'
import { liveBroker } from './recording/live-rabbitmq.ts'

/** Definitions that are written here against a RabbitMQ that runs here, in virtual hosts of the test's own. */
const broker = await liveBroker()
const HOSTS = [`relayground-test-${process.pid}-samples`, `relayground-test-${process.pid}-random`]
const SAMPLES = join(import.meta.dirname, '../formats/rabbitmq/samples')
const SEED = 4711
const PATIENCE_MS = 240_000

type Section = 'exchanges' | 'queues' | 'bindings' | 'policies' | 'parameters' | 'permissions' | 'topic_permissions'
const SECTIONS: readonly Section[] = ['exchanges', 'queues', 'bindings', 'policies', 'parameters', 'permissions', 'topic_permissions']
type Rows = Readonly<Record<Section, readonly Readonly<Record<string, unknown>>[]>>

/** All samples in one virtual host, random definitions in another. */
function given(): string {
  const samples = ['chat', 'shop', 'policies', 'large'].map(name => JSON.parse(readFileSync(join(SAMPLES, `rabbitmq-definitions-${name}.json`), 'utf8')) as Rows)
  const [random] = fc.sample(randomDefinitions([HOSTS[1]!]), { seed: SEED, numRuns: 5 }).sort((a, b) => b.queues.length + b.bindings.length - a.queues.length - a.bindings.length)
  const sections = SECTIONS.map(section => [section, [...samples.flatMap(one => one[section].map(row => ({ ...row, vhost: HOSTS[0] }))), ...random![section]]])
  return JSON.stringify({ ...Object.fromEntries(sections), vhosts: HOSTS.map(name => ({ name, limits: [], metadata: { description: '', tags: '' } })) })
}

function written(text: string): string {
  const read = readDefinitions(text, 'live')
  if (!read.ok) throw new Error(read.problems[0]!.says)
  const { topology } = read.value
  const outcome = writeDefinitions(topology, topology.nodes[0]!.id)
  if (!outcome.ok) throw new Error(outcome.problems[0]!.says)
  return outcome.value.text
}

/** Only what is the test's own: what others have in the broker is nobody's business here. */
function own(text: string): string {
  const all = JSON.parse(text) as Rows & { readonly vhosts: readonly { readonly name: string }[] } // the broker's own export
  const sections = SECTIONS.map(section => [section, all[section].filter(row => HOSTS.includes(String(row['vhost'])))])
  return JSON.stringify({ ...Object.fromEntries(sections), vhosts: all.vhosts.filter(one => HOSTS.includes(one.name)) })
}

const told = broker === null ? 'NOT RUN, no RabbitMQ answers here (neither its management API nor rabbitmqctl): ' : `over ${broker.how}: `
if (broker === null) console.warn('definitions against a live RabbitMQ: skipped, none answers here.')

describe('definitions and a live RabbitMQ', () => {
  afterAll(async () => {
    if (broker) for (const host of HOSTS) await broker.deleteHost(host).catch(() => undefined)
  }, PATIENCE_MS)

  it.skipIf(broker === null)(`${told}it takes what is written, and its own export of that means the same`, async () => {
    const text = written(given())
    await broker!.importDefinitions(text)
    const exported = own(await broker!.exportDefinitions())
    const there = await Promise.all(HOSTS.map(host => broker!.internalExchanges(host)))
    // RabbitMQ's own export leaves internal exchanges out, with their bindings in: that they are there is asked for apart.
    const rows = JSON.parse(text) as Rows
    const internal = rows.exchanges.filter(row => row['internal'] === true)
    expect(there.map(names => [...names].sort())).toEqual(HOSTS.map(host => internal.filter(row => row['vhost'] === host).map(row => String(row['name'])).sort()))
    const whole = JSON.parse(exported) as Rows
    const complete = JSON.stringify({ ...whole, exchanges: [...whole.exchanges.filter(row => row['internal'] !== true), ...internal] })
    expect(meaningOf(complete, HOSTS)).toEqual(meaningOf(text, HOSTS))
    expect(meaningOf(written(complete), HOSTS)).toEqual(meaningOf(text, HOSTS))
  }, PATIENCE_MS)
})
