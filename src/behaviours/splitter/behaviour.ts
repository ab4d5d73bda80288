import { FACT } from '../../contract/fact.ts'
import { WAITING, type HeldState } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { probeSlots, type ProbeSlots } from '../../contract/probe-slots.ts'
import { JobKeeper } from '../../messaging/job-keeper.ts'
import { fillTemplate, templateValues } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'

const SLOTS = ['sent', 'received', 'lost', 'unroutable', 'inbox', 'parts'] as const
type Slots = ProbeSlots<(typeof SLOTS)[number]>

/** Makes parts of each message: they are numbered, know how many they are, and belong together by one correlation id. */
class Splitter implements Behaviour {
  readonly finishes = true
  readonly #context: BehaviourContext
  readonly #slots: Slots
  readonly #jobs: JobKeeper<Endpoint, HeldState>
  #plan: Plan
  /** Never starts anew, so what is split after a crash doesn't belong to what was before. */
  #count = 0
  #splitting = false

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#jobs = new JobKeeper(context, WAITING)
    this.#slots = probeSlots(context, SLOTS)
    this.#plan = planOf(context.config())
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
    // Splitting takes no time.
  }

  crash(): void {
    this.#jobs.crash()
    this.#context.level(this.#slots.inbox, 0)
  }

  reconfigured(): void {
    this.#plan = planOf(this.#context.config())
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
    return this.#jobs.station.waiting === 0 ? [] : [`${this.#jobs.station.waiting} wait until a part can be sent`]
  }

  #goOn(): void {
    const context = this.#context
    const { station } = this.#jobs
    // Settling may bring the next message at once.
    if (!this.#splitting) {
      this.#splitting = true
      for (let job = this.#jobs.next(); job >= 0; job = this.#jobs.next()) {
        this.#split(station.message(job))
        this.#jobs.accept(job)
        this.#jobs.finish(job)
      }
      this.#splitting = false
    }
    context.level(this.#slots.inbox, station.waiting)
  }

  #split(original: Handle): void {
    const context = this.#context
    const { messages } = context
    this.#count += 1
    const bodies = this.#bodies(original)
    const properties = { ...messages.properties(original), correlationId: this.#correlationOf(original) }
    const type = messages.type(original)
    context.level(this.#slots.parts, bodies.length)
    context.fact(FACT.finished, original, bodies.length)
    bodies.forEach((body, n) => {
      const message = context.publish({ key: this.#plan.key || messages.key(original), body, type, headers: { ...messages.headers(original), part: n + 1, parts: bodies.length }, properties, persistent: this.#plan.persistent, cause: original })
      const outlet = this.#jobs.outlets[n % this.#jobs.outlets.length]
      if (outlet === undefined) {
        context.count(this.#slots.unroutable)
        context.discard(message, 'unroutable')
      } else if (outlet.send(message) === 'refused') {
        context.count(this.#slots.lost)
        context.discard(message, 'connection lost')
      } else context.count(this.#slots.sent)
    })
  }

  /** A part that is split again is a whole of its own. */
  #correlationOf(original: Handle): string {
    const { messages } = this.#context
    const id = messages.properties(original)?.['correlationId']
    const part = messages.headers(original)?.['part']
    if (typeof id !== 'string') return `${this.#context.id}:${this.#count}`
    return typeof part === 'number' ? `${id}/${part}` : id
  }

  #bodies(original: Handle): readonly string[] {
    const { split, parts, body } = this.#plan
    const whole = this.#context.messages.body(original)
    if (split === 'lines') return whole.split('\n').filter(line => line !== '')
    if (split === 'items') return itemsOf(whole)
    const count = parts ?? Math.max(1, this.#jobs.outlets.length)
    const values = templateValues(this.#context, this.#count)
    return Array.from({ length: count }, (_, n) => (body === '' ? whole : fillTemplate(body.replaceAll('{part}', String(n + 1)).replaceAll('{parts}', String(count)), values)))
  }
}

/** Of a JSON list; anything else is one part. */
function itemsOf(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.map(item => JSON.stringify(item)) : [text]
  } catch {
    return [text]
  }
}

interface Plan {
  readonly split: string
  readonly parts: number | null
  readonly key: string
  readonly body: string
  readonly persistent: boolean
}

function planOf(config: Config): Plan {
  return { split: String(config['split']), parts: typeof config['parts'] === 'number' ? config['parts'] : null, key: String(config['key']), body: String(config['body']), persistent: config['persistent'] === true }
}

export const behaviour: BehaviourModule = { types: ['app.splitter'], create: context => new Splitter(context) }
