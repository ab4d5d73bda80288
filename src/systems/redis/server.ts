import { OP_CLOSED, type ChannelContext, type NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { WAITING } from '../../contract/ledger.ts'
import type { LogSheet } from '../../contract/log.ts'
import type { Handle } from '../../contract/message.ts'
import type { SystemModel, SystemPlan } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Config } from '../../topology/document.ts'
import { BlockedClients, type Wait } from './blocking.ts'
import { BLOCKED, Command, DRAWN, type Call } from './command.ts'
import { Connection } from './connection.ts'
import { fieldsOf } from './entry-fields.ts'
import { Keyspace, type Key } from './keyspace.ts'
import type { ListKey } from './list-key.ts'
import { writeLog } from './log-view.ts'
import { contentsOf, notesOf } from './looks.ts'
import { nameOf } from './names.ts'
import { OP_BYE, OP_COMMAND, OP_HELLO, OP_LEARN, OP_READY, OP_SAID, OP_VALUE } from './packets.ts'
import { Performer } from './performer.ts'
import { Persistence } from './persistence.ts'
import { PubSub } from './pubsub.ts'
import { Refusals } from './refusals.ts'
import type { StreamHome } from './stream-key.ts'
import { whyDied } from './why-died.ts'
import { whyThere } from './why.ts'

/** Signals to the container: a blocked client's time is over (datum: its number); it is time to save. */
const TIMED_OUT = 1
const SAVE = 2
const NS_A_MS = 1e6

/** One Redis server: keys, subscriptions, connections, and what happens to each packet. */
export class RedisServer implements SystemModel {
  readonly container: NodeContext
  readonly keys: Keyspace
  readonly pubsub = new PubSub()
  readonly blocked = new BlockedClients()
  readonly performer = new Performer(this)
  readonly refusals = new Refusals()
  /** Copies of a message that is being published. */
  readonly copies: Handle[] = []
  readonly connections = new Map<ChannelContext, Connection>()
  /** Drawn members by id, and the names they have. */
  readonly nodes = new Map<string, NodeContext>()
  readonly #names = new Map<string, string>()
  readonly #channels = new Map<string, NodeContext>()
  readonly #byNumber = new Map<number, Connection>()
  readonly #persistence: Persistence
  readonly #slots: { connections: number; blocked: number; commands: number }
  readonly #value: Handle[] = []
  #connectionNumber = 0
  #itemNumber = 0

  constructor(plan: SystemPlan) {
    this.container = plan.container
    this.keys = new Keyspace(plan.container)
    this.#persistence = new Persistence(this, SAVE)
    this.#slots = { connections: plan.container.probe('connections'), blocked: plan.container.probe('blocked'), commands: plan.container.probe('commands') }
    for (const node of plan.nodes) this.#draw(node)
  }

  start(): void {
    this.#persistence.start()
  }

  wake(_node: NodeContext, signal: number, datum: number): void {
    if (signal === SAVE) return this.#persistence.due()
    const connection = this.#byNumber.get(datum)
    if (signal !== TIMED_OUT || !connection?.waitCommand) return
    const command = connection.waitCommand
    connection.alarm = 0
    // Claim redis.blocking.time-out: nil, and out of the line.
    this.unblock(connection)
    connection.answer(command, null)
    this.performer.serve()
  }

