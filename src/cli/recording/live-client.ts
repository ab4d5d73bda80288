import amqp from 'amqplib'

/** What the recorder needs of a channel of the client library, internals included: confirm mode on a channel that is open, and raw tags. */
export interface LiveChannel {
  on(event: 'error', listener: (error: Error & { code?: number }) => void): void
  on(event: 'return' | 'delivery', listener: (message: LiveMessage) => void): void
  on(event: 'ack' | 'nack', listener: (fields: { deliveryTag: number; multiple: boolean }) => void): void
  on(event: 'close', listener: () => void): void
  rpc(method: number, fields: object, expect: number): Promise<Record<string, unknown>>
  /** Below publish, which has no immediate. */
  sendMessage(fields: object, properties: object, body: Buffer): boolean
  ack(message: TagOnly, multiple: boolean): void
  nack(message: TagOnly, multiple: boolean, requeue: boolean): void
  reject(message: TagOnly, requeue: boolean): void
  consume(queue: string, listener: (message: LiveMessage | null) => void, options: object): Promise<unknown>
  get(queue: string, options: object): Promise<LiveMessage | false>
  close(): Promise<void>
}

export interface TagOnly {
  readonly fields: { readonly deliveryTag: number }
}

export interface LiveMessage {
  readonly content: Buffer
  readonly fields: { readonly exchange: string; readonly routingKey: string; readonly redelivered: boolean; readonly deliveryTag: number; readonly messageCount?: number; readonly replyCode?: number; readonly replyText?: string }
  readonly properties: Readonly<Record<string, unknown>>
}

export interface LiveConnection {
  on(event: 'error', listener: (error: Error & { code?: number }) => void): void
  on(event: 'close', listener: () => void): void
  createChannel(): Promise<LiveChannel>
  close(): Promise<void>
  readonly connection: { readonly stream: { destroy(): void }; readonly serverProperties: { readonly product: string; readonly version: string } }
}

const method = (family: number, number: number): number => (family << 16) | number

/** Numbers of AMQP 0-9-1: a method and its answer. */
export const METHODS = {
  exchangeDeclare: [method(40, 10), method(40, 11)],
  exchangeDelete: [method(40, 20), method(40, 21)],
  exchangeBind: [method(40, 30), method(40, 31)],
  exchangeUnbind: [method(40, 40), method(40, 51)],
  queueDeclare: [method(50, 10), method(50, 11)],
  queueBind: [method(50, 20), method(50, 21)],
  queuePurge: [method(50, 30), method(50, 31)],
  queueDelete: [method(50, 40), method(50, 41)],
  queueUnbind: [method(50, 50), method(50, 51)],
  basicQos: [method(60, 10), method(60, 11)],
  basicCancel: [method(60, 30), method(60, 31)],
  basicRecover: [method(60, 110), method(60, 111)],
  confirmSelect: [method(85, 10), method(85, 11)],
} as const satisfies Readonly<Record<string, readonly [number, number]>>

/** Calls a synchronous method; the fields of its answer. */
export function call(channel: LiveChannel, name: keyof typeof METHODS, fields: object): Promise<Record<string, unknown>> {
  const [number, answer] = METHODS[name]
  return channel.rpc(number, { ticket: 0, nowait: false, ...fields }, answer)
}

/** A connection without heartbeats: the library's go on for minutes after a connection was cut, and keep the process alive. */
export async function connect(url: string): Promise<LiveConnection> {
  const address = new URL(url)
  address.searchParams.set('heartbeat', '0')
  return (await amqp.connect(address.href)) as unknown as LiveConnection // the interface above names what the library has
}

/** Code, name and text of an error that the broker closed a channel or connection with; null for anything else. */
export function refusalOf(error: Error & { code?: number }): { readonly code: number; readonly name: string; readonly text: string } | null {
  const parts = /(\d{3}) \(([A-Z-]+)\)(?: with message "(.*)")?/s.exec(error.message)
  if (!parts) return null
  return { code: Number(parts[1]), name: parts[2]!.replaceAll('-', '_'), text: parts[3] ?? '' }
}
