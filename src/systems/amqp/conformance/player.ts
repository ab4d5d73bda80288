import { catalogueOf } from '../../../contract/manifest.ts'
import { FLAG_REDELIVERED, type Handle, type Headers } from '../../../contract/message.ts'
import { playerBehaviour, playerManifest } from '../../../contract/testing/player-client.ts'
import { createRun, type Run } from '../../../engine/run.ts'
import type { NodeRuntime } from '../../../engine/node-runtime.ts'
import type { Config } from '../../../topology/document.ts'
import type { Broker } from '../broker.ts'
import type { Control, Reply } from '../control.ts'
import { headersSeen } from '../envelope.ts'
import { Names } from './names.ts'
import type { Recording, Seen, Step, Watched } from './recording.ts'
import { propertiesOf, stateOf } from './seen.ts'
import { SessionEndpoint, sessionManifest, sessionSystem } from './session.ts'
import { channelOf, clientOf, sessionId, sessionsOf, topologyOf } from './stage-setting.ts'

interface Session {
  readonly client: string
  readonly channel: string
  readonly endpoint: SessionEndpoint
  readonly node: NodeRuntime
  open: boolean
  /** The connection stands, whether this channel of it is open or not. */
  connected: boolean
  lastStep: number
  /** Bodies of confirm-mode publishes, in order: of this channel, and of those that had its name before. */
  readonly published: string[]
  confirming: boolean
  /** How many were published before this channel was opened. */
  publishedBefore: number
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
  readonly #names = new Names()
  readonly #gets = new Map<string, { session: Session; tag: number; seen: Seen }>()
  readonly #queueNames = new Set<string>()
  readonly #exchangeNames = new Set<string>()
  /** What clients wrote and did not flush yet. */
  #unsent: { readonly client: string; readonly send: () => void }[] = []
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
      const session: Session = { client, channel, endpoint, node, open: false, connected: false, lastStep: 0, published: [], confirming: false, publishedBefore: 0 }
      endpoint.listener = { delivered: (consumer, message, tag) => this.#delivered(session, consumer, message, tag), confirmed: (publishNo, accepted) => this.#confirmed(session, publishNo, accepted), replied: reply => this.#replied(session, reply) }
      this.#sessions.set(sessionId(client, channel), session)
    }
  }

  play(): Watched {
    this.#recording.steps.forEach((step, index) => {
      if (!UNSENT.includes(step.op)) this.#flush()
      this.#step = index
      this.#perform(step)
      this.#quiesce()
    })
    this.#flush()
    this.#step = this.#recording.steps.length
    this.#settle()
    this.#ends()
    return this.watched
  }

  /** What was written goes out, in the order of the steps. */
  #flush(): void {
    const unsent = this.#unsent
    this.#unsent = []
    for (const { send } of unsent) {
      send()
      this.#quiesce()
    }
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
        this.#run.input({ input: 'fault', fault: { fault: 'stop', node: 'broker' } })
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
    const name = (field: string): string => this.#text(step[field])
    const flag = (field: string): boolean => step[field] === true
    const args = this.#value(step['arguments'] ?? {}) as Config // names and values of a step
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
      this.#flush()
      session.open = true
      session.connected = true
      session.confirming = false
      session.publishedBefore = session.published.length
      session.endpoint.client.open({ connection: client, virtualHost: '/', user: 'guest' })
      this.#quiesce()
    }
    session.lastStep = this.#step
    return session
  }

  /** The end of a connection, on a channel of its own, overtakes what the client had written on its channels and not yet flushed. */
  #hangUp(client: string): void {
    this.#unsent = this.#unsent.filter(one => one.client !== client)
    this.#flush()
    // The channels of a connection end side by side; the real broker mostly has the youngest first. Its client hears nothing more on any.
    const ending = [...this.#sessions.values()].reverse().filter(session => session.client === client && session.connected)
    for (const session of ending) session.open = session.connected = false
    for (const session of ending) {
      session.endpoint.client.forget()
      session.endpoint.channel.hangUp('from')
      this.#quiesce()
    }
  }

  /** A synchronous method: the answer, or null when it failed. */
  #ask(session: Session, control: Control): Reply | null {
    this.#flush()
    this.#answer = null
    session.endpoint.client.control(control)
    this.#quiesce()
    return this.#answer
  }

  #declareQueue(session: Session, step: Step, args: Config): void {
    const given = this.#text(step['name'])
    const flag = (field: string): boolean => step[field] === true
    const reply = this.#ask(session, { verb: 'declare-queue', name: given, durable: flag('durable'), exclusive: flag('exclusive'), autoDelete: flag('autoDelete'), passive: flag('passive'), arguments: args })
    const shown = typeof step['as'] === 'string' ? `$${step['as']}` : String(this.#names.shown(given))
    this.#queueNames.add(shown)
    if (reply?.reply !== 'ok') return
    if (typeof step['as'] === 'string' && reply.name !== undefined) this.#names.bind(shown, reply.name)
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
    this.#ask(session, { verb: 'consume', queue: this.#text(step['queue']), consumer: consumer.number, tag: name, noAck: step['noAck'] === true, exclusive: step['exclusive'] === true, arguments: { ...args, ...priority } })
  }

  #publish(session: Session, step: Step): void {
    const bodies = Array.isArray(step['bodies']) ? (step['bodies'] as unknown[]).map(String) : [String(step['body'] ?? '')]
    if (step['confirm'] === true && !session.confirming) {
      this.#ask(session, { verb: 'confirm' })
      session.confirming = true
    }
    const properties = this.#value(step['properties'] ?? {}) as Record<string, unknown> // an object stays one
    const exchange = this.#text(step['exchange'])
    const routingKey = this.#text(step['routingKey'])
    const { headers, ...rest } = properties
    const draft = { key: routingKey, type: 'document' as const, persistent: properties['deliveryMode'] === 2, ...(headers ? { headers: headers as Headers } : {}), ...(Object.keys(rest).length > 0 ? { properties: rest } : {}) }
    const options = { mandatory: step['mandatory'] === true, immediate: step['immediate'] === true }
    for (const body of bodies) {
      if (session.confirming) session.published.push(body)
      this.#write(session, () => session.endpoint.client.publishTo({ exchange, routingKey }, session.node.publish({ ...draft, body }), options))
    }
  }

  #write(session: Session, send: () => void): void {
    this.#unsent.push({ client: session.client, send })
  }

  #settleDelivery(session: Session, step: Step): void {
    const consumer = this.#consumers.find(one => one.name === step['consumer'])
    const got = typeof step['get'] === 'string' ? this.#gets.get(step['get']) : undefined
    const tag = typeof step['deliveryTag'] === 'number' ? step['deliveryTag'] : (got?.tag ?? consumer?.tags[Number(step['delivery']) - 1] ?? 0)
    const multiple = step['multiple'] === true
    const { client } = session.endpoint
    this.#write(session, () => (step.op === 'ack' ? client.ack(tag, multiple) : client.nack(tag, { multiple, requeue: step['requeue'] !== false })))
  }

  #get(session: Session, step: Step): void {
    const queue = String(step['queue'])
    const reply = this.#ask(session, { verb: 'get', queue: this.#text(queue), noAck: step['noAck'] === true })
    if (reply?.reply === 'empty') this.watched.gets.push({ step: this.#step, queue, empty: true })
    if (reply?.reply !== 'got') return
    const { message } = reply
    const seen = this.#names.show({ step: this.#step, queue, body: message.body, exchange: reply.exchange, routingKey: message.key, redelivered: reply.redelivered, ...propertiesOf(message.headers, message.properties), messageCount: reply.messageCount })
    this.watched.gets.push(seen)
    if (typeof step['as'] === 'string') this.#gets.set(step['as'], { session, tag: reply.tag, seen })
  }

  #delivered(session: Session, number: number, message: Handle, tag: number): void {
    const consumer = this.#consumers.find(one => one.number === number)!
    const { messages } = session.node
    if (!session.connected) {
      if (tag < 0) session.node.process(message)
      return
    }
    consumer.count += 1
    consumer.tags.push(Math.abs(tag))
    const seen = {
      consumer: consumer.name,
      nth: consumer.count,
      body: messages.body(message),
      exchange: messages.text(messages.via(message)),
      routingKey: messages.key(message),
      redelivered: (messages.flags(message) & FLAG_REDELIVERED) !== 0,
      ...propertiesOf(headersSeen(messages, message), messages.properties(message)),
      by: this.#by(),
    }
    this.watched.deliveries.push(this.#names.show(seen))
    if (tag < 0) session.node.process(message)
  }

  #replied(session: Session, reply: Reply): void {
    const channel = channelShown(session)
    switch (reply.reply) {
      case 'error':
        session.open = false
        if (reply.also) return
        this.watched.errors.push({ step: session.lastStep, scope: reply.scope, client: session.client, ...(reply.scope === 'channel' ? channel : {}), code: reply.code, name: reply.name })
        if (reply.scope === 'connection') for (const one of this.#sessions.values()) if (one.client === session.client) one.open = one.connected = false
        return
      case 'cancelled':
        this.watched.cancelled.push({ consumer: this.#consumers.find(one => one.number === reply.consumer)?.name, by: this.#by() })
        return
      case 'returned':
        this.watched.returned.push(this.#names.show({ client: session.client, body: reply.message.body, exchange: reply.exchange, routingKey: reply.message.key, replyCode: reply.code, replyText: reply.text, ...propertiesOf(reply.message.headers, reply.message.properties), by: this.#by() }))
        return
      default:
        this.#answer = reply
    }
  }

  #confirmed(session: Session, number: number, accepted: boolean): void {
    const publishNo = session.publishedBefore + number
    const body = session.published[publishNo - 1]
    const first = this.watched.returned.some(one => one['client'] === session.client && one['body'] === body)
    this.watched.confirms.push({ client: session.client, ...channelShown(session), publishNo, body, outcome: accepted ? 'ack' : 'nack', ...(first ? { returnedFirst: true } : {}), by: this.#by() })
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
      const queue = broker.objects.findQueue('/', this.#names.real(shown))
      this.watched.queuesAtEnd[shown] = stateOf(queue)
    }
    for (const name of this.#exchangeNames) this.watched.exchangesAtEnd[name] = broker.objects.findExchange('/', name) !== undefined
  }

  /** A text of a step, with what it stands for. */
  #text(value: unknown): string {
    return String(this.#value(value ?? ''))
  }

  #value(value: unknown): unknown {
    return this.#names.value(value, ({ consumer, delivery, get }) => (get === undefined ? this.watched.deliveries.find(one => one['consumer'] === consumer && one['nth'] === delivery) : this.#gets.get(String(get))?.seen))
  }
}

/** Steps that only write; whatever else a client does waits until it is written. */
const UNSENT = ['publish', 'ack', 'nack', 'reject', 'closeClient', 'killClient']
const channelShown = (session: Session): { channel?: string } => (session.channel === '1' ? {} : { channel: session.channel })
