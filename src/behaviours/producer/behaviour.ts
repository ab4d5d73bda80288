import type { Alarm, Behaviour, BehaviourContext, BehaviourModule, Draft, Endpoint, Handle, Headers, MessageType } from '../../contract/model.ts'
import { gapLaw } from '../../messaging/arrival.ts'
import { fillTemplate } from '../../messaging/template.ts'
import type { Config } from '../../topology/document.ts'

const NEXT = 1
const NS_A_SECOND = 1e9

/** Sends messages at a rate and forgets them: one-way communication. */
class Producer implements Behaviour {
  readonly #context: BehaviourContext
  readonly #sent: number
  readonly #lost: number
  #alarm: Alarm = 0
  #count = 0
  #turn = 0

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#sent = context.probe('sent')
    this.#lost = context.probe('lost')
  }

  start(): void {
    this.#alarm = 0
    this.#count = 0
    this.#turn = 0
    this.#schedule()
  }

  wake(): void {
    this.#alarm = 0
    if (!this.#context.isUp()) return
    const config = this.#context.config()
    for (let n = 0; n < Number(config['batchSize']) && !this.#isDone(config); n += 1) this.#send(config)
    this.#schedule()
  }

  crash(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }

  reconfigured(before: Config): void {
    const config = this.#context.config()
    const same = ['rate', 'arrival', 'batchSize', 'limit'].every(field => before[field] === config[field])
    if (same || !this.#context.isUp()) return
    this.crash()
    this.#schedule()
  }

  endpointsChanged(): void {
    // The next message goes to whatever is connected then.
  }

  sendByHand(template: Config): void {
    this.#send({ ...this.#context.config(), ...template })
  }

  deliver(_endpoint: Endpoint, message: Handle): void {
    this.#context.discard(message, 'refused')
  }
  opened(): void {
    // Nothing waits for a connection.
  }
  closed(): void {
    // Messages are lost or kept by the endpoint.
  }
  contents(): number {
    return 0
  }

  notes(): readonly string[] {
    return this.#isDone(this.#context.config()) ? ['It has sent all it was to send.'] : []
  }

  #isDone(config: Config): boolean {
    const limit = config['limit']
    return typeof limit === 'number' && this.#count >= limit
  }

  #schedule(): void {
    const config = this.#context.config()
    const rate = Number(config['rate'])
    if (rate <= 0 || this.#isDone(config)) return
    const meanMs = (Number(config['batchSize']) * NS_A_SECOND) / rate / 1e6
    this.#alarm = this.#context.after(this.#context.random('arrival').sampleMs(gapLaw(String(config['arrival']), meanMs)), NEXT, 0)
  }

  #send(config: Config): void {
    const outlets = this.#context.endpoints.filter(endpoint => endpoint.canSend)
    if (outlets.length === 0) return
    this.#count += 1
    const message = this.#context.publish(this.#compose(config))
    if (config['outlets'] === 'turns') {
      this.#turn += 1
      this.#hand(outlets[this.#turn % outlets.length]!, message)
      return
    }
    const copies = outlets.map((_, index) => (index === 0 ? message : this.#context.copy(message)))
    outlets.forEach((outlet, index) => this.#hand(outlet, copies[index]!))
  }

  #hand(outlet: Endpoint, message: Handle): void {
    if (outlet.send(message) === 'refused') {
      this.#context.count(this.#lost)
      this.#context.discard(message, 'connection lost')
    } else this.#context.count(this.#sent)
  }

  #compose(config: Config): Draft {
    const context = this.#context
    const values = { n: this.#count, id: context.label(), timeNs: context.nowNs(), random: () => context.random('template').integer(1000) }
    const keys = String(config['key']).split('\n')
    return {
      key: fillTemplate(keys[(this.#count - 1) % keys.length]!, values),
      body: fillTemplate(String(config['body']), values),
      type: config['messageType'] as MessageType, // a choice field: parsed
      headers: config['headers'] as Headers, // a record field: parsed
      persistent: config['persistent'] === true,
    }
  }
}

export const behaviour: BehaviourModule = { types: ['app.producer'], create: context => new Producer(context) }
