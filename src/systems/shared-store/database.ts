import { OP_CLOSED, type ChannelContext, type NodeContext } from '../../contract/context.ts'
import type { LogSheet } from '../../contract/log.ts'
import type { Handle } from '../../contract/message.ts'
import type { SystemModel, SystemPlan } from '../../contract/model.ts'
import type { Asked, Why } from '../../contract/why.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import { WorkStation } from '../../messaging/work-station.ts'
import type { Config } from '../../topology/document.ts'
import type { Connection, Statement } from './connection.ts'
import { OP_HELLO, OP_READY } from './packets.ts'
import { tableFor, type Table } from './tables/table.ts'

const EXECUTED = 1

/** One database: connections, and statements that wait for a process of the server, and take their time in it. */
export class Database implements SystemModel {
  readonly #container: NodeContext
  readonly #connections = new Map<ChannelContext, Connection>()
  readonly #tables = new Map<string, Table>()
  readonly #statements = new WorkStation<Statement>()
  readonly #slots: { connections: number; busy: number; waiting: number; statements: number; refused: number; query: number }
  #queryTime: Draw

  constructor(plan: SystemPlan) {
    this.#container = plan.container
    const slot = (id: string): number => plan.container.probe(id)
    this.#slots = { connections: slot('connections'), busy: slot('busy'), waiting: slot('waiting'), statements: slot('statements'), refused: slot('refused'), query: slot('query') }
    this.#queryTime = this.#readConfig()
    for (const node of plan.nodes) this.addNode(node)
  }

  start(): void {
    // Clients connect by themselves.
  }

  receive(wire: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    const connection = this.#connections.get(wire)
    if (op === OP_HELLO) return this.#open(wire)
    if (!connection) return
    if (op === OP_CLOSED) return this.#close(connection)
    if (message !== 0) this.#container.messages.retain(message)
    this.#statements.add({ connection, op, message, a, b }, message, 0, false)
    this.#begin()
  }

  wake(_node: NodeContext, _signal: number, job: number): void {
    const statement = this.#statements.source(job)
    this.#statements.finish(job)
    this.#container.count(this.#slots.statements)
    this.#tables.get(statement.connection.table)?.perform(statement)
    if (statement.message !== 0) this.#container.messages.release(statement.message)
    this.#begin()
  }

  crash(): void {
    const statements = this.#statements
    statements.clear(job => {
      this.#container.cancel(statements.alarm(job))
      if (statements.message(job) !== 0) this.#container.messages.release(statements.message(job))
    })
    for (const connection of this.#connections.values()) connection.gone = true
    this.#connections.clear()
    for (const table of this.#tables.values()) table.crash()
    this.#levels()
  }

  addNode(node: NodeContext): void {
    this.#tables.set(node.id, tableFor(node))
  }
  removeNode(node: NodeContext): void {
    this.#tables.get(node.id)?.purge()
    this.#tables.delete(node.id)
  }
  reconfigured(node: NodeContext): void {
    if (node !== this.#container) return this.#tables.get(node.id)?.reconfigured()
    this.#queryTime = this.#readConfig()
    this.#begin()
  }
  addChannel(): void {
    // A connection begins with its client's first packet.
  }
  removeChannel(wire: ChannelContext): void {
    for (const table of this.#tables.values()) table.forget(wire.id)
  }
  reconfiguredChannel(_wire: ChannelContext, _before: Config): void {
    // What a line says is its client's business.
  }

  contents(node: NodeContext, out: Handle[], from: number, limit: number): number {
    return this.#tables.get(node.id)?.contents(out, from, limit) ?? 0
  }
  log(node: NodeContext, sheet: LogSheet): boolean {
    const table = this.#tables.get(node.id)
    table?.writeLog?.(sheet)
    return table?.writeLog !== undefined
  }
  notes(node: NodeContext): readonly string[] {
    const table = this.#tables.get(node.id)
    return table ? table.notes() : [`${this.#connections.size} connections`, `${this.#statements.working} statements at work, ${this.#statements.waiting} waiting`]
  }
  why(asked: Asked): readonly Why[] {
    return this.#tables.get(asked.node.id)?.why(asked) ?? []
  }

  #readConfig(): Draw {
    const config = this.#container.config()
    this.#statements.concurrency = Number(config['parallel'])
    return this.#container.draw('query', config['queryTime'] as unknown as Law) // a law field: parsed
  }

  #open(wire: ChannelContext): void {
    const old = this.#connections.get(wire)
    if (old) this.#close(old)
    const end = this.#tables.has(wire.from) ? 'from' : 'to'
    if (this.#connections.size >= Number(this.#container.config()['connectionsMax'])) {
      this.#container.count(this.#slots.refused)
      return wire.hangUp(end)
    }
    this.#connections.set(wire, { wire, end, table: end === 'from' ? wire.from : wire.to, gone: false })
    wire.send(end, OP_READY, 0, 0)
    this.#levels()
  }

  /** What is executed now is executed to its end, though nobody hears of it; what waits for its turn is not. */
  #close(connection: Connection): void {
    connection.gone = true
    this.#connections.delete(connection.wire)
    this.#tables.get(connection.table)?.closed(connection)
    this.#levels()
  }

  #begin(): void {
    const { messages } = this.#container
    const statements = this.#statements
    for (let job = statements.begin(); job >= 0; job = statements.begin()) {
      if (statements.source(job).connection.gone) {
        if (statements.message(job) !== 0) messages.release(statements.message(job))
        statements.finish(job)
      } else statements.setAlarm(job, this.#container.afterDraw(this.#queryTime, EXECUTED, job, this.#slots.query))
    }
    this.#levels()
  }

  #levels(): void {
    const container = this.#container
    container.level(this.#slots.connections, this.#connections.size)
    container.level(this.#slots.busy, this.#statements.working / this.#statements.concurrency)
    container.level(this.#slots.waiting, this.#statements.waiting)
  }
}
