import type { NodeContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import { RETAINED } from '../../../contract/ledger.ts'
import type { LogSheet } from '../../../contract/log.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Asked, Why } from '../../../contract/why.ts'
import { HandleDeque } from '../../../messaging/handle-deque.ts'
import { answer, type Statement } from '../connection.ts'
import { OP_POLL, OP_WRITE, OP_WRITTEN } from '../packets.ts'
import { Readers, type Change } from './readers.ts'
import type { Table } from './table.ts'

/** One row each time: what happened, in order. Reading removes nothing. */
export class Events implements Table {
  readonly #node: NodeContext
  readonly #readers: Readers
  readonly #rows = new HandleDeque()
  /** Of the last row; the first one that is still there has number `#version − #rows.count + 1`. */
  #version = 0
  readonly #slots: { rows: number; writes: number; trimmed: number }

  constructor(node: NodeContext) {
    this.#node = node
    this.#readers = new Readers(node)
    this.#slots = { rows: node.probe('rows'), writes: node.probe('writes'), trimmed: node.probe('trimmed') }
  }

  perform(statement: Statement): void {
    if (statement.op === OP_POLL) return this.#readers.poll(statement, this.#version, after => this.#changes(after))
    if (statement.op !== OP_WRITE) return
    const node = this.#node
    this.#version += 1
    const copy = node.copy(statement.message)
    node.hold(copy, RETAINED)
    node.fact(FACT.stored, copy, this.#version)
    this.#rows.pushTail(copy)
    node.count(this.#slots.writes)
    this.#trim()
    answer(statement.connection, OP_WRITTEN, this.#version)
  }

  closed(): void {
    // A poll holds nothing open.
  }
  forget(channel: string): void {
    this.#readers.forget(channel)
  }
  reconfigured(): void {
    this.#trim()
  }
  crash(): void {
    if (this.#node.config()['logged'] !== true) this.#empty('broker crashed')
  }
  purge(): void {
    this.#empty('purged')
  }

  contents(out: Handle[], from: number, limit: number): number {
    for (let n = from; n < Math.min(this.#rows.count, from + limit); n += 1) out.push(this.#rows.at(n))
    return this.#rows.count
  }
  writeLog(sheet: LogSheet): void {
    const rows = this.#rows
    const gone = this.#version - rows.count
    sheet.entries({ first: gone + 1, next: this.#version + 1, gone })
    for (let n = rows.count - 1; n >= 0 && sheet.newest(rows.at(n)); ) n -= 1
    this.#readers.write(sheet, { first: gone + 1, newest: this.#version })
  }
  notes(): readonly string[] {
    return [this.#rows.count === 0 ? 'Empty' : `Rows ${this.#version - this.#rows.count + 1} to ${this.#version}`]
  }
  why(asked: Asked): readonly Why[] {
    if (asked.ended === 'trimmed') return [{ asks: 'died', says: `${this.#node.label()} keeps so many rows, and it was the oldest.`, grounds: [] }]
    return asked.ended === null ? [{ asks: 'here', says: `${this.#node.label()} keeps what happened, whoever has read it.`, grounds: [] }] : []
  }

  *#changes(after: number): Iterable<Change> {
    const first = this.#version - this.#rows.count + 1
    for (let n = Math.max(0, after + 1 - first); n < this.#rows.count; n += 1) yield { version: first + n, message: this.#rows.at(n) }
  }

  /** Deletes the oldest rows beyond what is kept. */
  #trim(): void {
    const keeps = this.#node.config()['keeps']
    while (typeof keeps === 'number' && this.#rows.count > keeps) {
      this.#node.count(this.#slots.trimmed)
      this.#node.discard(this.#rows.takeHead(), 'trimmed')
    }
    this.#node.level(this.#slots.rows, this.#rows.count)
  }

  #empty(reason: 'broker crashed' | 'purged'): void {
    while (this.#rows.count > 0) this.#node.discard(this.#rows.takeHead(), reason)
    this.#node.level(this.#slots.rows, 0)
  }
}
