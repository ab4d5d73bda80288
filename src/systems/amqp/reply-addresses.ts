import type { Amendment, Handle, Messages } from '../../contract/message.ts'
import type { ServerChannel } from './connection.ts'
import { OP_DELIVER } from './control.ts'
import { accessRefused, preconditionFailed } from './refused.ts'

/** The name that stands for "the connection I am asking on" (claims amqp.reply.direct*). */
export const REPLY_QUEUE = 'amq.rabbitmq.reply-to'
const PREFIX = `${REPLY_QUEUE}.`

export function isReplyAddress(key: string): boolean {
  return key.startsWith(PREFIX)
}

/** Whoever consumes from the pseudo-queue has an address; replies to it go straight to its channel. */
export interface ReplyConsumer {
  readonly number: number
  readonly tag: string
  readonly address: string
  /** Puts the address in the place of the name. */
  readonly amendment: Amendment
}

export class ReplyAddresses {
  readonly #channels = new Map<string, ServerChannel>()
  #generated = 0

  /** Claim amqp.reply.direct-errors. */
  subscribe(channel: ServerChannel, asked: { readonly number: number; readonly tag: string; readonly noAck: boolean }): void {
    if (channel.replyConsumer) throw preconditionFailed('reply consumer already set')
    if (!asked.noAck) throw preconditionFailed('reply consumer cannot acknowledge')
    this.#generated += 1
    const address = `${PREFIX}${this.#generated}`
    channel.replyConsumer = { number: asked.number, tag: asked.tag, address, amendment: { properties: { replyTo: address } } }
    this.#channels.set(address, channel)
  }

  unsubscribe(channel: ServerChannel): void {
    if (!channel.replyConsumer) return
    this.#channels.delete(channel.replyConsumer.address)
    channel.replyConsumer = null
  }

  /** Who is asked to reply gets to see the address. */
  amendmentFor(channel: ServerChannel, properties: Readonly<Record<string, unknown>> | null): Amendment | null {
    if (properties?.['replyTo'] !== REPLY_QUEUE) return null
    if (!channel.replyConsumer) throw preconditionFailed('fast reply consumer does not exist')
    return channel.replyConsumer.amendment
  }

  /** A passive declaration asks whether the requestor is still there (claim amqp.reply.direct-probe). */
  has(address: string): boolean {
    return this.#channels.has(address)
  }

  /** Sends a copy to the one who asked; false when it is gone. */
  deliver(messages: Messages, message: Handle): boolean {
    const channel = this.#channels.get(messages.key(message))
    if (!channel?.replyConsumer) return false
    messages.setVia(message, 0)
    channel.wire.sendCopy(channel.end, OP_DELIVER, message, -channel.unacked.passOver(), channel.replyConsumer.number)
    return true
  }

  clear(): void {
    this.#channels.clear()
  }
}

export function checkNotPseudo(name: string): void {
  if (name === REPLY_QUEUE) throw accessRefused(`operation not permitted on the pseudo-queue '${REPLY_QUEUE}'`)
}
