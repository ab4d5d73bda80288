import { PACKET_VERBS, type LevelCondition, type StepEnd } from '../../contract/breakpoint.ts'
import type { Handle } from '../../contract/message.ts'
import type { Core } from '../core.ts'
import { factSentence } from '../fact-sentence.ts'
import type { Parts } from '../parts.ts'
import type { Fact } from '../trace.ts'

/** Where a run came to a stop, in words: the place, the message and what happened. */
export class Ends {
  readonly #core: Core
  readonly #parts: Parts

  constructor(core: Core, parts: Parts) {
    this.#core = core
    this.#parts = parts
  }

  ofFact(fact: Fact): StepEnd {
    const identity = fact.origin < 0 ? null : this.identity(fact.origin, fact.serial)
    return { atNs: fact.atNs, part: this.#node(fact.node), message: identity === null ? null : { identity, handle: 0 }, says: `${factSentence(fact, this.#label(fact.node), identity)}.` }
  }

  /** `does` is an index of PACKET_VERBS. */
  ofPacket(channel: number, way: 0 | 1, does: number, message: Handle): StepEnd {
    const { id, ends } = this.#parts.channelList[channel]!
    const [from, to] = [ends[way].node.label(), ends[1 - way]!.node.label()]
    const identity = this.#identityOf(message)
    const verb = PACKET_VERBS[does]!
    const says = verb === 'departs' ? `${identity} leaves ${from} for ${to}.` : verb === 'arrives' ? `${identity} arrives at ${to} from ${from}.` : `${identity} is lost between ${from} and ${to}.`
    return { atNs: this.#core.nowNs, part: { part: 'channel', id }, message: { identity, handle: message }, says }
  }

  ofLevel({ node, probe }: LevelCondition, value: number): StepEnd {
    const runtime = this.#parts.nodes.get(node)
    const spec = runtime?.manifest.probes.find(one => one.id === probe)
    return { atNs: this.#core.nowNs, part: { part: 'node', id: node }, message: null, says: `${runtime?.label() ?? node}: ${(spec?.title ?? probe).toLowerCase()} came to ${value}.` }
  }

  /** A message of which nothing is on its way any more; `node` is where its last copy was. */
  ofDone(origin: number, serial: number, node: number): StepEnd {
    const identity = this.identity(origin, serial)
    return { atNs: this.#core.nowNs, part: this.#node(node), message: { identity, handle: 0 }, says: `${identity} is done: its last copy came to its end at ${this.#label(node)}.` }
  }

  identity(origin: number, serial: number): string {
    return `${this.#parts.nodeList[origin]?.id ?? `removed-${origin}`}#${serial}`
  }

  #identityOf(message: Handle): string {
    const { messages } = this.#core
    return this.identity(messages.origin(message), messages.serial(message))
  }

  #node(index: number): StepEnd['part'] {
    return { part: 'node', id: this.#parts.nodeList[index]?.id ?? '' }
  }

  #label(index: number): string {
    return this.#parts.nodeList[index]?.label() ?? 'a removed node'
  }
}
