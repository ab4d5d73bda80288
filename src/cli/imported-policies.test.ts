import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRun, type Run } from '../engine/run.ts'
import { summarize } from '../engine/summary.ts'
import { readDefinitions } from '../formats/rabbitmq/definitions.ts'
import type { Config, Topology } from '../topology/document.ts'
import { catalogue, models } from '../worker/catalogue.ts'

/** RabbitMQ's own export with policies, read and run: what a policy says holds, though no queue says it. */
const SECOND = 1e9
const at = { x: 0, y: 0 }
const sample = readFileSync(join(import.meta.dirname, '../formats/rabbitmq/samples/rabbitmq-definitions-policies.json'), 'utf8')

function imported(text: string): Topology {
  const read = readDefinitions(text, 'x')
  if (!read.ok) throw new Error(read.problems[0]!.says)
  return read.value.topology
}

function runOf(topology: Topology, producer: Config, seconds: number): Run {
  const nodes = [...topology.nodes, { id: 'app', type: 'app.producer', label: 'app', at, config: producer }]
  const channels = [...topology.channels, { id: 'publish', type: 'amqp.publish', from: 'app', to: 'invoices', config: {} }]
  const run = createRun({ topology: { ...topology, nodes, channels }, catalogue: catalogue(), models: models(), check: true })
  run.advance(seconds * SECOND)
  return run
}

/** Total of a counter, present value of a level. */
const probe = (run: Run, node: string, id: string): number => {
  const found = summarize(run).nodes.find(one => one.id === node)?.probes.find(one => one.id === id)
  return found?.kind === 'counter' ? found.total : found?.kind === 'level' ? found.now : NaN
}

describe('imported policies', () => {
  it('give a time to live and a dead-letter exchange to the queues that they match; of two that match, the one of higher priority holds alone', () => {
    const run = runOf(imported(sample), { rate: 10, key: 'paid.eu.mail' }, 35)
    // ^invoices\. says 30 s and dlx.invoices …
    expect(probe(run, 'invoices.eu', 'deadLettered')).toBeGreaterThan(20)
    expect(probe(run, 'invoices.quorum', 'deadLettered')).toBeGreaterThan(20)
    // The last ones are still on their way.
    expect(probe(run, 'dead.invoices', 'ready')).toBeGreaterThan(0.9 * (probe(run, 'invoices.eu', 'deadLettered') + probe(run, 'invoices.quorum', 'deadLettered')))
    // … and ^invoices\.archive$ says nothing of either, with the higher priority: nothing is merged.
    expect(probe(run, 'invoices.archive', 'deadLettered')).toBe(0)
    expect(probe(run, 'invoices.archive', 'ready')).toBeGreaterThan(300)
  })

  it('limit a queue’s length, an operator policy over them where it is smaller', () => {
    const run = runOf(imported(sample), { rate: 200, key: 'free' }, 10)
    expect(probe(run, 'invoices.archive', 'ready')).toBe(1000)
    expect(probe(run, 'invoices.archive', 'dropped')).toBeGreaterThan(500)
    const capped = sample.replace('50000', '20')
    expect(probe(runOf(imported(capped), { rate: 200, key: 'free' }, 3), 'invoices.archive', 'ready')).toBe(20)
  })

  it('give an exchange its alternate, in their own virtual host only', () => {
    const shop = (vhost: string): { exchanges: unknown[]; queues: unknown[]; bindings: unknown[] } => ({
      exchanges: [{ name: 'invoices', vhost, type: 'direct' }, { name: 'lost', vhost, type: 'fanout' }],
      queues: [{ name: 'unmatched', vhost }],
      bindings: [{ source: 'lost', vhost, destination: 'unmatched', destination_type: 'queue' }],
    })
    const [one, other] = [shop('one'), shop('other')]
    const policies = [{ name: 'ae', vhost: 'one', pattern: '^invoices$', 'apply-to': 'exchanges', definition: { 'alternate-exchange': 'lost' }, priority: 0 }]
    const text = JSON.stringify({ exchanges: [...one.exchanges, ...other.exchanges], queues: [...one.queues, ...other.queues], bindings: [...one.bindings, ...other.bindings], policies })
    const run = runOf(imported(text), { rate: 10, key: 'nobody' }, 5)
    expect(probe(run, 'unmatched', 'ready')).toBeGreaterThan(30)
    // The same names in the other virtual host are other things.
    const topology = imported(text)
    const second = topology.nodes.filter(node => node.type === 'amqp.exchange' && node.config['name'] === 'invoices')[1]!
    const away = createRun({ topology: { ...topology, nodes: [...topology.nodes, { id: 'app', type: 'app.producer', label: 'app', at, config: { rate: 10, key: 'nobody' } }], channels: [...topology.channels, { id: 'publish', type: 'amqp.publish', from: 'app', to: second.id, config: {} }] }, catalogue: catalogue(), models: models(), check: true })
    away.advance(5 * SECOND)
    expect([probe(away, second.id, 'unroutable') > 30, probe(away, 'unmatched', 'ready'), probe(away, 'unmatched-2', 'ready')]).toEqual([true, 0, 0])
  })
})
