import { FACT } from '../../contract/fact.ts'
import { WAITING, type HeldState } from '../../contract/ledger.ts'
import { FLAG_OF_FAMILY, FLAG_REDELIVERED, LASTING_KEYS, type Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import { JobKeeper } from '../../messaging/job-keeper.ts'
import { parseRules, type Rules, type Seen } from './rules.ts'

const SLOTS = ['routed', 'unroutable', 'received', 'lost', 'inbox'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

const NOWHERE = -1
/** In what is remembered by key: 0 is "not looked at yet", 1 is no rule, and the rules follow. */
const REMEMBERED_FIRST = 2
/** A copy that goes on is nobody's redelivery and has no mark of the family it came from. */
const LEFT_BEHIND = FLAG_REDELIVERED | (2 ** 22 - FLAG_OF_FAMILY)

/** Hands each message on, as it is, by the first rule that fits it. */
class Router implements Behaviour, Seen {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #jobs: JobKeeper<Endpoint, HeldState>
  #rules: Rules = { rules: [], problems: [] }
  #keyOnly = true
  #otherwise = ''
  /** By number of the key, where rules look at keys alone: the rule that fits. */
  #remembered: number[] = []
  #message: Handle = 0
  #routing = false

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#jobs = new JobKeeper(context, WAITING)
    this.#slots = probeSlots(context, SLOTS)
  }

  start(): void {
    this.reconfigured()
    this.endpointsChanged()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    this.#context.count(this.#slots.received)
    this.#jobs.take(endpoint, message, tag)
    this.#goOn()
  }

  wake(): void {
    // Routing takes no time.
  }

  crash(): void {
    this.#jobs.crash()
    this.#context.level(this.#slots.inbox, 0)
  }

  reconfigured(): void {
    const config = this.#context.config()
    this.#rules = parseRules(String(config['rules']))
    this.#keyOnly = this.#rules.rules.every(rule => rule.keyOnly)
    this.#otherwise = String(config['otherwise'])
    this.#remembered = []
  }
  endpointsChanged(): void {
    this.#jobs.connect()
    this.#goOn()
  }
  opened(): void {
    this.#goOn()
  }
  unblocked(): void {
    this.#goOn()
  }

  closed(endpoint: Endpoint): void {
    this.#jobs.withdraw(endpoint)
    this.#goOn()
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#jobs.station.contents(out, from, limit)
  }
  notes(): readonly string[] {
    const names = this.#jobs.outlets.map(outlet => this.#labelOf(outlet))
    const missing = [...this.#rules.rules.map(rule => rule.to), this.#otherwise].filter(to => to !== '' && !names.includes(to))
    return [...this.#rules.problems, ...[...new Set(missing)].map(to => `No line leads to “${to}”: what is to go there is unroutable.`)]
  }

  key(): string {
    return this.#context.messages.key(this.#message)
  }
  body(): string {
    return this.#context.messages.body(this.#message)
  }
  type(): string {
    return this.#context.messages.type(this.#message)
  }
  header(name: string): string | undefined {
    const value = this.#context.messages.headers(this.#message)?.[name]
    if (value === undefined) return undefined
    return typeof value === 'string' ? value : JSON.stringify(value)
  }

  #goOn(): void {
    const context = this.#context
    const { station } = this.#jobs
    // Settling may bring the next message at once.
    if (!this.#routing) {
      this.#routing = true
      for (let job = this.#jobs.next(); job >= 0; job = this.#jobs.next()) {
        const message = station.message(job)
        const endpoint = station.source(job)
        const tag = station.tag(job)
        // With a tag the copy stays with the sender until it is settled: a further one goes on.
        this.#route(tag === 0 ? message : context.copy(message))
        station.finish(job)
        if (tag !== 0) {
          endpoint.settle(tag, 'accepted')
          context.messages.release(message)
        }
        endpoint.finished?.(tag)
      }
      this.#routing = false
    }
    context.level(this.#slots.inbox, station.waiting)
  }

  #route(message: Handle): void {
    const context = this.#context
    context.messages.clearFlag(message, LEFT_BEHIND)
    const index = this.#lineOf(message)
    if (index === NOWHERE) {
      context.count(this.#slots.unroutable)
      return context.discard(message, 'unroutable')
    }
    context.fact(FACT.routed, message, index)
    if (this.#jobs.outlets[index]!.send(message) === 'refused') {
      context.count(this.#slots.lost)
      context.discard(message, 'connection lost')
    } else context.count(this.#slots.routed)
  }

  /** Names are looked up each time: people rename nodes while they run. */
  #lineOf(message: Handle): number {
    const to = this.#rules.rules[this.#ruleOf(message)]?.to ?? this.#otherwise
    if (to === '') return NOWHERE
    for (let n = 0; n < this.#jobs.outlets.length; n += 1) if (this.#labelOf(this.#jobs.outlets[n]!) === to) return n
    return NOWHERE
  }

  /** Index of the first rule that fits, or −1. */
  #ruleOf(message: Handle): number {
    const keyId = this.#context.messages.keyId(message)
    const lasts = this.#keyOnly && keyId < LASTING_KEYS
    const known = lasts ? (this.#remembered[keyId] ?? 0) : 0
    if (known !== 0) return known - REMEMBERED_FIRST
    this.#message = message
    const index = this.#rules.rules.findIndex(one => one.fits(this))
    if (lasts) this.#remembered[keyId] = index + REMEMBERED_FIRST
    return index
  }

  #labelOf(outlet: Endpoint): string {
    return outlet.channel.nodeLabel(outlet.channel.from === this.#context.id ? 'to' : 'from')
  }
}

export const behaviour: BehaviourModule = { types: ['app.router'], create: context => new Router(context) }
