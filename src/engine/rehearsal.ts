import type { Catalogue } from '../contract/manifest.ts'
import type { ModelCatalogue } from '../contract/model.ts'
import type { RehearsedMessage, Rehearsal } from '../contract/rehearsal.ts'
import type { NodeId, Topology } from '../topology/document.ts'
import { describeCopy, describeDead, identityOf } from './inspect.ts'
import { createRun, type Run } from './run.ts'

/** An example must not change while nothing of what it shows does: it has a seed of its own. */
const SEED = 1
/** So many messages are shown; so many times make a picture of arrivals. */
const MESSAGES_MAX = 4
const TIMES_MAX = 400
/** A rehearsal answers while somebody types: some 20 ms of a run. */
const EVENTS_MAX = 12_000
/** After a message by hand. */
const EVENTS_BY_HAND = 2000

/** What a node would say first in a topology, by the code that says it in a run. */
export function rehearse(topology: Topology, id: NodeId, { catalogue, models }: { readonly catalogue: Catalogue; readonly models: ModelCatalogue }): Rehearsal {
  const run = createRun({ topology: { ...topology, seed: SEED }, catalogue, models, machineAfter: Infinity })
  const node = run.parts.nodes.get(id)
  if (!node) return { atNs: [], messages: [], byHand: false }
  const listener = new Listener(run, node.index)
  listener.goOn(EVENTS_MAX)
  if (listener.atNs.length > 0 || catalogue.node(node.type)?.sends !== true) return { ...listener.heard(), byHand: false }
  run.input({ input: 'send', node: id })
  listener.listen()
  listener.goOn(EVENTS_BY_HAND)
  return { ...listener.heard(), byHand: listener.atNs.length > 0 }
}

/** Hears what one node of a run publishes, event by event: a message may be gone in the next. */
class Listener {
  readonly atNs: number[] = []
  readonly #messages: RehearsedMessage[] = []
  readonly #run: Run
  readonly #node: number
  #facts = 0

  constructor(run: Run, node: number) {
    this.#run = run
    this.#node = node
    this.listen()
  }

  heard(): Pick<Rehearsal, 'atNs' | 'messages'> {
    return { atNs: this.atNs.slice(0, TIMES_MAX), messages: this.#messages }
  }

  goOn(eventsMax: number): void {
    for (let n = 0; n < eventsMax && this.atNs.length < TIMES_MAX && this.#run.step(); n += 1) this.listen()
  }

  /** Takes the facts that are new since it last listened. */
  listen(): void {
    const { trace } = this.#run.core
    const fresh = trace.count - this.#facts
    this.#facts = trace.count
    if (fresh === 0) return
    for (const { atNs, origin, serial, verb, node } of trace.newest(fresh, () => true)) {
      if (verb !== 'published' || node !== this.#node) continue
      this.atNs.push(atNs)
      if (this.#messages.length >= MESSAGES_MAX) continue
      const message = this.#find(identityOf(this.#run, origin, serial))
      if (message) this.#messages.push(message)
    }
  }

  #find(identity: string): RehearsedMessage | undefined {
    const { messages } = this.#run.core
    const there: RehearsedMessage[] = []
    messages.forEachLive(handle => {
      if (there.length > 0 || identityOf(this.#run, messages.origin(handle), messages.serial(handle)) !== identity) return
      const row = describeCopy(this.#run, handle)
      if (row) there.push(row)
    })
    return there[0] ?? describeDead(this.#run, { limit: 64 }).find(row => row.identity === identity)
  }
}
