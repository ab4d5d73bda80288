import { call, connect, refusalOf, type LiveChannel, type LiveConnection, type LiveMessage, type METHODS } from './live-client.ts'
import { Names } from '../../systems/amqp/conformance/names.ts'
import type { Recording, Seen, Step, Watched } from '../../systems/amqp/conformance/recording.ts'
import { channelOf, clientOf } from '../../systems/amqp/conformance/stage-setting.ts'
import { LIVE_OPERATIONS } from './live-operations.ts'

interface LiveSession {
  readonly client: string
  readonly channel: string
  readonly live: LiveChannel
  lastStep: number
  confirming: boolean
  open: boolean
}

export interface LiveConsumer {
  readonly name: string
  session: LiveSession
  count: number
  readonly tags: number[]
}

export interface RecorderOptions {
  readonly url: string
  /** Time without any event after which all is quiet. */
  readonly quietMs: number
  /** Stops and starts the broker; absent where that isn't possible. */
  readonly restart?: () => Promise<void>
}

/** A passive declaration, of an exchange or a queue. */
const PROBE = { type: 'direct', passive: true, durable: false, autoDelete: false, internal: false, exclusive: false, arguments: {} }
const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

/** Plays the steps of a recording against a live broker, and watches what the recording's format says is to be watched. */
export class Recorder {
  readonly watched: Watched = { deliveries: [], returned: [], confirms: [], gets: [], replies: [], cancelled: [], errors: [], queuesAtEnd: {}, exchangesAtEnd: {} }
  readonly names = new Names()
  readonly consumers: LiveConsumer[] = []
  readonly gets = new Map<string, { session: LiveSession; tag: number; seen: Seen }>()
  readonly queues = new Set<string>()
  readonly exchanges = new Set<string>()
  readonly #recording: Recording
  readonly #options: RecorderOptions
  readonly #connections = new Map<string, LiveConnection>()
  readonly #sessions = new Map<string, LiveSession>()
  /** Bodies of confirm-mode publishes by client and channel name, and how many of them were published on channels that are gone. */
  readonly #published = new Map<string, { readonly bodies: string[]; before: number }>()
  #ending = false
  #step = 0
  #eventAt = 0

  constructor(recording: Recording, options: RecorderOptions) {
    this.#recording = recording
    this.#options = options
  }

