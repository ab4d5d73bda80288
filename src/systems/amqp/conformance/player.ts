import { catalogueOf } from '../../../contract/manifest.ts'
import { FLAG_REDELIVERED, type Handle, type Headers } from '../../../contract/model.ts'
import { createRun, type Run } from '../../../engine/run.ts'
import type { NodeRuntime } from '../../../engine/node-runtime.ts'
import type { Config, Topology } from '../../../topology/document.ts'
import type { Broker } from '../broker.ts'
import type { Control, Reply } from '../control.ts'
import type { Recording, Seen, Step, Watched } from './recording.ts'
import { playerBehaviour, playerManifest, SessionEndpoint, sessionManifest, sessionSystem } from './session.ts'

interface Session {
  readonly client: string
  readonly channel: string
  readonly endpoint: SessionEndpoint
  readonly node: NodeRuntime
  open: boolean
  lastStep: number
  /** Bodies of confirm-mode publishes, in order. */
  readonly published: string[]
  confirming: boolean
}

interface ConsumerState {
  readonly name: string
  readonly number: number
  session: Session
  count: number
  /** Delivery tags in order of arrival, 1-based by nth. */
  readonly tags: number[]
}

/** Replays one recording through a run of its own: a broker, and one application per client, joined by wires without latency. */
export class Player {
  readonly watched: Watched = { deliveries: [], returned: [], confirms: [], gets: [], replies: [], cancelled: [], errors: [], queuesAtEnd: {}, exchangesAtEnd: {} }
  readonly #recording: Recording
  readonly #settleMs: number
  readonly #run: Run
  readonly #sessions = new Map<string, Session>()
  readonly #consumers: ConsumerState[] = []
  readonly #aliases = new Map<string, string>()
  readonly #gets = new Map<string, { session: Session; tag: number; seen: Seen }>()
  readonly #queueNames = new Set<string>()
  readonly #exchangeNames = new Set<string>()
  #step = 0
  #answer: Reply | null = null

