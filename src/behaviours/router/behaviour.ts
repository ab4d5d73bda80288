import { WAITING } from '../../contract/ledger.ts'
import { FACT, FLAG_OF_FAMILY, FLAG_REDELIVERED, LASTING_KEYS, type Behaviour, type BehaviourContext, type BehaviourModule, type Endpoint, type Handle } from '../../contract/model.ts'
import { WorkStation } from '../../messaging/work-station.ts'
import { parseRules, type Rules, type Seen } from './rules.ts'

const SLOTS = ['routed', 'unroutable', 'received', 'lost', 'inbox'] as const
type Slots = Readonly<Record<(typeof SLOTS)[number], number>>

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
  readonly #station = new WorkStation<Endpoint>()
  #rules: Rules = { rules: [], problems: [] }
  #keyOnly = true
  #otherwise = ''
  #outlets: readonly Endpoint[] = []
  /** By number of the key, where rules look at keys alone: the rule that fits. */
  #remembered: number[] = []
  #message: Handle = 0
  #routing = false

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = Object.fromEntries(SLOTS.map(id => [id, context.probe(id)])) as unknown as Slots // all of its keys
  }

  start(): void {
    this.reconfigured()
    this.endpointsChanged()
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    this.#context.count(this.#slots.received)
    if (tag === 0) this.#context.hold(message, WAITING)
    else this.#context.messages.retain(message)
    this.#station.add(endpoint, message, tag, false)
    this.#goOn()
  }

  wake(): void {
    // Routing takes no time.
  }

  crash(): void {
    this.#station.clear(job => this.#giveUp(job))
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
    this.#outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
    this.#goOn()
  }
  opened(): void {
    this.#goOn()
  }
  unblocked(): void {
    this.#goOn()
  }

  closed(endpoint: Endpoint): void {
    const station = this.#station
    station.withdraw(endpoint, job => {
      const goes = station.tag(job) !== 0
      if (goes) this.#giveUp(job)
      return goes
    })
    this.#goOn()
  }

  contents(out: Handle[], from: number, limit: number): number {
    return this.#station.contents(out, from, limit)
  }
  notes(): readonly string[] {
    const names = this.#outlets.map(outlet => this.#labelOf(outlet))
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

  #giveUp(job: number): void {
    const message = this.#station.message(job)
    if (this.#station.tag(job) === 0) this.#context.discard(message, 'application crashed')
    else this.#context.messages.release(message)
  }

  #goOn(): void {
    const context = this.#context
    const station = this.#station
    // Settling may bring the next message at once.
    if (!this.#routing && context.isUp()) {
      this.#routing = true
      for (let job = this.#stands() ? -1 : station.begin(); job >= 0; job = this.#stands() ? -1 : station.begin()) {
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

  #stands(): boolean {
    for (const outlet of this.#outlets) if (outlet.blocked === true) return true
    return false
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
    if (this.#outlets[index]!.send(message) === 'refused') {
      context.count(this.#slots.lost)
      context.discard(message, 'connection lost')
    } else context.count(this.#slots.routed)
  }

  /** Names are looked up each time: people rename nodes while they run. */
  #lineOf(message: Handle): number {
    const to = this.#rules.rules[this.#ruleOf(message)]?.to ?? this.#otherwise
    if (to === '') return NOWHERE
    for (let n = 0; n < this.#outlets.length; n += 1) if (this.#labelOf(this.#outlets[n]!) === to) return n
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
