import type { NodeContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import { RETAINED } from '../../../contract/ledger.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Asked, Why } from '../../../contract/why.ts'
import { answer, type Connection, type Statement } from '../connection.ts'
import { BLIND, OP_CONFLICT, OP_LOCK, OP_POLL, OP_SELECT, OP_VERSION, OP_WRITE, OP_WRITTEN } from '../packets.ts'
import { Locks } from './locks.ts'
import { Readers, type Change } from './readers.ts'
import type { Table } from './table.ts'

/** One row a key: whoever writes it again takes the place of what was there. */
export class Records implements Table {
  readonly #node: NodeContext
  readonly #readers: Readers
  readonly #locks = new Locks()
  /** By key, in the order of their last change. */
  readonly #rows = new Map<string, Change>()
  /** Counts the changes of the table; a row's version is the count at its last change. */
  #version = 0
  readonly #slots: { rows: number; writes: number; conflicts: number; lost: number; unseen: number; waiting: number }

  constructor(node: NodeContext) {
    this.#node = node
    this.#readers = new Readers(node)
    const slot = (id: string): number => node.probe(id)
    this.#slots = { rows: slot('rows'), writes: slot('writes'), conflicts: slot('conflicts'), lost: slot('lostUpdates'), unseen: slot('unseen'), waiting: slot('lockWaits') }
  }

  perform(statement: Statement): void {
    const { connection, op, a } = statement
    switch (op) {
      case OP_POLL:
        return this.#readers.poll(statement, this.#version, after => this.#changes(after))
      case OP_SELECT:
        return answer(connection, OP_VERSION, this.#versionOf(this.#node.messages.text(a)))
      case OP_LOCK: {
        const key = this.#node.messages.text(a)
        if (!connection.gone && this.#locks.take(key, connection)) this.#granted(key, connection)
        return this.#node.level(this.#slots.waiting, this.#locks.waiting)
      }
      case OP_WRITE:
        return this.#write(statement)
    }
  }

  closed(connection: Connection): void {
    this.#locks.withdraw(connection, (key, next) => this.#granted(key, next))
    this.#node.level(this.#slots.waiting, this.#locks.waiting)
  }

  forget(channel: string): void {
    this.#readers.forget(channel)
  }
  reconfigured(): void {
    // The next crash goes by the setting.
  }

  crash(): void {
    this.#locks.clear()
    this.#node.level(this.#slots.waiting, 0)
    if (this.#node.config()['logged'] !== true) this.#empty('broker crashed')
  }
  purge(): void {
    this.#empty('purged')
  }

  contents(out: Handle[], from: number, limit: number): number {
    if (from < this.#rows.size) for (const row of [...this.#rows.values()].slice(from, from + limit)) out.push(row.message)
    return this.#rows.size
  }
  notes(): readonly string[] {
    const newest = [...this.#rows].slice(-3).reverse()
    return [this.#rows.size === 0 ? 'Empty' : `Last change: version ${this.#version}`, ...newest.map(([key, row]) => `${key === '' ? '(no key)' : key}: version ${row.version}`)]
  }
  why(asked: Asked): readonly Why[] {
    if (asked.ended === 'replaced') return [{ asks: 'died', says: `It was overwritten in ${this.#node.label()} before whoever polls had read it.`, grounds: [] }]
    return asked.ended === null ? [{ asks: 'here', says: `It is what its row in ${this.#node.label()} says, until somebody writes it again.`, grounds: [] }] : []
  }

  #write({ connection, message, a, b }: Statement): void {
    const node = this.#node
    const key = node.messages.key(message)
    const row = this.#rows.get(key)
    const current = row?.version ?? 0
    if (b === 1 && current !== a) {
      node.count(this.#slots.conflicts)
      return answer(connection, OP_CONFLICT)
    }
    const outdated = a !== BLIND && current !== a
    if (outdated) node.count(this.#slots.lost)
    if (row) this.#overwrite(row, { read: current === a, outdated })
    this.#version += 1
    const copy = node.copy(message)
    node.hold(copy, RETAINED)
    node.fact(FACT.stored, copy, this.#version)
    // A change goes to the end: readers ask for what changed last.
    this.#rows.delete(key)
    this.#rows.set(key, { version: this.#version, message: copy })
    node.count(this.#slots.writes)
    node.level(this.#slots.rows, this.#rows.size)
    answer(connection, OP_WRITTEN, this.#version)
    const next = this.#locks.release(key, connection)
    if (next) this.#granted(key, next)
    node.level(this.#slots.waiting, this.#locks.waiting)
  }

  /** What was there has done its duty when somebody has read it: who writes in its place, or all who poll. Otherwise it is lost. */
  #overwrite(row: Change, { read, outdated }: { readonly read: boolean; readonly outdated: boolean }): void {
    if (!outdated && (read || this.#readers.haveSeen(row.version))) return this.#node.process(row.message)
    if (!this.#readers.haveSeen(row.version)) this.#node.count(this.#slots.unseen)
    this.#node.discard(row.message, 'replaced')
  }

  #granted(key: string, connection: Connection): void {
    answer(connection, OP_VERSION, this.#versionOf(key))
  }

  #versionOf(key: string): number {
    return this.#rows.get(key)?.version ?? 0
  }

  *#changes(after: number): Iterable<Change> {
    if (after >= this.#version) return
    for (const row of this.#rows.values()) if (row.version > after) yield row
  }

  #empty(reason: 'broker crashed' | 'purged'): void {
    for (const row of this.#rows.values()) this.#node.discard(row.message, reason)
    this.#rows.clear()
    this.#node.level(this.#slots.rows, 0)
  }
}
