import type { Alarm } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import type { Config } from '../../topology/document.ts'

const NS_A_MS = 1e6
/** So many groups that have ended are remembered, to know a late part when it comes. */
const ENDED_MAX = 10_000

const SLOTS = ['completed', 'open', 'received', 'timedOut', 'late', 'duplicates', 'sent', 'lost', 'collect', 'latency'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

/** Parts that belong together; used again for another group when it has ended. */
interface Group {
  id: string
  needed: number
  firstNs: number
  alarm: Alarm
  readonly messages: Handle[]
  readonly tags: number[]
  readonly sources: Endpoint[]
  readonly settled: boolean[]
  readonly seen: Set<number>
}

/** Collects parts that belong together until all are there, or its patience ends. */
class Aggregator implements Behaviour {
  readonly #context: BehaviourContext
  readonly #slots: Slots
  #plan: Plan
  /** By number; those that are free are in `#free`. */
  readonly #groups: Group[] = []
  readonly #free: number[] = []
  readonly #open = new Map<string, number>()
  readonly #ended = new Set<string>()
  #outlets: readonly Endpoint[] = []

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = probeSlots(context, SLOTS)
    this.#plan = planOf(context.config())
  }

  start(): void {
    this.reconfigured()
    this.endpointsChanged()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    const { messages } = context
    context.count(this.#slots.received)
    const id = this.#idOf(message)
    const part = this.#partOf(message)
    const known = this.#open.get(id)
    if (known === undefined && !this.#plan.byKey && this.#ended.has(id)) return this.#refuse(endpoint, message, tag, this.#slots.late)
    if (known !== undefined && part > 0 && this.#groups[known]!.seen.has(part)) return this.#refuse(endpoint, message, tag, this.#slots.duplicates)
    const row = known ?? this.#begin(id, message)
    const group = this.#groups[row]!
    if (tag === 0) context.hold(message, WAITING)
    else messages.retain(message)
    // Where nothing is acknowledged the program has taken it over when it has read it.
    const settled = tag !== 0 && (!this.#plan.acknowledgeAfter || endpoint.acknowledges === false)
    group.messages.push(message)
    group.tags.push(tag)
    group.sources.push(endpoint)
    group.settled.push(settled)
    if (part > 0) group.seen.add(part)
    const complete = group.messages.length >= group.needed
    if (complete) this.#complete(row)
    if (settled) endpoint.settle(tag, 'accepted')
  }

  wake(_signal: number, row: number): void {
    const group = this.#groups[row]!
    group.alarm = 0
    this.#context.count(this.#slots.timedOut)
    if (this.#plan.sendsIncomplete) this.#send(group)
    this.#end(row, this.#plan.sendsIncomplete ? 'processed' : 'expired')
  }

  crash(): void {
    for (const row of [...this.#open.values()]) this.#end(row, 'crashed')
    this.#ended.clear()
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context.config())
  }
  endpointsChanged(): void {
    this.#outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
  }
  opened(): void {
    // The endpoint subscribes by itself.
  }

  /** What was not acknowledged is the broker's again. */
  closed(endpoint: Endpoint): void {
    for (const row of [...this.#open.values()]) {
      const group = this.#groups[row]!
      for (let n = group.messages.length - 1; n >= 0; n -= 1) if (group.sources[n] === endpoint && group.tags[n] !== 0 && !group.settled[n]) this.#takeOut(group, n)
      if (group.messages.length === 0) this.#forget(row)
    }
  }

  contents(out: Handle[], from: number, limit: number): number {
    let count = 0
    for (const row of this.#open.values()) {
      for (const message of this.#groups[row]!.messages) {
        if (count >= from && out.length < limit) out.push(message)
        count += 1
      }
    }
    return count
  }
  notes(): readonly string[] {
    return [...this.#open.values()].slice(0, 5).map(row => `${this.#groups[row]!.id}: ${this.#groups[row]!.messages.length} of ${this.#groups[row]!.needed}`)
  }

  #idOf(message: Handle): string {
    const { messages } = this.#context
    const id = this.#plan.byKey ? undefined : messages.properties(message)?.['correlationId']
    return typeof id === 'string' ? id : messages.key(message)
  }

  /** Which part it is; 0 where that says nothing. */
  #partOf(message: Handle): number {
    const part = this.#plan.byKey ? undefined : this.#context.messages.headers(message)?.['part']
    return typeof part === 'number' ? part : 0
  }

  #begin(id: string, message: Handle): number {
    const context = this.#context
    const row = this.#free.pop() ?? this.#groups.push({ id: '', needed: 0, firstNs: 0, alarm: 0, messages: [], tags: [], sources: [], settled: [], seen: new Set() }) - 1
    const group = this.#groups[row]!
    const parts = context.messages.headers(message)?.['parts']
    group.id = id
    group.needed = this.#plan.count ?? (typeof parts === 'number' ? parts : 1)
    group.firstNs = context.nowNs()
    group.alarm = this.#plan.timeoutNs === Infinity ? 0 : context.after(this.#plan.timeoutNs, 0, row)
    this.#open.set(id, row)
    context.level(this.#slots.open, this.#open.size)
    return row
  }

  #refuse(endpoint: Endpoint, message: Handle, tag: number, slot: number): void {
    this.#context.count(slot)
    if (tag === 0) this.#context.process(message)
    else endpoint.settle(tag, 'accepted')
  }

  #complete(row: number): void {
    const context = this.#context
    const group = this.#groups[row]!
    const first = group.messages[0]!
    context.count(this.#slots.completed)
    context.record(this.#slots.collect, context.nowNs() - group.firstNs)
    context.recordAge(this.#slots.latency, first)
    context.fact(FACT.finished, first, group.messages.length)
    this.#send(group)
    this.#end(row, 'processed')
  }

  /** The bodies as a list, in the order of the parts. */
  #send(group: Group): void {
    const context = this.#context
    const { messages } = context
    if (this.#outlets.length === 0) return
    const first = group.messages[0]!
    const ordered = group.messages.map((message, n) => ({ message, n })).sort((a, b) => this.#partOf(a.message) - this.#partOf(b.message) || a.n - b.n)
    const { replyTo } = messages.properties(first) ?? {}
    const correlation = this.#plan.byKey ? {} : { properties: { correlationId: group.id, ...(replyTo === undefined ? {} : { replyTo }) } }
    const message = context.publish({ key: this.#plan.key || messages.key(first), body: `[${ordered.map(one => messages.body(one.message)).join(',')}]`, type: 'document', persistent: this.#plan.persistent, cause: first, ...correlation })
    const copies = this.#outlets.slice(1).map(() => context.copy(message))
    this.#outlets.forEach((outlet, n) => {
      const copy = n === 0 ? message : copies[n - 1]!
      if (outlet.send(copy) === 'refused') {
        context.count(this.#slots.lost)
        context.discard(copy, 'connection lost')
      } else context.count(this.#slots.sent)
    })
  }

  #end(row: number, how: 'processed' | 'expired' | 'crashed'): void {
    const context = this.#context
    const group = this.#groups[row]!
    for (const [n, message] of group.messages.entries()) {
      const tag = group.tags[n]!
      if (tag !== 0) {
        if (!group.settled[n] && how !== 'crashed') group.sources[n]!.settle(tag, how === 'processed' ? 'accepted' : 'rejected')
        context.messages.release(message)
      } else if (how === 'processed') context.process(message)
      else context.discard(message, how === 'expired' ? 'expired' : 'application crashed')
    }
    if (how !== 'crashed' && !this.#plan.byKey) this.#remember(group.id)
    this.#forget(row)
  }

  #takeOut(group: Group, n: number): void {
    const message = group.messages[n]!
    group.seen.delete(this.#partOf(message))
    for (const column of [group.messages, group.tags, group.sources, group.settled]) column.splice(n, 1)
    this.#context.messages.release(message)
  }

  #remember(id: string): void {
    this.#ended.add(id)
    if (this.#ended.size <= ENDED_MAX) return
    for (const oldest of this.#ended) {
      this.#ended.delete(oldest)
      return
    }
  }

  #forget(row: number): void {
    const group = this.#groups[row]!
    if (group.alarm !== 0) this.#context.cancel(group.alarm)
    group.alarm = 0
    this.#open.delete(group.id)
    for (const column of [group.messages, group.tags, group.sources, group.settled]) column.length = 0
    group.seen.clear()
    this.#free.push(row)
    this.#context.level(this.#slots.open, this.#open.size)
  }
}

interface Plan {
  readonly byKey: boolean
  /** null: as the parts say. */
  readonly count: number | null
  readonly timeoutNs: number
  readonly sendsIncomplete: boolean
  readonly acknowledgeAfter: boolean
  readonly key: string
  readonly persistent: boolean
}

function planOf(config: Config): Plan {
  return {
    byKey: config['by'] === 'key',
    count: typeof config['count'] === 'number' ? config['count'] : null,
    timeoutNs: typeof config['timeout'] === 'number' ? Math.round(config['timeout'] * NS_A_MS) : Infinity,
    sendsIncomplete: config['onTimeout'] === 'send',
    acknowledgeAfter: config['acknowledge'] === 'after',
    key: String(config['key']),
    persistent: config['persistent'] === true,
  }
}

export const behaviour: BehaviourModule = { types: ['app.aggregator'], create: context => new Aggregator(context) }
