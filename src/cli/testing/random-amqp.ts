import { randomStream, type RandomStream } from '../../kernel/random.ts'
import { Player } from '../../systems/amqp/conformance/player.ts'
import type { Recording, Seen, Step } from '../../systems/amqp/conformance/recording.ts'

/** What a script is about: which queues it has, and what happens to them. */
export const THEMES = ['routing', 'classic', 'quorum', 'dead-letters', 'limits', 'priority', 'single-active', 'windows', 'lifetime', 'stream', 'expiry', 'errors'] as const
export type Theme = (typeof THEMES)[number]

type Args = Record<string, unknown>
interface QueueDraft {
  readonly name: string
  readonly durable: boolean
  readonly exclusive: boolean
  readonly autoDelete: boolean
  readonly arguments: Args
}

const KEYS = ['a', 'a.b', 'b', 'b.c.d', '', 'a.b.c']
const PATTERNS = ['a', '#', '*', 'a.#', '*.b', '#.b.#', 'a.*.c', 'b', '']
const CLIENTS = ['main', 'main', 'other']
const CHANNELS = ['1', '1', '2']
const STEPS = 26
/** Scripts about expiry are short, so that what they take in the real world doesn't reach it. */
const STEPS_TIMED = 14
const TTL_MS = 3000

/** A script of steps, made while the model plays it, so that it settles what was delivered; the same seed makes the same. */
export function randomScript(seed: number, theme: Theme): Recording {
  return new Script(seed, theme).write()
}

class Script {
  readonly #random: RandomStream
  readonly #theme: Theme
  readonly #seed: number
  readonly #steps: Step[] = []
  readonly #queues: QueueDraft[] = []
  readonly #exchanges: { readonly name: string; readonly type: string }[] = []
  readonly #settled = new Set<string>()
  /** Where each consumer was started. */
  readonly #consumers = new Map<string, { readonly client: string; readonly channel: string }>()
  readonly #gets: { readonly as: string; readonly step: number }[] = []
  #bodies = 0
  #names = 0

  constructor(seed: number, theme: Theme) {
    this.#seed = seed
    this.#theme = theme
    this.#random = randomStream(seed, `amqp ${theme}`)
  }

  write(): Recording {
    this.#stage()
    for (let n = 0; n < (this.#theme === 'expiry' ? STEPS_TIMED : STEPS); n += 1) {
      this.#next()
      this.#steps.push({ op: 'settle' })
    }
    return this.#recording()
  }

  #recording(): Recording {
    return { id: `random-${this.#theme}-${this.#seed}`, system: 'amqp', title: `A random script about ${this.#theme}`, rules: [], steps: [...this.#steps], observed: {} }
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#random.integer(items.length)]!
  }
  #chance(share: number): boolean {
    return this.#random.chance(share)
  }
  #where(): { client?: string; channel?: string } {
    const [client, channel] = [this.#pick(CLIENTS), this.#pick(CHANNELS)]
    return { ...(client === 'main' ? {} : { client }), ...(channel === '1' ? {} : { channel }) }
  }
  /** The one that declared the exclusive queues, mostly. */
  #owner(): { client?: string; channel?: string } {
    return this.#queues.some(one => one.exclusive) && this.#chance(0.85) ? { ...(this.#chance(0.3) ? { channel: '2' } : {}) } : this.#where()
  }

