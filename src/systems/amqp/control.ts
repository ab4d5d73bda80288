import { OP_FIRST } from '../../contract/context.ts'
import type { Headers } from '../../contract/message.ts'
import type { Config } from '../../topology/document.ts'

/** Opcodes of packets. Publishing, delivering and settling are numbers only; everything else carries a ticket for a Control. */
export const OP_OPEN = OP_FIRST
export const OP_CONTROL = OP_FIRST + 1
/** message; a: ticket of a PublishTarget, or 0 for what the channel is drawn to; b: bits of PUBLISH_…. */
export const OP_PUBLISH = OP_FIRST + 2
/** a: delivery tag; b: 1 when multiple. */
export const OP_ACK = OP_FIRST + 3
/** a: delivery tag; b: bit 0 multiple, bit 1 requeue. */
export const OP_NACK = OP_FIRST + 4
/** message; a: delivery tag, negative for no-ack (the copy itself comes then); b: number of the consumer on its channel. */
export const OP_DELIVER = OP_FIRST + 5
/** a: ticket of a Reply. */
export const OP_REPLY = OP_FIRST + 6
/** The connection stands. */
export const OP_OPENED = OP_FIRST + 8
/** Inside the broker, along a binding. message; a: number of the queue it is for. */
export const OP_ROUTE = OP_FIRST + 7

/** Publisher confirm. a: the nth publish of the channel since it was put into confirm mode; b: 1 for ack, 0 for nack. */
export const OP_CONFIRM = OP_FIRST + 9

export const PUBLISH_MANDATORY = 1
export const PUBLISH_IMMEDIATE = 2
export const NACK_MULTIPLE = 1
export const NACK_REQUEUE = 2

/** What OP_OPEN says: who the connection belongs to, its virtual host, and its user. */
export interface Opening {
  readonly connection: string
  readonly virtualHost: string | null
  /** Whom the client says it is. */
  readonly user: string
}

export interface PublishTarget {
  readonly exchange: string
  readonly routingKey: string
}

/** Synchronous methods of a channel, answered by a Reply. */
export type Control =
  /** Declares what the document says of this node and of the bindings that touch it, as this connection. */
  | { readonly verb: 'declare-drawn'; readonly node: string }
  | { readonly verb: 'consume-drawn'; readonly node: string; readonly consumer: number; readonly noAck: boolean; readonly exclusive: boolean; readonly arguments: Config }
  | { readonly verb: 'declare-exchange'; readonly name: string; readonly type: string; readonly durable: boolean; readonly autoDelete: boolean; readonly internal: boolean; readonly passive: boolean; readonly arguments: Config }
  | { readonly verb: 'delete-exchange'; readonly name: string; readonly ifUnused: boolean }
  | { readonly verb: 'declare-queue'; readonly name: string; readonly durable: boolean; readonly exclusive: boolean; readonly autoDelete: boolean; readonly passive: boolean; readonly arguments: Config }
  | { readonly verb: 'delete-queue'; readonly name: string; readonly ifUnused: boolean; readonly ifEmpty: boolean }
  | { readonly verb: 'purge'; readonly name: string }
  | { readonly verb: 'bind-queue' | 'unbind-queue'; readonly queue: string; readonly exchange: string; readonly routingKey: string; readonly arguments: Config }
  | { readonly verb: 'bind-exchange' | 'unbind-exchange'; readonly source: string; readonly destination: string; readonly routingKey: string; readonly arguments: Config }
  | { readonly verb: 'qos'; readonly count: number; readonly global: boolean }
  | { readonly verb: 'consume'; readonly queue: string; readonly consumer: number; readonly tag: string; readonly noAck: boolean; readonly exclusive: boolean; readonly arguments: Config }
  | { readonly verb: 'cancel'; readonly consumer: number }
  | { readonly verb: 'get'; readonly queue: string; readonly noAck: boolean }
  | { readonly verb: 'recover'; readonly requeue: boolean }
  | { readonly verb: 'confirm' }
  | { readonly verb: 'close' }

export type Reply =
  | { readonly reply: 'ok'; readonly to: Control['verb']; readonly name?: string; readonly messageCount?: number; readonly consumerCount?: number }
  | { readonly reply: 'empty' }
  | { readonly reply: 'got'; readonly tag: number; readonly messageCount: number; readonly exchange: string; readonly redelivered: boolean; readonly message: ReturnedMessage }
  /** `also`: another channel of the connection did it. */
  | { readonly reply: 'error'; readonly scope: 'channel' | 'connection'; readonly code: number; readonly name: string; readonly text: string; readonly also?: boolean }
  | { readonly reply: 'cancelled'; readonly consumer: number }
  | { readonly reply: 'returned'; readonly code: number; readonly text: string; readonly exchange: string; readonly message: ReturnedMessage }

/** The content of a message that travels in a reply instead of as a copy. */
export interface ReturnedMessage {
  readonly key: string
  readonly body: string
  readonly headers: Headers | null
  readonly properties: Readonly<Record<string, unknown>> | null
}