  receive(wire: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    if (op === OP_HELLO) return this.#open(wire)
    const connection = this.connections.get(wire)
    if (op === OP_CLOSED) {
      if (connection) this.close(connection)
      return
    }
    if (!connection) {
      if (message !== 0) this.container.discard(message, 'connection lost')
      return
    }
    switch (op) {
      case OP_BYE:
        connection.wire.hangUp(connection.end)
        return this.close(connection)
      case OP_VALUE:
        this.container.hold(message, WAITING)
        connection.values.push(message)
        return
      case OP_LEARN:
        connection.said[b] = wire.taken(a) as Command
        connection.learned[b] = this.#resolved(connection, connection.said[b])
        return
      case OP_COMMAND: {
        const { values } = connection
        connection.values = []
        return this.performer.say(connection, this.#resolved(connection, wire.taken(a) as Command), { values, a: 0, b: 0 })
      }
      default: {
        this.#value.length = 0
        if (message !== 0) this.#value.push(message)
        this.performer.say(connection, connection.learned[op - OP_SAID]!, { values: this.#value, a, b })
      }
    }
  }

  countCommand(): void {
    this.container.count(this.#slots.commands)
  }

  nowMs(): number {
    return Math.floor(this.container.nowNs() / NS_A_MS)
  }

  /** Holds a client until something comes for it; 0 ns is for ever. */
  block(call: Call, wait: Wait, timeoutNs: number): typeof BLOCKED {
    const { connection } = call
    this.blocked.block(connection, wait)
    connection.waitCommand = call.command
    if (timeoutNs > 0) connection.alarm = this.container.after(timeoutNs, TIMED_OUT, connection.number)
    this.#blockedLevels(wait)
    return BLOCKED
  }

  unblock(connection: Connection): void {
    const { wait } = connection
    if (!wait) return
    this.blocked.release(connection)
    connection.waitCommand = null
    if (connection.alarm !== 0) this.container.cancel(connection.alarm)
    connection.alarm = 0
    this.performer.free(connection)
    this.#blockedLevels(wait)
  }

  /** A list that is new has something for those who wait for it. */
  makeList(name: string, fedBy: string | null): ListKey {
    this.blocked.signal(name)
    return this.keys.makeList(name, fedBy)
  }

  changed(key: Key): void {
    this.#persistence.changed(key.name)
  }

  deleted(name: string): void {
    this.#persistence.changed(name)
    this.blocked.signal(name)
  }

  numberItem(message: Handle): void {
    this.#itemNumber += 1
    this.container.messages.setMark(message, this.#itemNumber)
  }

  /** A copy is done with: worked on, or dropped by the client that acknowledged it. */
  endCopy(node: NodeContext, message: Handle, command: Command): void {
    node.fact(command.rejects ? FACT.rejected : FACT.settled, message)
    if (command.rejects) node.discard(message, 'rejected')
    else node.process(message)
  }

  fieldsOf(message: Handle): readonly string[] {
    return fieldsOf(this.container.messages, message)
  }

  /** A reading hands an entry out; how long it had been in the stream. */
  deliveredFrom(home: StreamHome, message: Handle): void {
    home.count('delivered')
    home.node.fact(FACT['handed-out'], message)
    if (home.slots) home.node.recordStay(home.slots.wait, message)
  }

  /** Who holds what is published to a channel: its node, else the one that the publisher is drawn to. */
  channelNode(name: string, connection: Connection): NodeContext {
    const drawn = this.#channels.get(name)
    if (drawn) return drawn
    const node = this.nodes.get(connection.inside)
    return node?.type === 'redis.channel' ? node : this.container
  }

  publishedAt(node: NodeContext, deliveries: number): void {
    if (node.type !== 'redis.channel') return
    node.count(node.probe('published'))
    if (deliveries > 0) node.count(node.probe('delivered'), deliveries)
    else node.count(node.probe('unheard'))
  }

  subscriptionsChanged(): void {
    for (const [name, node] of this.#channels) node.level(node.probe('subscribers'), this.pubsub.matches(name).length)
  }

  close(connection: Connection): void {
    connection.gone = true
    this.connections.delete(connection.wire)
    this.#byNumber.delete(connection.number)
    this.unblock(connection)
    this.pubsub.unsubscribeAll(connection)
    for (const message of heldBy(connection)) this.container.discard(message, 'connection lost')
    this.subscriptionsChanged()
    this.#levels()
  }

  crash(): void {
    this.#dropConnections()
    this.#persistence.crash()
    this.#afterEnd()
  }

  stop(): void {
    this.#dropConnections()
    this.#persistence.stop()
    this.#afterEnd()
  }

  #dropConnections(): void {
    for (const connection of this.connections.values()) {
      for (const message of heldBy(connection)) this.container.discard(message, 'broker crashed')
      if (connection.alarm !== 0) this.container.cancel(connection.alarm)
      connection.gone = true
      if (connection.wait) for (const name of connection.wait.keys) for (const home of [this.keys.listHome(name), this.keys.streamHome(name)]) home.blocked(0)
    }
    this.connections.clear()
    this.#byNumber.clear()
    this.pubsub.clear()
    this.blocked.clear()
  }

  #afterEnd(): void {
    this.subscriptionsChanged()
    this.#levels()
  }

  addNode(node: NodeContext): void {
    this.#draw(node)
  }

  removeNode(node: NodeContext): void {
    this.nodes.delete(node.id)
    const name = this.#names.get(node.id)
    this.#names.delete(node.id)
    if (this.#channels.get(name ?? '') === node) this.#channels.delete(name!)
    for (const key of [...this.keys.all()]) if (key.home.node === node) this.#persistence.changed(key.name)
    this.keys.erase(node, false)
  }

  reconfigured(node: NodeContext, before: Config): void {
    if (node === this.container) return this.#persistence.reconfigured(before)
    if (this.#names.get(node.id) === nameOf(node)) return
    if (this.#channels.get(this.#names.get(node.id) ?? '') === node) this.#channels.delete(this.#names.get(node.id)!)
    this.#rename(node)
  }

  addChannel(): void {
    // A connection begins with its client's first packet.
  }
  /** The engine has closed the connection. */
  removeChannel(channel: ChannelContext): void {
    this.refusals.passed(channel)
  }
  /** What a line says is its client's business; what was refused may be said no longer. */
  reconfiguredChannel(channel: ChannelContext): void {
    this.refusals.passed(channel)
  }

  contents(node: NodeContext, out: Handle[], from: number, limit: number): number {
    return contentsOf(this, node, out, { from, limit })
  }
  log(node: NodeContext, sheet: LogSheet): boolean {
    return writeLog(this, node, sheet)
  }
  notes(node: NodeContext): readonly string[] {
    return notesOf(this, node)
  }
  why(asked: Asked): readonly Why[] {
    return asked.ended === null ? whyThere(this, asked) : whyDied(this, asked, asked.ended)
  }

  #draw(node: NodeContext): void {
    const name = nameOf(node)
    this.nodes.set(node.id, node)
    this.#names.set(node.id, name)
    if (node.type !== 'redis.channel') this.keys.draw(name, node)
    else if (!this.#channels.has(name)) this.#channels.set(name, node)
    if (node.type === 'redis.channel') this.subscriptionsChanged()
  }

  /** The key goes with its node, unless there is one of the new name; clients that are drawn to it go on under that name. */
  #rename(node: NodeContext): void {
    const before = this.#names.get(node.id)!
    const after = nameOf(node)
    for (const name of this.keys.rename(node, before, after)) this.#persistence.changed(name)
    this.#draw(node)
    for (const connection of this.connections.values()) {
      if (connection.inside !== node.id) continue
      connection.said.forEach((command, number) => (connection.learned[number] = this.#resolved(connection, command)))
      this.blocked.rename(connection, before, after)
      if (!connection.channels.has(before)) continue
      this.pubsub.unsubscribe(connection, 'channels', before)
      this.pubsub.subscribe(connection, 'channels', after)
    }
    this.subscriptionsChanged()
    if (this.keys.get(after)) this.blocked.signal(after)
    this.performer.serve()
  }

  #resolved(connection: Connection, command: Command): Command {
    if (!command.args.some(word => word.includes(DRAWN))) return command
    const node = this.nodes.get(connection.inside)
    const name = node ? nameOf(node) : ''
    return new Command(command.args.map(word => word.replaceAll(DRAWN, name)), command.wants, command)
  }

  #open(wire: ChannelContext): void {
    const old = this.connections.get(wire)
    if (old) this.close(old)
    const inside = (id: string): boolean => this.nodes.has(id) || id === this.container.id
    this.#connectionNumber += 1
    const connection = new Connection({ number: this.#connectionNumber, wire, end: inside(wire.from) ? 'from' : 'to', refusals: this.refusals })
    this.connections.set(wire, connection)
    this.#byNumber.set(connection.number, connection)
    wire.send(connection.end, OP_READY, 0, 0)
    this.#levels()
  }

  #blockedLevels(wait: Wait): void {
    const lists = wait.wait === 'pop' || wait.wait === 'move'
    for (const name of wait.keys) (lists ? this.keys.listHome(name) : this.keys.streamHome(name)).blocked(this.blocked.line(name).length)
    this.container.level(this.#slots.blocked, this.blocked.count)
  }

  #levels(): void {
    this.container.level(this.#slots.connections, this.connections.size)
    this.container.level(this.#slots.blocked, this.blocked.count)
  }
}

function heldBy(connection: Connection): Handle[] {
  return [...connection.values, ...(connection.queue ?? []).flatMap(said => said.values), ...connection.backlog.flatMap(said => said.values)]
}
