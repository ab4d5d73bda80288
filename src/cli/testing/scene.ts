import { createRun, type Run } from '../../engine/run.ts'
import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { catalogue, models } from '../../worker/catalogue.ts'

/** A small topology with the real engine around it: the ledger is checked after every event. */
export const SECOND = 1e9
const at = { x: 0, y: 0 }

export const constant = (value: number): Config => ({ law: 'constant', value })

export function node(type: string, id: string, config: Config = {}, within?: string): TopologyNode {
  return { id, type, label: id, at, config, ...(within === undefined ? {} : { within }) }
}

/** A wire of 50 ms whose client connects again after 100 ms, unless the config says otherwise. */
export function channel(type: string, from: string, to: string, config: Config = {}): Channel {
  return { id: `${from}>${to}`, type, from, to, config: { latency: constant(50), ...(type === 'amqp.binding' ? {} : { reconnect: 100 }), ...config } }
}

export class Scene {
  readonly run: Run

  constructor(nodes: readonly TopologyNode[], channels: readonly Channel[], seed = 1) {
    const topology: Topology = { format: 1, title: 'scene', seed, nodes, channels }
    this.run = createRun({ topology, catalogue: catalogue(), models: models(), check: true })
    if (this.run.problems.length > 0) throw new Error(this.run.problems.map(problem => problem.says).join(' '))
  }

  /** Goes on to this second of simulated time. */
  until(seconds: number): this {
    this.run.advance(seconds * SECOND)
    return this
  }
  fault(fault: 'crash' | 'stop' | 'restart', id: string): this {
    this.run.input({ input: 'fault', fault: { fault, node: id } })
    return this
  }
  configure(of: 'node' | 'channel', id: string, config: Config): this {
    this.run.input({ input: 'edit', edits: [{ edit: 'configure', of, id, config }] })
    return this
  }
  probe(id: string, name: string): number {
    const { probes } = this.run.parts.nodes.get(id)!
    return probes.value(probes.slot(name))
  }
  probes(id: string, ...names: string[]): Record<string, number> {
    return Object.fromEntries(names.map(name => [name, this.probe(id, name)]))
  }
  /** How often a node stated this fact. */
  facts(verb: string, id: string): number {
    return this.run.core.trace.newest(9999, fact => fact.verb === verb && this.run.parts.nodeList[fact.node]!.id === id).length
  }
}
