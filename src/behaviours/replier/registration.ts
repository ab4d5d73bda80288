import type { Alarm } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import type { BehaviourContext, Endpoint } from '../../contract/model.ts'

const NS_A_MS = 1e6
/** The kind that keeps the list. */
const REGISTRY = 'app.registry'

/** Tells a service registry that this instance is there, as long as it is. */
export class Registration {
  readonly #context: BehaviourContext
  readonly #signal: number
  #alarm: Alarm = 0
  #count = 0

  /** `signal` is that of the alarm, which the program hands on to `due`. */
  constructor(context: BehaviourContext, signal: number) {
    this.#context = context
    this.#signal = signal
  }

  /** As soon as the program's connections are begun. */
  start(): void {
    this.crash()
    if (this.#service() !== '') this.#alarm = this.#context.after(0, this.#signal, 0)
  }

  due(): void {
    this.#alarm = 0
    if (!this.#context.isUp() || this.#service() === '') return
    this.#say('register')
    const { renewEvery } = this.#context.config()
    if (typeof renewEvery === 'number') this.#alarm = this.#context.after(Math.round(renewEvery * NS_A_MS), this.#signal, 0)
  }

  /** In good order. */
  stop(): void {
    if (this.#service() !== '') this.#say('deregister')
  }

  crash(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }

  /** Whether a line leads to the registry. */
  owns(endpoint: Endpoint): boolean {
    return endpoint.channel.from === this.#context.id && endpoint.channel.nodeType('to') === REGISTRY
  }

  /** The registry has answered; nothing follows from it. */
  heard(endpoint: Endpoint, message: Handle, tag: number): void {
    if (tag === 0) this.#context.process(message)
    else endpoint.settle(tag, 'accepted')
  }

  #service(): string {
    return String(this.#context.config()['service'])
  }

  #say(verb: 'register' | 'deregister'): void {
    const context = this.#context
    for (const registry of context.endpoints) {
      if (!registry.canSend || !this.owns(registry)) continue
      this.#count += 1
      const said = context.publish({ key: verb, body: JSON.stringify({ id: context.id, service: this.#service() }), type: 'command', properties: { correlationId: `${context.id}:registry:${this.#count}` } })
      if (registry.send(said) === 'refused') context.discard(said, 'connection lost')
    }
  }
}