  async record(): Promise<Watched> {
    try {
      for (const [index, step] of this.#recording.steps.entries()) {
        this.#step = index
        await this.#perform(step)
      }
      this.#step = this.#recording.steps.length
      await this.#settle()
      await this.#ends()
    } finally {
      this.#ending = true
      for (const connection of this.#connections.values()) await connection.close().catch(() => {})
    }
    return this.watched
  }

  get step(): number {
    return this.#step
  }

  /** A text of a step, with what it stands for. */
  text(value: unknown): string {
    return String(this.value(value ?? ''))
  }

  value(value: unknown): unknown {
    return this.names.value(value, ({ consumer, delivery, get }) => (get === undefined ? this.watched.deliveries.find(one => one['consumer'] === consumer && one['nth'] === delivery) : this.gets.get(String(get))?.seen))
  }

  /** Index of the first settle, wait or restart at or after the present step. */
  by(): number {
    const { steps } = this.#recording
    for (let index = this.#step; index < steps.length; index += 1) if (['settle', 'wait', 'restartBroker'].includes(steps[index]!.op)) return index
    return steps.length
  }

  happened(): void {
    this.#eventAt = performance.now()
  }

  published(session: LiveSession): { readonly bodies: string[]; before: number } {
    const key = `${session.client} / ${session.channel}`
    const known = this.#published.get(key) ?? { bodies: [], before: 0 }
    this.#published.set(key, known)
    return known
  }

  delivered(consumer: LiveConsumer, message: LiveMessage): void {
    // What tearing down the clients provokes is not watched.
    if (this.#ending) return
    this.happened()
    consumer.count += 1
    consumer.tags.push(message.fields.deliveryTag)
    this.watched.deliveries.push(this.names.show({ consumer: consumer.name, nth: consumer.count, ...seenOf(message), by: this.by() }))
  }

  cancelled(consumer: string): void {
    if (this.#ending) return
    this.happened()
    this.watched.cancelled.push({ consumer, by: this.by() })
  }

  async #perform(step: Step): Promise<void> {
    switch (step.op) {
      case 'settle':
        return this.#settle()
      case 'wait':
        return pause(Number(step['ms']))
      case 'restartBroker': {
        if (!this.#options.restart) throw new Error('the broker can’t be restarted from here')
        this.#connections.clear()
        for (const session of this.#sessions.values()) session.open = false
        await this.#options.restart()
        return
      }
      case 'closeClient':
      case 'killClient':
        return this.#hangUp(clientOf(step), step.op === 'killClient')
      case 'closeChannel': {
        const session = this.#sessions.get(`${clientOf(step)} / ${channelOf(step)}`)
        if (!session?.open) return
        session.open = false
        return session.live.close()
      }
      default: {
        const session = await this.#session(step)
        const operation = LIVE_OPERATIONS[step.op]
        if (!operation) throw new Error(`the recorder doesn't know the step ${step.op}`)
        // What fails shows as an error of its channel or connection.
        await operation(this, session, step).catch((error: Error) => {
          if (!/closed|ended|Operation failed/i.test(error.message)) throw error
        })
      }
    }
  }

  async #hangUp(client: string, rudely: boolean): Promise<void> {
    const connection = this.#connections.get(client)
    this.#connections.delete(client)
    for (const session of this.#sessions.values()) if (session.client === client) session.open = false
    if (rudely) connection?.connection.stream.destroy()
    else await connection?.close().catch(() => {})
  }

  async #session(step: Step): Promise<LiveSession> {
    const settling = ['ack', 'nack', 'reject', 'cancel'].includes(step.op)
    const origin = settling ? (this.consumers.find(one => one.name === step['consumer'])?.session ?? this.gets.get(String(step['get']))?.session) : undefined
    const client = typeof step['client'] === 'string' ? step['client'] : (origin?.client ?? 'main')
    const channel = typeof step['channel'] === 'string' ? step['channel'] : (origin?.channel ?? '1')
    const key = `${client} / ${channel}`
    const known = this.#sessions.get(key)
    if (known?.open) {
      known.lastStep = this.#step
      return known
    }
    const live = await (await this.#connection(client)).createChannel()
    const session: LiveSession = { client, channel, live, lastStep: this.#step, confirming: false, open: true }
    this.published(session).before = this.published(session).bodies.length
    this.#sessions.set(key, session)
    this.#listen(session)
    return session
  }

  async #connection(client: string): Promise<LiveConnection> {
    const known = this.#connections.get(client)
    if (known) return known
    const connection = await connect(this.#options.url)
    this.#connections.set(client, connection)
    connection.on('error', error => {
      const refusal = refusalOf(error)
      if (!refusal || this.#ending || this.#connections.get(client) !== connection) return
      this.#connections.delete(client)
      const steps = [...this.#sessions.values()].filter(one => one.client === client && one.open).map(one => one.lastStep)
      for (const session of this.#sessions.values()) if (session.client === client) session.open = false
      this.happened()
      this.watched.errors.push({ step: Math.max(...steps), scope: 'connection', client, ...refusal })
    })
    connection.on('close', () => {
      if (this.#connections.get(client) === connection) this.#connections.delete(client)
    })
    return connection
  }

  #listen(session: LiveSession): void {
    const { client, live } = session
    const channel = session.channel === '1' ? {} : { channel: session.channel }
    live.on('error', error => {
      const refusal = refusalOf(error)
      if (!refusal || this.#ending) return
      session.open = false
      this.happened()
      this.watched.errors.push({ step: session.lastStep, scope: 'channel', client, ...channel, ...refusal })
    })
    live.on('return', message => {
      this.happened()
      const { redelivered: _redelivered, ...seen } = seenOf(message)
      const { body, exchange, routingKey, ...rest } = seen
      this.watched.returned.push(this.names.show({ client, body, exchange, routingKey, replyCode: message.fields.replyCode, replyText: message.fields.replyText, ...rest, by: this.by() }))
    })
    const told = new Set<number>()
    const published = this.published(session)
    const before = published.before
    const confirmed = (outcome: 'ack' | 'nack', { deliveryTag, multiple }: { deliveryTag: number; multiple: boolean }): void => {
      for (let number = multiple ? 1 : deliveryTag; number <= deliveryTag; number += 1) {
        if (told.has(number)) continue
        told.add(number)
        this.happened()
        const body = published.bodies[before + number - 1]
        const first = this.watched.returned.some(one => one['client'] === client && one['body'] === body)
        this.watched.confirms.push({ client, ...channel, publishNo: before + number, body, outcome, ...(first ? { returnedFirst: true } : {}), by: this.by() })
      }
    }
    live.on('ack', fields => confirmed('ack', fields))
    live.on('nack', fields => confirmed('nack', fields))
  }

  /** Every open channel is flushed by a round trip; then nothing may happen for the quiet time. */
  async #settle(): Promise<void> {
    for (const session of this.#sessions.values()) {
      if (!session.open) continue
      await call(session.live, 'exchangeDeclare', { exchange: 'amq.direct', ...PROBE }).catch(() => {})
    }
    this.happened()
    while (performance.now() - this.#eventAt < this.#options.quietMs) await pause(10)
  }

  async #ends(): Promise<void> {
    const probe = await this.#connection('the probe of ends')
    for (const shown of this.queues) this.watched.queuesAtEnd[shown] = await this.#queueAtEnd(probe, this.names.real(shown))
    for (const name of this.exchanges) this.watched.exchangesAtEnd[name] = (await this.#asked(probe, 'exchangeDeclare', { exchange: name, ...PROBE })) !== null
  }

  async #queueAtEnd(probe: LiveConnection, queue: string): Promise<Seen> {
    const ask = { queue, ...PROBE }
    let told = await this.#asked(probe, 'queueDeclare', ask)
    // An exclusive queue answers its owner only.
    for (const connection of told === null ? this.#connections.values() : []) told ??= await this.#asked(connection, 'queueDeclare', ask)
    if (told === null) return { exists: false }
    // How many messages a stream has lags behind.
    const isStream = this.#recording.steps.some(step => step.op === 'declareQueue' && step['name'] === queue && (step['arguments'] as Seen | undefined)?.['x-queue-type'] === 'stream')
    return { exists: true, ...(isStream ? {} : { messagesReady: told['messageCount'] }), consumers: told['consumerCount'] }
  }

  async #asked(connection: LiveConnection, method: keyof typeof METHODS, fields: object): Promise<Record<string, unknown> | null> {
    const channel = await connection.createChannel()
    channel.on('error', () => {})
    try {
      const told = await call(channel, method, fields)
      await channel.close()
      return told
    } catch {
      return null
    }
  }
}

/** What is seen of a delivery, a return or a get. */
export function seenOf(message: LiveMessage): { readonly body: string; readonly exchange: string; readonly routingKey: string; readonly redelivered: boolean; readonly properties?: Record<string, unknown> } {
  const properties: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(message.properties)) if (value !== undefined && name !== 'clusterId') properties[name] = plain(value)
  if (Object.keys(properties['headers'] ?? {}).length === 0) delete properties['headers']
  const { exchange, routingKey, redelivered } = message.fields
  return { body: message.content.toString(), exchange, routingKey, redelivered, ...(Object.keys(properties).length > 0 ? { properties } : {}) }
}

/** Values as a recording has them: entries of x-death without their time. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name, one]) => !(name === 'time' && typeof one === 'object')).map(([name, one]) => [name, plain(one)]))
}
