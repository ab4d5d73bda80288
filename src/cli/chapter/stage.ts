import type { LiveInput } from '../../contract/input.ts'
import type { MessageRow } from '../../contract/story.ts'
import { describeNode, identityOf } from '../../engine/inspect.ts'
import { createRun, type Run } from '../../engine/run.ts'
import type { Fact } from '../../engine/trace.ts'
import type { Config, Topology } from '../../topology/document.ts'
import type { Edit } from '../../topology/edit.ts'
import { catalogue, models } from '../../worker/catalogue.ts'

const NS_A_MS = 1e6
const FACTS_MAX = 16_384
const kinds = catalogue()
const animated = models()

/** One run of a scenario's topology, and the ways to read it: figures of nodes, and the order of facts at them. The ledger is checked after every event. */
export class Stage {
  readonly run: Run

  constructor(topology: Topology, options: { readonly seed?: number; readonly check?: boolean } = {}) {
    this.run = createRun({ topology: { ...topology, seed: options.seed ?? topology.seed }, catalogue: kinds, models: animated, check: options.check ?? true })
    if (this.run.problems.length > 0) throw new Error(`${topology.title}: ${this.run.problems.map(problem => problem.says).join(' ')}`)
  }

  get nowMs(): number {
    return this.run.nowNs / NS_A_MS
  }
  /** Goes on for so long. */
  go(ms: number): this {
    this.run.advance(this.run.nowNs + Math.round(ms * NS_A_MS))
    return this
  }
  /** Goes on event by event until a fact is stated that fits. */
  goUntil(fits: (fact: Fact, node: string) => boolean): this {
    const { trace } = this.run.core
    for (let told = trace.count; ; told = trace.count) {
      if (!this.run.step()) throw new Error(`${this.run.topology.title}: it ended before what was waited for`)
      const news = trace.count - told
      let left = news
      if (news > 0 && trace.newest(news, fact => (left -= 1) >= 0 && fits(fact, this.#id(fact.node))).length > 0) return this
    }
  }

  /** Goes on event by event as long as this holds. */
  goWhile(holds: () => boolean): this {
    while (holds()) if (!this.run.step()) throw new Error(`${this.run.topology.title}: it ended before what was waited for`)
    return this
  }

  input(live: LiveInput): this {
    this.run.input(live)
    return this
  }
  crash(id: string): this {
    return this.input({ input: 'fault', fault: { fault: 'crash', node: id } })
  }
  /** An orderly end. */
  stop(id: string): this {
    return this.input({ input: 'fault', fault: { fault: 'stop', node: id } })
  }
  restart(id: string): this {
    return this.input({ input: 'fault', fault: { fault: 'restart', node: id } })
  }
  /** One message by hand. */
  say(id: string, template: Config = {}): this {
    return this.input({ input: 'send', node: id, template })
  }
  edit(...edits: readonly Edit[]): this {
    return this.input({ input: 'edit', edits })
  }
  /** Changes settings of a node and leaves the others. */
  configure(id: string, config: Config): this {
    const before = this.run.topology.nodes.find(one => one.id === id)?.config
    return this.edit({ edit: 'configure', of: 'node', id, config: { ...before, ...config } })
  }

  probe(id: string, name: string): number {
    const { probes } = this.#node(id)
    return probes.value(probes.slot(name))
  }
  probes(ids: readonly string[], name: string): number[] {
    return ids.map(id => this.probe(id, name))
  }
  isUp(id: string): boolean {
    return this.#node(id).up
  }
  /** False when it is not declared now: an exclusive queue whose owner is away. */
  isThere(id: string): boolean {
    return this.#node(id).up && this.#node(id).there
  }
  contents(id: string): readonly MessageRow[] {
    return describeNode(this.run, id, { from: 0, limit: 10_000 })?.messages ?? []
  }
  notes(id: string): readonly string[] {
    return describeNode(this.run, id, { from: 0, limit: 0 })?.notes ?? []
  }

  /** Facts of a verb at a node, in their order, from a moment on. */
  facts(verb: Fact['verb'], id: string, fromMs = 0): readonly Fact[] {
    const { index } = this.#node(id)
    return this.run.core.trace.newest(FACTS_MAX, fact => fact.node === index && fact.verb === verb && fact.atNs >= fromMs * NS_A_MS)
  }
  /** The messages of those facts: author and number. */
  names(verb: Fact['verb'], id: string, fromMs = 0): readonly string[] {
    return this.facts(verb, id, fromMs).map(fact => identityOf(this.run, fact.origin, fact.serial))
  }
  /** Their numbers alone, where there is one author. */
  numbers(verb: Fact['verb'], id: string, fromMs = 0): readonly number[] {
    return this.facts(verb, id, fromMs).map(fact => fact.serial)
  }

  #node(id: string) {
    const node = this.run.parts.nodes.get(id)
    if (!node) throw new Error(`${this.run.topology.title}: there is no node ${id}`)
    return node
  }
  #id(index: number): string {
    return this.run.parts.nodeList[index]?.id ?? ''
  }
}

/** The same topology with each of these seeds: the outcomes of a race. */
export function eachSeed<One>(count: number, play: (seed: number) => One): One[] {
  return Array.from({ length: count }, (_, n) => play(n + 1))
}
