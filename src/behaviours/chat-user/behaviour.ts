import type { Alarm } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import type { Behaviour, BehaviourContext, BehaviourModule, Endpoint } from '../../contract/model.ts'
import { gapLaw } from '../../messaging/arrival.ts'
import type { Config } from '../../topology/document.ts'

const WRITE = 1

/** Writes a line now and then, and reads everything the server sends. */
class ChatUser implements Behaviour {
  readonly #context: BehaviourContext
  readonly #slots: { received: number; sent: number; lost: number; latency: number }
  #alarm: Alarm = 0
  #count = 0
  #last = ''

  constructor(context: BehaviourContext) {
    this.#context = context
    this.#slots = { received: context.probe('received'), sent: context.probe('sent'), lost: context.probe('lost'), latency: context.probe('latency') }
  }

  start(): void {
    this.#count = 0
    this.#last = ''
    this.#schedule()
  }

  wake(): void {
    this.#alarm = 0
    if (!this.#context.isUp()) return
    this.#write({})
    this.#schedule()
  }

  crash(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }

  reconfigured(before: Config): void {
    const config = this.#context.config()
    if ((before['rate'] === config['rate'] && before['arrival'] === config['arrival']) || !this.#context.isUp()) return
    this.crash()
    this.#schedule()
  }

  sendByHand(template: Config): void {
    this.#write(template)
  }

  deliver(_endpoint: Endpoint, message: Handle, tag: number): void {
    const context = this.#context
    context.count(this.#slots.received)
    context.record(this.#slots.latency, context.nowNs() - context.messages.bornNs(message))
    this.#last = context.messages.body(message)
    if (tag === 0) context.process(message)
    else _endpoint.settle(tag, 'accepted')
  }

  endpointsChanged(): void {
    // The next line goes to whatever is connected then.
  }
  opened(): void {
    // Nothing was kept while away.
  }
  closed(): void {
    // The endpoint connects again, or not.
  }
  contents(): number {
    return 0
  }
  notes(): readonly string[] {
    return this.#last === '' ? [] : [`Read last: ${this.#last}`]
  }

  #schedule(): void {
    const config = this.#context.config()
    const rate = Number(config['rate'])
    if (rate > 0) this.#alarm = this.#context.after(this.#context.random('arrival').sampleMs(gapLaw(String(config['arrival']), 1000 / rate)), WRITE, 0)
  }

  #write(template: Config): void {
    const context = this.#context
    const server = context.endpoints.find(endpoint => endpoint.canSend && endpoint.isOpen())
    if (!server && context.endpoints.length === 0) return
    this.#count += 1
    const config = context.config()
    const lines = String(config['texts']).split('\n')
    const text = String(template['body'] ?? lines[(this.#count - 1) % lines.length])
    const message = context.publish({
      key: String(template['key'] ?? context.label()),
      body: config['payload'] === 'text' ? text : JSON.stringify({ from: context.label(), text }),
      type: 'event',
      persistent: (template['persistent'] ?? config['persistent']) === true,
    })
    if (server && server.send(message) !== 'refused') context.count(this.#slots.sent)
    else {
      context.count(this.#slots.lost)
      context.discard(message, 'connection lost')
    }
  }
}

export const behaviour: BehaviourModule = { types: ['chat.user'], create: context => new ChatUser(context) }