  #stage(): void {
    const theme = this.#theme
    const exchanges = theme === 'routing' ? 4 : theme === 'dead-letters' ? 2 : 1 + this.#random.integer(2)
    for (let n = 0; n < exchanges; n += 1) {
      const type = this.#pick(theme === 'dead-letters' ? ['fanout', 'direct', 'topic'] : ['direct', 'fanout', 'topic', 'headers', 'topic'])
      this.#exchanges.push({ name: `x${n}`, type })
      const args: Args = this.#chance(theme === 'routing' ? 0.4 : 0.1) ? { 'alternate-exchange': `x${this.#random.integer(exchanges)}` } : {}
      this.#steps.push({ op: 'declareExchange', name: `x${n}`, type, ...(this.#chance(0.15) ? { autoDelete: true } : {}), ...(theme === 'routing' && this.#chance(0.15) ? { internal: true } : {}), ...(Object.keys(args).length > 0 ? { arguments: args } : {}) })
    }
    const queues = 2 + this.#random.integer(2)
    for (let n = 0; n < queues; n += 1) this.#declare(this.#draft(`q${n}`))
    for (let n = 0; n < queues + 1; n += 1) this.#bind('bindQueue')
    if (theme === 'routing') for (let n = 0; n < 3; n += 1) this.#bindExchange('bindExchange')
    this.#steps.push({ op: 'settle' })
  }

  #draft(name: string): QueueDraft {
    const theme = this.#theme
    const kind = theme === 'quorum' || (['dead-letters', 'limits', 'single-active', 'expiry', 'errors'].includes(theme) && this.#chance(0.4)) ? 'quorum' : theme === 'stream' && this.#chance(0.7) ? 'stream' : 'classic'
    const args: Args = {}
    if (kind !== 'classic') args['x-queue-type'] = kind
    if (theme === 'dead-letters' || (theme !== 'stream' && kind !== 'stream' && this.#chance(0.15))) {
      args['x-dead-letter-exchange'] = this.#pick(['', 'x0', 'x1', 'x1', 'missing'])
      if (args['x-dead-letter-exchange'] === '' || this.#chance(0.4)) args['x-dead-letter-routing-key'] = this.#pick(['q0', 'q1', 'q2', 'a.b'])
    }
    if (theme === 'dead-letters' && this.#chance(0.4)) args['x-max-length'] = 2
    if (theme === 'limits') {
      if (this.#chance(0.75)) args['x-max-length'] = 1 + this.#random.integer(4)
      if (this.#chance(0.3)) args['x-max-length-bytes'] = 6 + this.#random.integer(12)
      if (this.#chance(0.6)) args['x-overflow'] = this.#pick(kind === 'quorum' ? ['drop-head', 'drop-head', 'reject-publish'] : ['drop-head', 'reject-publish', 'reject-publish-dlx'])
      if (this.#chance(0.4)) args['x-dead-letter-exchange'] = this.#pick(['x0', 'x1'])
    }
    if (theme === 'priority' && this.#chance(0.8)) args['x-max-priority'] = this.#pick([1, 3, 5])
    if (theme === 'priority' && this.#chance(0.3)) args['x-max-length'] = 3
    if (theme === 'single-active' || (kind !== 'stream' && this.#chance(0.05))) args['x-single-active-consumer'] = true
    if (kind === 'quorum' && this.#chance(0.5)) args['x-delivery-limit'] = this.#random.integer(4)
    if (theme === 'expiry' && this.#chance(0.6)) args['x-message-ttl'] = this.#pick([TTL_MS, 60_000])
    const lifetime = theme === 'lifetime'
    return { name, durable: kind !== 'classic' || this.#chance(0.5), exclusive: lifetime && this.#chance(0.35), autoDelete: lifetime && this.#chance(0.4), arguments: args }
  }

  #declare(draft: QueueDraft): void {
    this.#queues.push(draft)
    this.#steps.push({ op: 'declareQueue', ...declared(draft) })
  }

  #queue(): string {
    return this.#pick(this.#queues).name
  }
  #exchange(): string {
    return this.#pick(this.#exchanges).name
  }

  #bind(op: 'bindQueue' | 'unbindQueue'): void {
    const exchange = this.#pick(this.#exchanges)
    this.#steps.push({ op, ...this.#owner(), queue: this.#queue(), exchange: exchange.name, routingKey: this.#pick(exchange.type === 'topic' ? PATTERNS : KEYS), ...(exchange.type === 'headers' ? { arguments: this.#match() } : {}) })
  }
  #bindExchange(op: 'bindExchange' | 'unbindExchange'): void {
    const source = this.#pick(this.#exchanges)
    this.#steps.push({ op, ...this.#where(), source: source.name, destination: this.#exchange(), routingKey: this.#pick(source.type === 'topic' ? PATTERNS : KEYS), ...(source.type === 'headers' ? { arguments: this.#match() } : {}) })
  }

  #match(): Args {
    return { ...(this.#chance(0.7) ? { 'x-match': this.#pick(['all', 'any', 'all-with-x', 'any-with-x']) } : {}), ...this.#some({ h: this.#pick([1, 2, '1', true, null]), k: this.#pick(['u', 'v']), 'x-n': this.#pick([1, 2]) }) }
  }
  #some(of: Args): Args {
    return Object.fromEntries(Object.entries(of).filter(() => this.#chance(0.6)))
  }

  #publish(): void {
    // What a stream gets in one go it may hand out in one go: chunks are not modelled.
    const bodies = Array.from({ length: this.#theme === 'stream' ? 1 : this.#pick([1, 1, 2, 3, 5]) }, () => `m${(this.#bodies += 1)}${'x'.repeat(this.#pick([0, 0, 3]))}`)
    const direct = this.#chance(this.#theme === 'routing' ? 0.1 : 0.5)
    const headers = this.#some({ h: this.#pick([1, 2, '1', true]), k: this.#pick(['u', 'v']), 'x-n': this.#pick([1, 2]) })
    if (this.#chance(0.1)) headers['CC'] = [this.#pick([...KEYS, this.#queue()])]
    if (this.#chance(0.07)) headers['BCC'] = [this.#pick([...KEYS, this.#queue()])]
    const properties: Args = {
      ...(Object.keys(headers).length > 0 && this.#chance(0.6) ? { headers } : {}),
      ...(this.#chance(0.4) ? { deliveryMode: this.#pick([1, 2]) } : {}),
      ...(this.#theme === 'priority' ? { priority: this.#random.integer(8) } : {}),
      ...(this.#theme === 'expiry' && this.#chance(0.4) ? { expiration: this.#pick([String(TTL_MS), '60000']) } : {}),
    }
    this.#steps.push({
      op: 'publish', ...this.#where(), exchange: direct ? '' : this.#exchange(), routingKey: direct ? this.#pick([this.#queue(), this.#queue(), this.#queue(), 'nowhere']) : this.#pick(KEYS), bodies,
      ...(Object.keys(properties).length > 0 ? { properties } : {}), ...(this.#chance(0.25) ? { mandatory: true } : {}), ...(this.#chance(0.3) ? { confirm: true } : {}),
    })
  }

  #consume(): void {
    const again = this.#chance(0.1) && this.#consumers.size > 0
    const consumer = again ? this.#pick([...this.#consumers.keys()]) : `c${(this.#names += 1)}`
    const where = this.#owner()
    this.#consumers.set(consumer, { client: where.client ?? 'main', channel: where.channel ?? '1' })
    const queue = this.#pick(this.#queues)
    const stream = queue.arguments['x-queue-type'] === 'stream'
    const windows = this.#theme === 'windows'
    this.#steps.push({
      op: 'consume', ...where, consumer, queue: queue.name,
      ...(stream ? { prefetch: 1 + this.#random.integer(4), arguments: { 'x-stream-offset': this.#pick(['first', 'next', 'first', this.#random.integer(6)]) } } : this.#chance(windows ? 0.5 : 0.8) ? { prefetch: this.#pick([1, 1, 2, 3, 0]) } : {}),
      ...(!stream && this.#chance(0.12) ? { noAck: true } : {}), ...(this.#chance(0.2) ? { priority: this.#pick([-1, 1, 2]) } : {}), ...(this.#chance(this.#theme === 'errors' ? 0.15 : 0.05) ? { exclusive: true } : {}),
    })
  }

  /** Settles something that the model says is out, or now and then something that isn't. */
  #settle(): void {
    const watched = new Player(this.#recording(), 0).play()
    const open = watched.deliveries.filter(one => !this.#settled.has(`${String(one['consumer'])} ${String(one['nth'])}`) && this.#isAcknowledged(one))
    const stream = this.#theme === 'stream'
    const op = this.#pick(stream ? ['ack', 'ack', 'ack', 'ack', 'nack'] : this.#theme === 'dead-letters' ? ['ack', 'nack', 'reject', 'reject', 'nack'] : ['ack', 'ack', 'nack', 'reject', 'nack'])
    const how = op === 'ack' ? {} : { requeue: this.#chance(this.#theme === 'dead-letters' ? 0.3 : 0.6) }
    const many = op !== 'reject' && this.#chance(0.2) ? { multiple: true } : {}
    if (open.length === 0 || this.#chance(0.02)) {
      if (!this.#chance(this.#theme === 'errors' ? 0.3 : 0.04)) return this.#publish()
      this.#steps.push({ op, ...this.#where(), deliveryTag: this.#random.integer(3), ...many, ...how })
      return
    }
    const one = this.#pick(open)
    const consumer = String(one['consumer'])
    for (const other of many.multiple ? open : [one]) if (other['consumer'] === consumer && Number(other['nth']) <= Number(one['nth'])) this.#settled.add(`${consumer} ${String(other['nth'])}`)
    this.#steps.push({ op, consumer, delivery: one['nth'], ...many, ...how })
  }

  #isAcknowledged(delivery: Seen): boolean {
    return this.#steps.some(step => step.op === 'consume' && step['consumer'] === delivery['consumer'] && step['noAck'] !== true)
  }

  #get(): void {
    const as = `g${(this.#names += 1)}`
    const noAck = this.#chance(0.4)
    this.#steps.push({ op: 'get', ...this.#owner(), queue: this.#queue(), noAck, as })
    if (!noAck) this.#gets.push({ as, step: this.#steps.length - 1 })
  }

  #settleGet(): void {
    const index = this.#random.integer(Math.max(1, this.#gets.length))
    const [got] = this.#gets.splice(index, 1)
    if (!got) return this.#get()
    const { gets } = new Player(this.#recording(), 0).play()
    if (gets.some(one => one['step'] === got.step && one['empty'] !== true)) this.#steps.push({ op: this.#pick(['ack', 'nack', 'reject']), get: got.as, ...(this.#chance(0.3) ? { requeue: false } : {}) })
    else this.#get()
  }

  #cancel(): void {
    // RabbitMQ 3.10.8 forgets the backlog when the active one of a classic queue cancels: a defect that is not modelled.
    const forgets = this.#queues.some(({ arguments: args }) => args['x-single-active-consumer'] === true && args['x-queue-type'] === undefined)
    if (this.#consumers.size === 0 || forgets) return this.#consume()
    this.#steps.push({ op: 'cancel', consumer: this.#pick([...this.#consumers.keys()]) })
  }

  #redeclare(): void {
    const known = this.#pick(this.#queues)
    // How much a stream holds is told late.
    if (known.arguments['x-queue-type'] !== 'stream' && this.#chance(0.5)) this.#steps.push({ op: 'declareQueue', ...this.#owner(), name: known.name, passive: true })
    else if (this.#chance(0.6)) this.#steps.push({ op: 'declareQueue', ...this.#owner(), ...declared(known) })
    else {
      const other = this.#draft(known.name)
      this.#steps.push({ op: 'declareQueue', ...this.#owner(), ...declared(other) })
    }
  }

  #next(): void {
    const { client, channel } = this.#where()
    const rare: (() => void)[] = [
      () => this.#steps.push({ op: 'purge', ...this.#owner(), queue: this.#queue() }),
      () => this.#steps.push({ op: 'deleteQueue', ...this.#owner(), name: this.#queue(), ...(this.#chance(0.5) ? { [this.#pick(['ifUnused', 'ifEmpty'])]: true } : {}) }),
      () => this.#steps.push({ op: 'deleteExchange', ...this.#where(), name: this.#exchange(), ...(this.#chance(0.6) ? { ifUnused: true } : {}) }),
      () => this.#redeclare(),
      () => this.#redeclare(),
      () => this.#bind('bindQueue'),
      () => this.#bind('unbindQueue'),
      () => this.#steps.push({ op: this.#pick(['closeChannel', 'closeChannel', 'killClient', 'closeClient']), ...(client ? { client } : {}), ...(channel ? { channel } : {}) }),
      () => this.#steps.push({ op: 'recover', ...this.#where(), requeue: true }),
    ]
    const windows: (() => void)[] = [() => this.#steps.push({ op: 'qos', ...this.#where(), count: this.#random.integer(4), global: this.#chance(0.6) })]
    const draw = this.#random.uniform()
    const routing = this.#theme === 'routing'
    if (this.#theme === 'windows' && this.#chance(0.2)) return this.#pick(windows)()
    if (routing && this.#chance(0.25)) return this.#pick([() => this.#bind('bindQueue'), () => this.#bind('unbindQueue'), () => this.#bindExchange('bindExchange'), () => this.#bindExchange('unbindExchange')])()
    if (this.#theme === 'expiry' && this.#chance(0.12)) return void this.#steps.push({ op: 'wait', ms: TTL_MS + 500 })
    if (draw < (routing ? 0.5 : 0.3)) this.#publish()
    else if (draw < 0.45) this.#consume()
    else if (draw < 0.73) this.#settle()
    else if (draw < 0.8) this.#get()
    else if (draw < 0.84) this.#settleGet()
    else if (draw < 0.89) this.#cancel()
    else this.#pick(rare)()
  }
}

function declared({ name, durable, exclusive, autoDelete, arguments: args }: QueueDraft): Args {
  return { name, ...(durable ? { durable } : {}), ...(exclusive ? { exclusive } : {}), ...(autoDelete ? { autoDelete } : {}), ...(Object.keys(args).length > 0 ? { arguments: args } : {}) }
}