  constructor(recording: Recording, settleMs: number) {
    this.#recording = recording
    this.#settleMs = settleMs
    this.#run = createRun({ topology: topologyOf(recording), catalogue: catalogueOf([sessionManifest, playerManifest]), models: { systems: [sessionSystem], behaviours: [playerBehaviour] }, check: true })
    for (const [client, channel] of sessionsOf(recording)) {
      const node = this.#run.parts.nodes.get(`client ${client}`)!
      const endpoint = node.endpoints.find(one => one.channel.id === sessionId(client, channel))
      if (!(endpoint instanceof SessionEndpoint)) throw new Error(`no session ${client} ${channel}`)
      const session: Session = { client, channel, endpoint, node, open: false, lastStep: 0, published: [], confirming: false }
      endpoint.listener = { delivered: (consumer, message, tag) => this.#delivered(session, consumer, message, tag), replied: reply => this.#replied(session, reply) }
      this.#sessions.set(sessionId(client, channel), session)
    }
  }

  play(): Watched {
    this.#recording.steps.forEach((step, index) => {
      this.#step = index
      this.#perform(step)
      this.#quiesce()
    })
    this.#step = this.#recording.steps.length
    this.#settle()
    this.#ends()
    return this.watched
  }

  /** Everything due at this instant happens. */
  #quiesce(): void {
    this.#run.advance(this.#run.nowNs)
  }

  #settle(): void {
    this.#run.advance(this.#run.nowNs + this.#settleMs * 1e6)
  }

  #perform(step: Step): void {
    switch (step.op) {
      case 'settle':
        return this.#settle()
      case 'wait':
        this.#run.advance(this.#run.nowNs + Number(step['ms']) * 1e6)
        return
      case 'restartBroker':
        for (const client of new Set([...this.#sessions.values()].map(one => one.client))) this.#hangUp(client)
        this.#quiesce()
        this.#run.input({ input: 'fault', fault: { fault: 'crash', node: 'broker' } })
        this.#run.input({ input: 'fault', fault: { fault: 'restart', node: 'broker' } })
        return
      case 'closeClient':
      case 'killClient':
        return this.#hangUp(clientOf(step))
      case 'closeChannel': {
        const session = this.#sessions.get(sessionId(clientOf(step), channelOf(step)))
        if (session?.open) this.#ask(session, { verb: 'close' })
        if (session) session.open = false
        return
      }
      default:
        this.#performOn(this.#session(step), step)
    }
  }

  #performOn(session: Session, step: Step): void {
    const name = (field: string): string => this.#resolve(String(step[field] ?? ''))
    const flag = (field: string): boolean => step[field] === true
    const args = (step['arguments'] ?? {}) as Config
    switch (step.op) {
      case 'connect':
      case 'openChannel':
        return
      case 'declareExchange':
        this.#exchangeNames.add(String(step['name']))
        this.#ask(session, { verb: 'declare-exchange', name: name('name'), type: String(step['type'] ?? 'direct'), durable: flag('durable'), autoDelete: flag('autoDelete'), internal: flag('internal'), passive: flag('passive'), arguments: args })
        return
      case 'deleteExchange':
        this.#ask(session, { verb: 'delete-exchange', name: name('name'), ifUnused: flag('ifUnused') })
        return
      case 'declareQueue':
        return this.#declareQueue(session, step, args)
      case 'deleteQueue': {
        const reply = this.#ask(session, { verb: 'delete-queue', name: name('name'), ifUnused: flag('ifUnused'), ifEmpty: flag('ifEmpty') })
        if (reply?.reply === 'ok') this.watched.replies.push({ step: this.#step, op: step.op, queue: step['name'], messageCount: reply.messageCount })
        return
      }
      case 'purge': {
        const reply = this.#ask(session, { verb: 'purge', name: name('queue') })
        if (reply?.reply === 'ok') this.watched.replies.push({ step: this.#step, op: step.op, queue: step['queue'], messageCount: reply.messageCount })
        return
      }
      case 'bindQueue':
      case 'unbindQueue':
        this.#ask(session, { verb: step.op === 'bindQueue' ? 'bind-queue' : 'unbind-queue', queue: name('queue'), exchange: name('exchange'), routingKey: name('routingKey'), arguments: args })
        return
      case 'bindExchange':
      case 'unbindExchange':
        this.#ask(session, { verb: step.op === 'bindExchange' ? 'bind-exchange' : 'unbind-exchange', source: name('source'), destination: name('destination'), routingKey: name('routingKey'), arguments: args })
        return
      case 'qos':
        this.#ask(session, { verb: 'qos', count: Number(step['count']), global: flag('global') })
        return
      case 'consume':
        return this.#consume(session, step, args)
      case 'cancel': {
        const consumer = this.#consumers.find(one => one.name === step['consumer'])
        if (consumer) this.#ask(consumer.session, { verb: 'cancel', consumer: consumer.number })
        return
      }
      case 'publish':
        return this.#publish(session, step)
      case 'ack':
      case 'nack':
      case 'reject':
        return this.#settleDelivery(session, step)
      case 'recover':
        this.#ask(session, { verb: 'recover', requeue: step['requeue'] !== false })
        return
      case 'get':
        return this.#get(session, step)
      default:
        throw new Error(`the player doesn't know the step ${step.op}`)
    }
  }

  /** The session of a step; a closed one opens anew. */
  #session(step: Step): Session {
    const settling = ['ack', 'nack', 'reject', 'cancel'].includes(step.op)
    const consumer = settling ? this.#consumers.find(one => one.name === step['consumer']) : undefined
    const got = settling && typeof step['get'] === 'string' ? this.#gets.get(step['get']) : undefined
    const origin = consumer?.session ?? got?.session
    const client = typeof step['client'] === 'string' ? step['client'] : (origin?.client ?? 'main')
    const channel = typeof step['channel'] === 'string' ? step['channel'] : (origin?.channel ?? '1')
    const session = this.#sessions.get(sessionId(client, channel))!
    if (!session.open) {
      session.open = true
      session.confirming = false
      session.published.length = 0
      session.endpoint.client.open({ connection: client, virtualHost: '/' })
      this.#quiesce()
    }
    session.lastStep = this.#step
    return session
  }

  #hangUp(client: string): void {
    for (const session of this.#sessions.values()) {
      if (session.client !== client || !session.open) continue
      session.open = false
      session.endpoint.client.forget()
      session.endpoint.channel.hangUp('from')
    }
  }

  /** A synchronous method: the answer, or null when it failed. */
  #ask(session: Session, control: Control): Reply | null {
    this.#answer = null
    session.endpoint.client.control(control)
    this.#quiesce()
    return this.#answer
  }

  #declareQueue(session: Session, step: Step, args: Config): void {
    const given = String(step['name'] ?? '')
    const flag = (field: string): boolean => step[field] === true
    const reply = this.#ask(session, { verb: 'declare-queue', name: this.#resolve(given), durable: flag('durable'), exclusive: flag('exclusive'), autoDelete: flag('autoDelete'), passive: flag('passive'), arguments: args })
    const shown = typeof step['as'] === 'string' ? `$${step['as']}` : given
    this.#queueNames.add(shown)
    if (reply?.reply !== 'ok') return
    if (typeof step['as'] === 'string' && reply.name !== undefined) this.#aliases.set(shown, reply.name)
    if (flag('passive')) this.watched.replies.push({ step: this.#step, op: step.op, queue: shown, messageCount: reply.messageCount, consumerCount: reply.consumerCount })
  }

  #consume(session: Session, step: Step, args: Config): void {
    const name = String(step['consumer'])
    if (step['prefetch'] !== undefined) this.#ask(session, { verb: 'qos', count: Number(step['prefetch']), global: false })
    if (!session.open) return
    let consumer = this.#consumers.find(one => one.name === name && one.session === session)
    if (!consumer) {
      const known = this.#consumers.find(one => one.name === name)
      consumer = known ?? { name, number: this.#consumers.length + 1, session, count: 0, tags: [] }
      consumer.session = session
      if (!known) this.#consumers.push(consumer)
    }
    const priority = step['priority'] === undefined ? {} : { 'x-priority': Number(step['priority']) }
    this.#ask(session, { verb: 'consume', queue: this.#resolve(String(step['queue'] ?? '')), consumer: consumer.number, tag: name, noAck: step['noAck'] === true, exclusive: step['exclusive'] === true, arguments: { ...args, ...priority } })
  }

  #publish(session: Session, step: Step): void {
    const bodies = Array.isArray(step['bodies']) ? (step['bodies'] as unknown[]).map(String) : [String(step['body'] ?? '')]
    if (step['confirm'] === true && !session.confirming) {
      this.#ask(session, { verb: 'confirm' })
      session.confirming = true
    }
    const properties = this.#substituted((step['properties'] ?? {}) as Record<string, unknown>)
    const exchange = this.#resolve(String(step['exchange'] ?? ''))
    const routingKey = this.#resolve(String(this.#value(step['routingKey'] ?? '')))
    for (const body of bodies) {
      if (session.confirming) session.published.push(body)
      const message = session.node.publish({ key: routingKey, body, type: 'document', headers: (properties['headers'] ?? null) as Headers, persistent: properties['deliveryMode'] === 2, properties })
      session.endpoint.client.publish(message, { exchange, routingKey }, step['mandatory'] === true)
    }
  }

  #settleDelivery(session: Session, step: Step): void {
    const consumer = this.#consumers.find(one => one.name === step['consumer'])
    const got = typeof step['get'] === 'string' ? this.#gets.get(step['get']) : undefined
    const tag = typeof step['deliveryTag'] === 'number' ? step['deliveryTag'] : (got?.tag ?? consumer?.tags[Number(step['delivery']) - 1] ?? 0)
    const multiple = step['multiple'] === true
    const { client } = session.endpoint
    if (step.op === 'ack') client.ack(tag, multiple)
    else client.nack(tag, { multiple, requeue: step['requeue'] !== false })
  }

  #get(session: Session, step: Step): void {
    const queue = String(step['queue'])
    const reply = this.#ask(session, { verb: 'get', queue: this.#resolve(queue), noAck: step['noAck'] === true })
    if (reply?.reply === 'empty') this.watched.gets.push({ step: this.#step, queue, empty: true })
    if (reply?.reply !== 'got') return
    const { message } = reply
    const seen: Seen = { step: this.#step, queue, body: message.body, exchange: reply.exchange, routingKey: this.#shown(message.key), redelivered: reply.redelivered, ...this.#properties(message.properties), messageCount: reply.messageCount }
    this.watched.gets.push(seen)
    if (typeof step['as'] === 'string') this.#gets.set(step['as'], { session, tag: reply.tag, seen })
  }

  #delivered(session: Session, number: number, message: Handle, tag: number): void {
    const consumer = this.#consumers.find(one => one.number === number)!
    const { messages } = session.node
    consumer.count += 1
    consumer.tags.push(tag)
    this.watched.deliveries.push({
      consumer: consumer.name,
      nth: consumer.count,
      body: messages.body(message),
      exchange: messages.text(messages.via(message)),
      routingKey: this.#shown(messages.key(message)),
      redelivered: (messages.flags(message) & FLAG_REDELIVERED) !== 0,
      ...this.#properties(messages.properties(message)),
      by: this.#by(),
    })
    if (tag === 0) session.node.process(message)
  }

  #replied(session: Session, reply: Reply): void {
    const channel = session.channel === '1' ? {} : { channel: session.channel }
    switch (reply.reply) {
      case 'error':
        session.open = false
        this.watched.errors.push({ step: session.lastStep, scope: reply.scope, client: session.client, ...(reply.scope === 'channel' ? channel : {}), code: reply.code, name: reply.name })
        if (reply.scope === 'connection') for (const one of this.#sessions.values()) if (one.client === session.client) one.open = false
        return
      case 'cancelled':
        this.watched.cancelled.push({ consumer: this.#consumers.find(one => one.number === reply.consumer)?.name, by: this.#by() })
        return
      case 'confirmed': {
        const body = session.published[reply.publishNo - 1]
        const first = this.watched.returned.some(one => one['client'] === session.client && one['body'] === body)
        this.watched.confirms.push({ client: session.client, ...channel, publishNo: reply.publishNo, body, outcome: reply.outcome, ...(first ? { returnedFirst: true } : {}), by: this.#by() })
        return
      }
      case 'returned':
        this.watched.returned.push({ client: session.client, body: reply.message.body, exchange: reply.exchange, routingKey: this.#shown(reply.message.key), replyCode: reply.code, replyText: reply.text, ...this.#properties(reply.message.properties), by: this.#by() })
        return
      default:
        this.#answer = reply
    }
  }

  /** Index of the first settle, wait or restart at or after the present step. */
  #by(): number {
    const { steps } = this.#recording
    for (let index = this.#step; index < steps.length; index += 1) if (['settle', 'wait', 'restartBroker'].includes(steps[index]!.op)) return index
    return steps.length
  }

  #ends(): void {
    const broker = this.#run.system('broker') as Broker // the only system of this run
    for (const shown of this.#queueNames) {
      const queue = broker.objects.findQueue('/', this.#aliases.get(shown) ?? shown)
      this.watched.queuesAtEnd[shown] = queue ? { exists: true, messagesReady: queue.ready.count, consumers: queue.consumers.length } : { exists: false }
    }
    for (const name of this.#exchangeNames) this.watched.exchangesAtEnd[name] = broker.objects.findExchange('/', name) !== undefined
  }

  #resolve(name: string): string {
    return this.#aliases.get(name) ?? name
  }

  #shown(name: string): string {
    for (const [alias, real] of this.#aliases) if (real === name) return alias
    return name
  }

  /** A value taken from an earlier delivery or get, or the value itself. */
  #value(value: unknown): unknown {
    const from = (value as { from?: unknown } | null)?.from
    if (typeof from !== 'object' || from === null) return typeof value === 'string' ? this.#resolve(value) : value
    const { consumer, delivery, get, field } = from as { consumer?: string; delivery?: number; get?: string; field: string }
    const seen = get === undefined ? this.watched.deliveries.find(one => one['consumer'] === consumer && one['nth'] === delivery) : this.#gets.get(get)?.seen
    const found = seen?.[field] ?? (seen?.['properties'] as Record<string, unknown> | undefined)?.[field]
    return typeof found === 'string' ? this.#resolve(found) : found
  }

  #substituted(properties: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, this.#value(value)]))
  }

  /** What was present, real queue names as their aliases. */
  #properties(properties: Readonly<Record<string, unknown>> | null): { properties?: Record<string, unknown> } {
    const there = Object.entries(properties ?? {}).filter(([name, value]) => value !== undefined && !(name === 'headers' && Object.keys(value as object).length === 0))
    return there.length === 0 ? {} : { properties: Object.fromEntries(there.map(([name, value]) => [name, typeof value === 'string' ? this.#shown(value) : value])) }
  }
}

const clientOf = (step: Step): string => (typeof step['client'] === 'string' ? step['client'] : 'main')
const channelOf = (step: Step): string => (typeof step['channel'] === 'string' ? step['channel'] : '1')
const sessionId = (client: string, channel: string): string => `${client} / ${channel}`

/** Every client and channel that any step names. */
function sessionsOf(recording: Recording): readonly (readonly [string, string])[] {
  const clients = new Set(['main', ...recording.steps.map(clientOf)])
  const channels = new Set(['1', ...recording.steps.map(channelOf)])
  return [...clients].flatMap(client => [...channels].map(channel => [client, channel] as const))
}

function topologyOf(recording: Recording): Topology {
  const at = { x: 0, y: 0 }
  const sessions = sessionsOf(recording)
  return {
    format: 1,
    title: recording.title,
    seed: 1,
    nodes: [{ id: 'broker', type: 'amqp.broker', label: 'broker', at, config: {} }, ...[...new Set(sessions.map(([client]) => client))].map(client => ({ id: `client ${client}`, type: 'player.client', label: client, at, config: {} }))],
    channels: sessions.map(([client, channel]) => ({ id: sessionId(client, channel), type: 'amqp.session', from: `client ${client}`, to: 'broker', config: { latency: { law: 'constant', value: 0 } } })),
  }
}
