import { FACT } from '../../contract/fact.ts'
import { WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Conversation, Endpoint, Failure } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import { planOf, type Plan } from './plan.ts'
import { Upstreams } from './upstreams.ts'

/** The kind that is asked who is there; never an upstream. */
const REGISTRY = 'app.registry'

const SLOTS = ['forwarded', 'open', 'answered', 'retried', 'errors', 'aside'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

/** A request that is not answered yet. */
interface Pending {
  readonly id: string
  readonly source: Endpoint
  readonly tag: number
  readonly message: Handle
  readonly conversation: Conversation | null
  /** Who may be asked, in turn. */
  lines: readonly Endpoint[]
  /** Upstreams that have failed it. */
  readonly tried: Endpoint[]
  /** True while the balancer itself has the copy: it asks who is there. */
  held: boolean
  /** Who has been asked. */
  line: Endpoint | null
}

/** Takes requests, hands each to one of its upstreams in turn, and the answer back on the line the request came on. */
class Balancer implements Behaviour {
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #upstreams = new Upstreams()
  /** By correlation id. */
  readonly #pending = new Map<string, Pending>()
  /** Questions to the registry, and the request that each is for. */
  readonly #questions = new Map<string, string>()
  #questionCount = 0
  #plan: Plan

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = probeSlots(context, SLOTS)
    this.#plan = planOf(context.config())
  }

  start(): void {
    this.reconfigured()
  }
  wake(): void {
    // Nothing here is timed: who has failed is looked at when it is its turn.
  }

  crash(): void {
    for (const pending of this.#pending.values()) if (pending.held) this.#context.discard(pending.message, 'application crashed')
    this.#pending.clear()
    this.#questions.clear()
    this.#upstreams.clear()
    this.#levels()
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context.config())
  }
  endpointsChanged(): void {
    // The next request goes to whoever is connected then.
  }
  opened(): void {
    // Upstreams are asked when there is something to ask.
  }
  /** A line is taken out, and what was under way on it went with it. */
  closed(endpoint: Endpoint): void {
    const registry = this.#isRegistry(endpoint)
    for (const pending of [...this.#pending.values()]) {
      if (registry && pending.held) this.#nobody(pending)
      if (pending.line !== endpoint) continue
      this.#pending.delete(pending.id)
      this.#error(pending.source, pending.tag)
    }
    if (registry) this.#questions.clear()
    this.#levels()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const id = this.#context.messages.properties(message)?.['correlationId']
    if (endpoint.channel.from !== this.#context.id) this.#requested(endpoint, message, tag, typeof id === 'string' ? id : '')
    else if (this.#isRegistry(endpoint)) this.#told(message, String(id))
    else this.#answered(endpoint, message, String(id))
    this.#levels()
  }

  failed(endpoint: Endpoint, message: Handle, how: Failure): boolean {
    const taken = this.#failed(endpoint, message, how)
    this.#levels()
    return taken
  }

  contents(out: Handle[], from: number, limit: number): number {
    const held = [...this.#pending.values()].filter(pending => pending.held)
    for (const pending of held.slice(from, from + limit)) out.push(pending.message)
    return held.length
  }
  notes(): readonly string[] {
    const now = this.#context.nowNs()
    const aside = this.#lines().filter(line => this.#upstreams.isAside(line, now))
    return [`${this.#pending.size} requests open`, ...aside.map(line => `${line.channel.nodeLabel('to')} has failed and is not asked now`)]
  }

  #requested(source: Endpoint, message: Handle, tag: number, id: string): void {
    const context = this.#context
    // With a tag the copy stays with its client until it is answered: a further one goes on.
    if (tag === 0) context.hold(message, WAITING)
    const own = tag === 0 ? message : context.copy(message)
    // An answer finds its way back by the correlation id.
    if (id === '' || this.#pending.has(id)) {
      context.discard(own, 'refused')
      return this.#error(source, tag)
    }
    const pending: Pending = { id, source, tag, message: own, conversation: source.conversationOf?.(tag) ?? null, lines: [], tried: [], held: true, line: null }
    this.#pending.set(id, pending)
    if (this.#plan.asksRegistry) this.#ask(pending)
    else this.#send(pending, this.#lines())
  }

  #ask(pending: Pending): void {
    const context = this.#context
    const registry = context.endpoints.find(endpoint => this.#isRegistry(endpoint))
    if (!registry) return this.#nobody(pending)
    this.#questionCount += 1
    const correlationId = `${context.id}:${this.#questionCount}`
    this.#questions.set(correlationId, pending.id)
    const question = context.publish({ key: 'list', body: JSON.stringify({ service: this.#plan.service }), type: 'command', properties: { correlationId } })
    if (registry.send(question) !== 'refused') return
    context.discard(question, 'connection lost')
    this.#questions.delete(correlationId)
    this.#nobody(pending)
  }

  /** The registry has answered who is there. */
  #told(message: Handle, question: string): void {
    const context = this.#context
    const pending = this.#pending.get(this.#questions.get(question) ?? '')
    this.#questions.delete(question)
    const ids = instancesIn(context.messages.body(message))
    context.process(message)
    if (!pending) return
    const lines = this.#lines()
    this.#send(pending, ids.flatMap(id => lines.filter(line => line.channel.to === id)))
  }

  #send(pending: Pending, lines: readonly Endpoint[]): void {
    pending.lines = lines
    const line = this.#pick(pending)
    if (!line) return this.#nobody(pending)
    this.#hand(pending, line)
  }

  /** A connection stays where it was dealt to, unless that one has failed. */
  #pick({ conversation, lines, tried }: Pending): Endpoint | null {
    const known = this.#plan.byConnection && conversation !== null && conversation.mark !== 0 ? lines.find(line => line.channel.index + 1 === conversation.mark) : undefined
    if (known && !tried.includes(known)) return known
    const line = this.#upstreams.pick(lines, tried, this.#context.nowNs(), this.#plan)
    if (line && conversation) conversation.mark = line.channel.index + 1
    return line
  }

  #hand(pending: Pending, line: Endpoint): void {
    const context = this.#context
    pending.held = false
    pending.line = line
    context.fact(FACT.routed, pending.message, line.channel.index)
    context.count(this.#slots.forwarded)
    if (line.send(pending.message) !== 'refused') return
    this.#leaveAlone(line)
    pending.tried.push(line)
    pending.held = true
    pending.line = null
    this.#send(pending, pending.lines)
  }

  #answered(line: Endpoint, message: Handle, id: string): void {
    const context = this.#context
    const pending = this.#pending.get(id)
    this.#upstreams.answered(line)
    context.hold(message, WAITING)
    if (!pending) return context.discard(message, 'no subscriber')
    this.#pending.delete(id)
    context.count(this.#slots.answered)
    const { source, tag } = pending
    if (source.send(message) === 'refused') context.discard(message, 'connection lost')
    if (tag !== 0) source.settle(tag, 'accepted')
  }

  #failed(endpoint: Endpoint, message: Handle, how: Failure): boolean {
    const context = this.#context
    const id = String(context.messages.properties(message)?.['correlationId'])
    if (this.#isRegistry(endpoint)) {
      const waiting = this.#pending.get(this.#questions.get(id) ?? '')
      this.#questions.delete(id)
      if (waiting) this.#nobody(waiting)
      return false
    }
    const pending = this.#pending.get(id)
    // An upstream that answers with an error is there: its answer is the client's.
    if (how !== 'answered') this.#leaveAlone(endpoint)
    if (!pending) return false
    pending.tried.push(endpoint)
    const next = how !== 'answered' && this.#plan.whenFailed === 'next' ? this.#pick(pending) : null
    if (next) {
      context.hold(message, WAITING)
      context.count(this.#slots.retried)
      this.#hand(pending, next)
      return true
    }
    if (how !== 'answered' && this.#plan.whenFailed === 'ends') context.exit()
    else {
      this.#pending.delete(id)
      this.#error(pending.source, pending.tag)
    }
    return false
  }

  /** Who has no other way asks it again. */
  #leaveAlone(line: Endpoint): void {
    if (this.#plan.whenFailed === 'next') this.#upstreams.failed(line, this.#context.nowNs(), this.#plan)
  }

  /** Nobody can be asked. */
  #nobody(pending: Pending): void {
    this.#pending.delete(pending.id)
    this.#context.discard(pending.message, 'unroutable')
    this.#error(pending.source, pending.tag)
  }

  /** 502, where the client can be told. */
  #error(source: Endpoint, tag: number): void {
    this.#context.count(this.#slots.errors)
    if (tag !== 0) source.settle(tag, 'rejected')
  }

  /** In the order of the document. */
  #lines(): readonly Endpoint[] {
    return this.#context.endpoints.filter(endpoint => endpoint.canSend && endpoint.channel.from === this.#context.id && !this.#isRegistry(endpoint))
  }

  #isRegistry(endpoint: Endpoint): boolean {
    return endpoint.channel.from === this.#context.id && endpoint.channel.nodeType('to') === REGISTRY
  }

  #levels(): void {
    const now = this.#context.nowNs()
    this.#context.level(this.#slots.open, this.#pending.size)
    this.#context.level(this.#slots.aside, this.#lines().filter(line => this.#upstreams.isAside(line, now)).length)
  }
}

/** The ids in a registry's answer; none in anything else. */
function instancesIn(body: string): readonly string[] {
  try {
    const answer: unknown = JSON.parse(body)
    if (typeof answer !== 'object' || answer === null || !('instances' in answer) || !Array.isArray(answer.instances)) return []
    return answer.instances.filter(one => typeof one === 'string')
  } catch {
    return []
  }
}

export const behaviour: BehaviourModule = { types: ['app.balancer'], create: context => new Balancer(context) }
