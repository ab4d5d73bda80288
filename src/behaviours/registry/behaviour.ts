import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { correlationOf } from '../../messaging/correlation.ts'

const NS_A_MS = 1e6

interface Instance {
  readonly service: string
  /** When it registered, or renewed it. */
  atNs: number
}

/** Knows which instances of which service are there, because they say so. It looks after none of them. */
class Registry implements Behaviour {
  readonly #context: BehaviourContext
  readonly #slots: { registered: number; asked: number; expired: number }
  /** By id, in the order they registered. */
  readonly #instances = new Map<string, Instance>()

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = { registered: context.probe('registered'), asked: context.probe('asked'), expired: context.probe('expired') }
  }

  start(): void {
    this.#levels()
  }
  /** An instance that registered may have been silent for too long. */
  wake(): void {
    this.#expire()
  }
  /** It keeps what it knows in memory. */
  crash(): void {
    this.#instances.clear()
    this.#levels()
  }
  reconfigured(): void {
    for (const instance of this.#instances.values()) this.#watch(instance)
    this.#expire()
  }
  endpointsChanged(): void {
    // Instances are known by what they say, not by their lines.
  }
  opened(): void {
    // Who connects registers by itself.
  }
  closed(): void {
    // A connection that ends says nothing about its instance.
  }

  deliver(endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    const said = saidIn(context.messages.body(message))
    const reply = this.#perform(context.messages.key(message), said)
    if (endpoint.canSend) {
      const correlation = correlationOf(context.messages.properties(message), null)
      const answer = context.publish({ key: context.messages.key(message), body: JSON.stringify(reply), type: 'document', reply: true, cause: message, ...correlation })
      if (endpoint.send(answer) === 'refused') context.discard(answer, 'connection lost')
    }
    if (tag === 0) context.process(message)
    else endpoint.settle(tag, 'accepted')
  }

  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    return this.#instances.size === 0 ? ['Nobody has registered'] : [...this.#instances].map(([id, { service }]) => `${service}: ${id}`)
  }

  #perform(verb: string, { id, service }: Said): object {
    this.#context.count(this.#slots.asked)
    switch (verb) {
      case 'register': {
        const known = this.#instances.get(id)
        const instance = known?.service === service ? known : { service, atNs: 0 }
        instance.atNs = this.#context.nowNs()
        this.#instances.set(id, instance)
        this.#watch(instance)
        break
      }
      case 'deregister':
        this.#instances.delete(id)
        break
      default:
        return { instances: [...this.#instances].filter(([, instance]) => instance.service === service).map(([one]) => one) }
    }
    this.#levels()
    return {}
  }

  #watch(instance: Instance): void {
    const ttlNs = this.#ttlNs()
    if (ttlNs !== Infinity) this.#context.after(Math.max(0, instance.atNs + ttlNs - this.#context.nowNs()), 0, 0)
  }

  #expire(): void {
    const now = this.#context.nowNs()
    for (const [id, instance] of [...this.#instances]) {
      if (instance.atNs + this.#ttlNs() > now) continue
      this.#instances.delete(id)
      this.#context.count(this.#slots.expired)
    }
    this.#levels()
  }

  #ttlNs(): number {
    const { ttl } = this.#context.config()
    return typeof ttl === 'number' ? Math.round(ttl * NS_A_MS) : Infinity
  }

  #levels(): void {
    this.#context.level(this.#slots.registered, this.#instances.size)
  }
}

interface Said {
  readonly id: string
  readonly service: string
}

function saidIn(body: string): Said {
  try {
    const said: unknown = JSON.parse(body)
    if (typeof said !== 'object' || said === null) return { id: '', service: '' }
    return { id: 'id' in said ? String(said.id) : '', service: 'service' in said ? String(said.service) : '' }
  } catch {
    return { id: '', service: '' }
  }
}

export const behaviour: BehaviourModule = { types: ['app.registry'], create: context => new Registry(context) }
