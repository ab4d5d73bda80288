import type { ChannelContext, NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import type { SystemPlan } from '../../contract/model.ts'
import type { Config } from '../../topology/document.ts'
import { checkQueue, kindOf, type Declared } from './arguments.ts'
import type { Connection } from './connection.ts'
import { DeadLetterOffice } from './dead-letter-office.ts'
import { declaredBy, exchangeFlags, nameOf, needsClient, twinOf } from './drawn.ts'
import { Exchange, type ExchangeFlags, type RoutingTable } from './exchange.ts'
import { Permissions } from './permissions.ts'
import { Policies } from './policies.ts'
import { Queue, type AnyQueue } from './queue.ts'
import { Refusals } from './refusals.ts'
import { Refused } from './refused.ts'
import { settingsOf, type QueueSettings } from './settings.ts'
import { StreamQueue } from './stream-queue.ts'

/** Exchanges every virtual host has from the start, besides the default one. */
const PREDECLARED: readonly (readonly [string, string])[] = [
  ['amq.direct', 'direct'],
  ['amq.fanout', 'fanout'],
  ['amq.topic', 'topic'],
  ['amq.headers', 'headers'],
  ['amq.match', 'headers'],
]

/**
 * What exists in a broker now, and what the document says should. A drawn node is a definition; the object behind it comes and goes:
 * exclusive and auto-delete queues are there only while a client has declared them.
 */
export class Objects implements RoutingTable {
  readonly container: NodeContext
  readonly office: DeadLetterOffice
  readonly queues = new Map<string, AnyQueue>()
  readonly exchanges = new Map<string, Exchange>()
  readonly queueByNumber = new Map<number, AnyQueue>()
  readonly queueOfNode = new Map<string, AnyQueue>()
  readonly exchangeOfNode = new Map<string, Exchange>()
  readonly drawnNodes = new Map<string, NodeContext>()
  readonly drawnBindings = new Map<string, ChannelContext>()
  readonly refusals = new Refusals()
  /** Grows with every change of a binding: routes are cached under it. */
  version = 0
  permissions: Permissions
  #policies: Policies
  #queueNumber = 0

  constructor(plan: SystemPlan) {
    this.container = plan.container
    this.office = new DeadLetterOffice(this)
    this.#policies = new Policies(plan.container.config())
    this.permissions = new Permissions(plan.container.config())
    for (const node of plan.nodes) this.drawnNodes.set(node.id, node)
    for (const channel of plan.channels) if (channel.type === 'amqp.binding') this.drawnBindings.set(channel.id, channel)
  }

  key(virtualHost: string, name: string): string {
    return `${virtualHost}\n${name}`
  }

  findQueue(virtualHost: string, name: string): AnyQueue | undefined {
    return this.queues.get(this.key(virtualHost, name))
  }

  findExchange(virtualHost: string, name: string): Exchange | undefined {
    const known = this.exchanges.get(this.key(virtualHost, name))
    if (known) return known
    const predeclared = PREDECLARED.find(([one]) => one === name)
    if (!predeclared) return undefined
    return this.addExchange({ virtualHost, name, flags: { type: predeclared[1], durable: true, autoDelete: false, internal: false, arguments: {} }, node: null })
  }

  isPredeclared(name: string): boolean {
    return PREDECLARED.some(([one]) => one === name)
  }

  exists(node: NodeContext): boolean {
    return this.objectOf(node) !== undefined
  }
  objectOf(node: NodeContext): AnyQueue | Exchange | undefined {
    return this.queueOfNode.get(node.id) ?? this.exchangeOfNode.get(node.id)
  }

  /** Declares every drawn node that a broker has without a client: all but exclusive and auto-delete queues. */
  declareAll(which: (node: NodeContext) => boolean): void {
    for (const node of this.drawnNodes.values()) {
      if (!which(node)) continue
      if (needsClient(node)) node.present(this.queueOfNode.has(node.id))
      else this.tryDeclare(node, null)
    }
    this.bindAll()
  }

  /** Whether what was refused may be declared now: the queue that had its name has gone. */
  tryRefused(): void {
    for (const id of this.refusals.nodes()) {
      const node = this.drawnNodes.get(id)
      if (node && !needsClient(node)) this.tryDeclare(node, null)
    }
  }

  /** The same for one node; what the broker refuses is remembered for who looks at it. */
  tryDeclare(node: NodeContext, owner: Connection | null): void {
    try {
      this.declareDrawn(node, owner)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      node.present(false)
    }
  }

  /** Makes the object of a drawn node if it isn't there; throws what RabbitMQ says when it can't be. */
  declareDrawn(node: NodeContext, owner: Connection | null): AnyQueue | Exchange {
    const there = this.objectOf(node)
    if (there) return there
    const made = this.#declareNode(node, owner)
    node.present(true)
    node.fact(FACT.declared, 0)
    return made
  }

  addExchange(options: { virtualHost: string; name: string; flags: Omit<ExchangeFlags, 'alternate'>; node: NodeContext | null }): Exchange {
    const { node, name, virtualHost } = options
    const exchange = new Exchange({ name, virtualHost, flags: this.#withAlternate(options), node: node ?? this.container, drawn: node !== null, table: this })
    this.exchanges.set(this.key(virtualHost, name), exchange)
    if (node) this.exchangeOfNode.set(node.id, exchange)
    this.version += 1
    return exchange
  }

  addQueue(options: { declared: Declared; node: NodeContext | null; owner: Connection | null }): AnyQueue {
    const { declared, node, owner } = options
    this.#queueNumber += 1
    const settings = this.settingsFor(declared)
    const parts = { number: this.#queueNumber, declared, settings, node: node ?? this.container, drawn: node !== null, office: this.office }
    const queue = settings.kind === 'stream' ? new StreamQueue(parts) : new Queue(parts)
    queue.owner = owner
    owner?.exclusive.add(queue)
    this.queues.set(this.key(declared.virtualHost, declared.name), queue)
    this.queueByNumber.set(queue.number, queue)
    if (node) this.queueOfNode.set(node.id, queue)
    this.version += 1
    queue.touch()
    return queue
  }

  /** A log can't become a queue, nor a queue a log; what the broker would refuse to declare can't stay, and a name that is taken is another queue's. */
  canBecome(queue: AnyQueue, node: NodeContext): boolean {
    const declared = declaredBy(node)
    if ((this.findQueue(declared.virtualHost, declared.name) ?? queue) !== queue) return false
    try {
      checkQueue(declared)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return false
    }
    return (kindOf(declared.arguments) === 'stream') === queue instanceof StreamQueue
  }

  reconfigureQueue(queue: AnyQueue, node: NodeContext): void {
    const declared = declaredBy(node)
    this.queues.delete(this.key(queue.virtualHost, queue.name))
    this.queues.set(this.key(declared.virtualHost, declared.name), queue)
    queue.reconfigure(declared, this.settingsFor(declared))
  }

  /** False when its name is another exchange's. */
  reconfigureExchange(exchange: Exchange, node: NodeContext): boolean {
    const other = this.exchanges.get(this.key(String(node.config()['virtualHost']), nameOf(node)))
    if (other?.drawn === true && other !== exchange) return false
    this.exchanges.delete(this.key(exchange.virtualHost, exchange.name))
    exchange.name = nameOf(node)
    exchange.virtualHost = String(node.config()['virtualHost'])
    exchange.via = node.messages.intern(exchange.name)
    exchange.flags = this.#withAlternate({ name: exchange.name, virtualHost: exchange.virtualHost, flags: exchangeFlags(node.config()) })
    this.exchanges.set(this.key(exchange.virtualHost, exchange.name), exchange)
    return true
  }

  /** Policies apply to what is there, whoever declared it (claims amqp.policy.*); permissions to what is asked from now on. */
  readBroker(): void {
    this.#policies = new Policies(this.container.config())
    this.permissions = new Permissions(this.container.config())
    for (const queue of this.queues.values()) queue.reconfigure(queue.declared, this.settingsFor(queue.declared))
    for (const exchange of this.exchanges.values()) exchange.flags = this.#withAlternate(exchange)
    this.version += 1
  }

  /** Makes every drawn binding whose two ends exist. */
  bindAll(): void {
    for (const channel of this.drawnBindings.values()) this.bindDrawn(channel)
  }

  bindDrawn(channel: ChannelContext): void {
    const from = this.exchangeOfNode.get(channel.from)
    const to = this.queueOfNode.get(channel.to) ?? this.exchangeOfNode.get(channel.to)
    if (!from || !to || from.bindings.some(binding => binding.via === channel)) return
    from.bind({ to, key: String(channel.config()['routingKey']), arguments: channel.config()['arguments'] as Config, via: channel })
    this.version += 1
  }

  /** Takes a queue out of every table; its contents are the caller's business. */
  forgetQueue(queue: AnyQueue): void {
    queue.deleted = true
    queue.node.fact(FACT.deleted, 0)
    queue.owner?.exclusive.delete(queue)
    if (this.findQueue(queue.virtualHost, queue.name) === queue) this.queues.delete(this.key(queue.virtualHost, queue.name))
    this.queueByNumber.delete(queue.number)
    for (const node of this.drawnAs(queue)) this.forgetNode(node)
    this.unbindTo(queue)
  }

  /** The nodes that one object is drawn as, its own first. */
  drawnAs(object: AnyQueue | Exchange): readonly NodeContext[] {
    const table: ReadonlyMap<string, AnyQueue | Exchange> = object instanceof Exchange ? this.exchangeOfNode : this.queueOfNode
    const found: NodeContext[] = []
    for (const [id, one] of table) if (one === object) found.push(id === object.node.id ? object.node : this.drawnNodes.get(id)!)
    return found.sort((a, b) => Number(b === object.node) - Number(a === object.node))
  }

  /** The object of a node is no longer its own; the object stays. */
  forgetNode(node: NodeContext): void {
    this.queueOfNode.get(node.id)?.figures.hideAt(node)
    const exchange = this.exchangeOfNode.get(node.id)
    if (exchange) exchange.others = exchange.others.filter(one => one !== node)
    this.queueOfNode.delete(node.id)
    this.exchangeOfNode.delete(node.id)
    node.present(false)
    this.version += 1
  }

  /** Whether what the document says of a node still is what its object was declared as. */
  isAlike(object: AnyQueue | Exchange, node: NodeContext): boolean {
    try {
      return twinOf(this, node) === object
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return false
    }
  }

  forgetExchange(exchange: Exchange): void {
    if (this.exchanges.get(this.key(exchange.virtualHost, exchange.name)) === exchange) this.exchanges.delete(this.key(exchange.virtualHost, exchange.name))
    for (const node of this.drawnAs(exchange)) this.forgetNode(node)
    exchange.bindings = []
    this.unbindTo(exchange)
  }

  unbindTo(target: AnyQueue | Exchange): void {
    for (const exchange of [...this.exchanges.values()]) {
      const before = exchange.bindings.length
      exchange.bindings = exchange.bindings.filter(binding => binding.to !== target)
      if (exchange.bindings.length !== before) this.afterUnbind(exchange)
    }
    this.version += 1
  }

  /** Claim amqp.exchange.auto-delete: the last binding takes the exchange with it, but never before it had one. */
  afterUnbind(exchange: Exchange): void {
    this.version += 1
    if (exchange.flags.autoDelete && exchange.hadBinding && exchange.bindings.length === 0) this.forgetExchange(exchange)
  }

  #declareNode(node: NodeContext, owner: Connection | null): AnyQueue | Exchange {
    try {
      const twin = twinOf(this, node)
      this.refusals.accept(node)
      if (twin) return this.#drawAgain(twin, node)
      return node.type === 'amqp.exchange' ? this.#declareExchange(node) : this.#declareQueue(node, owner)
    } catch (error) {
      if (error instanceof Refused) this.refusals.refuse(node, error)
      throw error
    }
  }

  /** Claim amqp.drawn.same: a second declaration makes nothing new. */
  #drawAgain(twin: AnyQueue | Exchange, node: NodeContext): AnyQueue | Exchange {
    if (twin instanceof Exchange) {
      this.exchangeOfNode.set(node.id, twin)
      twin.others = [...twin.others, node]
    } else {
      this.queueOfNode.set(node.id, twin)
      twin.figures.showAt(node)
    }
    this.version += 1
    return twin
  }

  #declareExchange(node: NodeContext): Exchange {
    const config = node.config()
    return this.addExchange({ virtualHost: String(config['virtualHost']), name: nameOf(node), flags: exchangeFlags(config), node })
  }

  #declareQueue(node: NodeContext, owner: Connection | null): AnyQueue {
    const declared = declaredBy(node)
    checkQueue(declared)
    return this.addQueue({ declared, node, owner: declared.exclusive ? owner : null })
  }

  /** What holds for a queue that is declared so: its arguments with the policy that applies. */
  settingsFor(declared: Declared): QueueSettings {
    return settingsOf(declared, this.#policies.of({ what: 'queues', ...declared }))
  }

  #withAlternate(exchange: { readonly name: string; readonly virtualHost: string; readonly flags: Omit<ExchangeFlags, 'alternate'> }): ExchangeFlags {
    const alternate = this.#policies.of({ what: 'exchanges', name: exchange.name, virtualHost: exchange.virtualHost })['alternate-exchange']
    return { ...exchange.flags, alternate: typeof alternate === 'string' ? alternate : null }
  }
}
