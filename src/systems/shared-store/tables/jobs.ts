import type { NodeContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import { UNACKNOWLEDGED, WAITING } from '../../../contract/ledger.ts'
import { FLAG_REDELIVERED, type Handle } from '../../../contract/message.ts'
import type { Asked, Why } from '../../../contract/why.ts'
import { OrderedDeque } from '../../../messaging/ordered-deque.ts'
import { answer, type Connection, type Statement } from '../connection.ts'
import { ACCEPTED, OP_DONE, OP_POLL, OP_ROW, OP_SETTLE, OP_WRITE, OP_WRITTEN, REJECTED } from '../packets.ts'
import type { Table } from './table.ts'

/** A row that a worker has locked. */
interface Taken {
  readonly message: Handle
  readonly connection: Connection
}

/** One row a job. A worker's transaction locks the oldest rows that nobody else has locked, and deletes each when it is done. */
export class Jobs implements Table {
  readonly #node: NodeContext
  /** Rows that nobody has locked, by their number, which is their mark. */
  readonly #free: OrderedDeque
  readonly #taken = new Map<number, Taken>()
  #number = 0
  #takenNumber = 0
  readonly #slots: { rows: number; locked: number; writes: number; done: number; polls: number; empty: number; wait: number }

  constructor(node: NodeContext) {
    this.#node = node
    this.#free = new OrderedDeque(message => node.messages.mark(message))
    const slot = (id: string): number => node.probe(id)
    this.#slots = { rows: slot('rows'), locked: slot('locked'), writes: slot('writes'), done: slot('done'), polls: slot('polls'), empty: slot('emptyPolls'), wait: slot('staleness') }
  }

  perform(statement: Statement): void {
    switch (statement.op) {
      case OP_POLL:
        return this.#take(statement)
      case OP_SETTLE:
        return this.#settle(statement.a, statement.b)
      case OP_WRITE: {
        const copy = this.#node.copy(statement.message)
        this.#number += 1
        this.#node.messages.setMark(copy, this.#number)
        this.#node.fact(FACT.stored, copy, this.#number)
        this.#free.push(copy)
        this.#node.count(this.#slots.writes)
        this.#levels()
        answer(statement.connection, OP_WRITTEN, this.#number)
      }
    }
  }

  closed(connection: Connection): void {
    for (const [number, taken] of [...this.#taken]) if (taken.connection === connection) this.#rollBack(number, taken)
    this.#levels()
  }
  forget(): void {
    // A lock ends with its connection.
  }
  reconfigured(): void {
    // The next crash goes by the setting.
  }

  crash(): void {
    for (const [number, taken] of [...this.#taken]) this.#rollBack(number, taken)
    if (this.#node.config()['logged'] !== true) this.#free.drain(message => this.#node.discard(message, 'broker crashed'))
    this.#levels()
  }
  purge(): void {
    for (const [number, taken] of [...this.#taken]) this.#rollBack(number, taken)
    this.#free.drain(message => this.#node.discard(message, 'purged'))
    this.#levels()
  }

  contents(out: Handle[], from: number, limit: number): number {
    const locked = [...this.#taken.values()]
    const count = this.#free.count + locked.length
    for (let n = from; n < Math.min(count, from + limit); n += 1) out.push(n < this.#free.count ? this.#free.at(n) : locked[n - this.#free.count]!.message)
    return count
  }
  notes(): readonly string[] {
    return [`${this.#free.count} wait for a worker that asks`, ...[...this.#taken.values()].slice(0, 5).map(taken => `Locked by ${taken.connection.wire.nodeLabel(taken.connection.end === 'from' ? 'to' : 'from')}`)]
  }
  why(asked: Asked): readonly Why[] {
    const label = this.#node.label()
    for (const taken of this.#taken.values()) if (taken.message === asked.message) return [{ asks: 'waits', says: `${taken.connection.wire.nodeLabel(taken.connection.end === 'from' ? 'to' : 'from')} has locked it in ${label}; it is deleted when the work is done.`, grounds: [] }]
    return asked.ended === null ? [{ asks: 'waits', says: `It waits in ${label} until a worker asks for it: nobody is told that it is there.`, grounds: [] }] : []
  }

  /** SELECT … FOR UPDATE SKIP LOCKED. */
  #take({ connection, b }: Statement): void {
    if (connection.gone) return
    const node = this.#node
    let count = 0
    for (; count < b && this.#free.count > 0; count += 1) {
      const message = this.#free.shift()
      node.recordStay(this.#slots.wait, message)
      node.hold(message, UNACKNOWLEDGED)
      node.fact(FACT['handed-out'], message)
      this.#takenNumber += 1
      this.#taken.set(this.#takenNumber, { message, connection })
      connection.wire.sendSight(connection.end, OP_ROW, message, this.#takenNumber, 0)
    }
    node.count(this.#slots.polls)
    if (count === 0) node.count(this.#slots.empty)
    this.#levels()
    answer(connection, OP_DONE, count)
  }

  #settle(number: number, outcome: number): void {
    const taken = this.#taken.get(number)
    if (!taken) return
    const node = this.#node
    if (outcome === ACCEPTED || outcome === REJECTED) {
      this.#taken.delete(number)
      if (outcome === ACCEPTED) {
        node.fact(FACT.settled, taken.message)
        node.count(this.#slots.done)
        node.process(taken.message)
      } else {
        node.fact(FACT.rejected, taken.message)
        node.discard(taken.message, 'rejected')
      }
    } else this.#rollBack(number, taken)
    this.#levels()
  }

  /** The row is everybody's again, at its old place. */
  #rollBack(number: number, { message }: Taken): void {
    const node = this.#node
    this.#taken.delete(number)
    node.hold(message, WAITING)
    node.messages.setFlag(message, FLAG_REDELIVERED)
    node.fact(FACT.requeued, message)
    node.redelivered()
    this.#free.insert(message)
  }

  #levels(): void {
    this.#node.level(this.#slots.rows, this.#free.count)
    this.#node.level(this.#slots.locked, this.#taken.size)
  }
}
