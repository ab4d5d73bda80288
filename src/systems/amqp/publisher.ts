import type { Alarm } from '../../contract/context.ts'
import { WAITING } from '../../contract/ledger.ts'
import type { Amendment, Handle } from '../../contract/message.ts'
import type { EndpointContext, SendResult } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import { HandleWindow } from '../../messaging/handle-window.ts'
import { OrderedDeque } from '../../messaging/ordered-deque.ts'
import type { Config, ConfigValue } from '../../topology/document.ts'
import type { AmqpClient } from './client.ts'
import { PUBLISH_MANDATORY } from './control.ts'

interface Plan {
  readonly mandatory: boolean
  readonly confirms: boolean
  /** Publishes again what was refused, and what was not confirmed when the connection was lost. */
  readonly again: boolean
  readonly againNs: number
  readonly buffers: boolean
  /** Laid over every message; one object, so that what is said alike stays one content. */
  readonly stamp: Amendment | null
}

/** The publishing half of a drawn channel: what is stamped on messages, what waits for a connection, what waits for a confirm. */
export class Publisher {
  readonly #context: EndpointContext
  readonly #client: AmqpClient
  readonly #signal: number
  /** Messages that wait: for a connection, or to be published again. */
  readonly #outbox: OrderedDeque
  /** Published and not confirmed: their records, kept readable. */
  readonly #unconfirmed = new HandleWindow()
  #plan: Plan
  /** What the broker has said of them since the client began. */
  readonly #told = { confirmed: 0, refused: 0, returned: 0 }
  #position = 0
  #publishNo = 0
  #alarm: Alarm = 0

  constructor(context: EndpointContext, client: AmqpClient, signal: number) {
    this.#context = context
    this.#client = client
    this.#signal = signal
    this.#outbox = new OrderedDeque(message => context.node.messages.mark(message))
    this.#plan = planOf(context.channel.config())
  }

  get asksForConfirms(): boolean {
    return this.#plan.confirms
  }

  /** Bits of what it publishes as it comes, or −1 while it does more than that. */
  get plainBits(): number {
    const { confirms, stamp, mandatory } = this.#plan
    return confirms || stamp !== null || this.#outbox.count > 0 ? -1 : mandatory ? PUBLISH_MANDATORY : 0
  }

  send(message: Handle): SendResult {
    if (this.#plan.stamp !== null) this.#context.node.amend(message, this.#plan.stamp)
    if (this.#client.isOpen) {
      this.#publish(message)
      return 'sent'
    }
    if (!this.#plan.buffers) return 'refused'
    this.#keep(message)
    return 'buffered'
  }

  opened(): void {
    this.#publishNo = 0
    this.#sendOutbox()
  }

  /** Claim amqp.client.confirms: a client that waits for confirms knows what the broker may not have. */
  closed(): void {
    this.#stopAlarm()
    this.#unconfirmed.drain(message => (this.#plan.again ? this.#takeBack(message) : this.#context.node.messages.release(message)))
  }

  confirmed(publishNo: number, accepted: boolean): void {
    const message = this.#unconfirmed.take(publishNo)
    if (message === 0) return
    this.#told[accepted ? 'confirmed' : 'refused'] += 1
    if (accepted || !this.#plan.again) return this.#context.node.messages.release(message)
    this.#takeBack(message)
    if (this.#alarm === 0) this.#alarm = this.#context.after(this.#plan.againNs, this.#signal, 0)
  }

  /** A mandatory message came back: no queue for it. What the client does with it is its own affair; here it only counts. */
  returned(): void {
    this.#told.returned += 1
  }

  /** What a program sees that listens to confirms and returns. */
  notes(to: string): readonly string[] {
    const { mandatory, confirms } = this.#plan
    const { confirmed, refused, returned } = this.#told
    return [
      ...(confirms ? [`Of what it published to “${to}”: ${confirmed} confirmed (ack), ${refused} refused (nack), ${this.#unconfirmed.count} not answered yet`] : []),
      ...(mandatory ? [`Returned from “${to}” as mandatory and unroutable (312 NO_ROUTE): ${returned}`] : []),
    ]
  }

  again(): void {
    this.#alarm = 0
    if (this.#client.isOpen) this.#sendOutbox()
  }

  reconfigured(): void {
    const before = this.#plan
    this.#plan = planOf(this.#context.channel.config())
    if (this.#plan.confirms && !before.confirms && this.#client.isOpen) this.#client.control({ verb: 'confirm' })
  }

  why({ message, node, ended }: Asked): readonly Why[] {
    if (ended !== null || this.#place(message) < 0) return []
    const says = this.#client.isOpen ? `It was refused, or nobody confirmed it: ${node.label()} publishes it again soon.` : `It waits in ${node.label()} until there is a connection again.`
    return [{ asks: 'waits', says, grounds: [{ says: 'Kept since', sinceNs: node.messages.sinceNs(message) }] }]
  }

  queued(visit: (message: Handle) => void): void {
    for (let n = 0; n < this.#outbox.count; n += 1) visit(this.#outbox.at(n))
  }

  #place(message: Handle): number {
    for (let n = 0; n < this.#outbox.count; n += 1) if (this.#outbox.at(n) === message) return n
    return -1
  }

  crash(): void {
    this.#stopAlarm()
    this.#unconfirmed.drain(message => this.#context.node.messages.release(message))
    this.#outbox.drain(message => this.#context.node.discard(message, 'application crashed'))
  }

  #publish(message: Handle): void {
    if (this.#plan.confirms) {
      this.#publishNo += 1
      this.#context.node.messages.retain(message)
      this.#unconfirmed.add(this.#publishNo, message)
    }
    this.#client.publish(message, this.#plan.mandatory)
  }

  #sendOutbox(): void {
    for (let n = this.#outbox.count; n > 0; n -= 1) this.#publish(this.#outbox.shift())
  }

  /** The broker's copy has ended, or nobody knows: a further copy takes its place. */
  #takeBack(message: Handle): void {
    const { node } = this.#context
    const copy = node.copy(message)
    node.messages.release(message)
    this.#keep(copy)
  }

  #keep(message: Handle): void {
    this.#position += 1
    this.#context.node.hold(message, WAITING)
    this.#context.node.messages.setMark(message, this.#position)
    this.#outbox.push(message)
  }

  #stopAlarm(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }
}

function planOf(config: Config): Plan {
  return {
    mandatory: config['mandatory'] === true,
    confirms: config['confirms'] === true,
    again: config['confirms'] === true && config['whenRefused'] === 'again',
    againNs: Math.max(1, Math.round(Number(config['publishAgainAfter']) * 1e6)),
    buffers: config['whileDisconnected'] === 'buffer',
    stamp: stampOf(config),
  }
}

function stampOf(config: Config): Amendment | null {
  const properties: Record<string, unknown> = {}
  const headers: Record<string, ConfigValue> = {}
  if (typeof config['expiration'] === 'number') properties['expiration'] = String(config['expiration'])
  if (typeof config['priority'] === 'number') properties['priority'] = config['priority']
  for (const [field, header] of [['cc', 'CC'], ['bcc', 'BCC']] as const) {
    const keys = String(config[field] ?? '').split('\n').filter(key => key !== '')
    if (keys.length > 0) headers[header] = keys
  }
  const said = Object.keys(properties).length + Object.keys(headers).length > 0
  return said ? { properties, headers } : null
}
