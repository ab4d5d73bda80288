import type { BehaviourModule, ModelCatalogue } from '../../contract/model.ts'
import type { Run } from '../../engine/run.ts'

/**
 * Waits by source: consumers are watched as messages come to them. On wires without latency, with a prefetch of 1, that is the moment work starts,
 * and a message is as old as its wait. (The queue's own figure is of all its messages together.)
 */
export class ClassWaits {
  readonly models: ModelCatalogue
  #run: Run | null = null
  /** By index of the node that published. */
  readonly #sums: number[] = []
  readonly #counts: number[] = []

  constructor(models: ModelCatalogue) {
    this.models = { ...models, behaviours: models.behaviours.map(module => (module.types.includes('app.consumer') ? this.#watched(module) : module)) }
  }

  attach(run: Run): void {
    this.#run = run
  }

  seconds(source: string): number {
    return (this.#sums[this.#indexOf(source)] ?? 0) / 1e9
  }
  count(source: string): number {
    return this.#counts[this.#indexOf(source)] ?? 0
  }

  #indexOf(source: string): number {
    return this.#run!.parts.nodes.get(source)!.index
  }

  #watched(module: BehaviourModule): BehaviourModule {
    return {
      types: module.types,
      create: context => {
        const behaviour = module.create(context)
        const deliver = behaviour.deliver.bind(behaviour)
        behaviour.deliver = (endpoint, message, tag) => {
          const origin = this.#run!.core.messages.origin(message)
          this.#sums[origin] = (this.#sums[origin] ?? 0) + context.nowNs() - context.messages.bornNs(message)
          this.#counts[origin] = (this.#counts[origin] ?? 0) + 1
          deliver(endpoint, message, tag)
        }
        return behaviour
      },
    }
  }
}
