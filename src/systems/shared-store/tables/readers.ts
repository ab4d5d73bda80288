import type { NodeContext } from '../../../contract/context.ts'
import type { LogSheet } from '../../../contract/log.ts'
import { answer, type Connection, type Statement } from '../connection.ts'
import { FROM_NOW, OP_DONE, OP_ROW, WHERE_IT_WAS } from '../packets.ts'

/** A row as a reader asks for it. */
export interface Change {
  readonly version: number
  readonly message: number
}

interface Position {
  readonly wire: Connection['wire']
  readonly end: Connection['end']
  /** So far it has said to be done. */
  done: number
  /** So far it has been given. */
  given: number
}

/** Those who poll a table, and how far each is: by the line, so it outlives their programs and the database. */
export class Readers {
  readonly #node: NodeContext
  readonly #positions = new Map<string, Position>()
  readonly #slots: { polls: number; empty: number; staleness: number }

  constructor(node: NodeContext) {
    this.#node = node
    this.#slots = { polls: node.probe('polls'), empty: node.probe('emptyPolls'), staleness: node.probe('staleness') }
  }

  /** Gives a reader a copy of each change that it hasn't seen, oldest first. `newest` is the version of the last change. */
  poll({ connection, a, b }: Statement, newest: number, changes: (after: number) => Iterable<Change>): void {
    const node = this.#node
    const position = this.#positionOf(connection)
    const after = a === WHERE_IT_WAS ? position.done : a === FROM_NOW ? newest : a
    position.done = after
    position.given = Math.max(position.given, after)
    let count = 0
    let version = after
    for (const change of changes(after)) {
      if (count === b || connection.gone) break
      count += 1
      version = change.version
      node.recordStay(this.#slots.staleness, change.message)
      connection.wire.sendCopy(connection.end, OP_ROW, node.copy(change.message), 0, 0)
    }
    position.given = Math.max(position.given, version)
    node.count(this.#slots.polls)
    if (count === 0) node.count(this.#slots.empty)
    answer(connection, OP_DONE, count, version)
  }

  /** Whether there are readers, and all of them have been given a version. */
  haveSeen(version: number): boolean {
    if (this.#positions.size === 0) return false
    for (const position of this.#positions.values()) if (position.given < version) return false
    return true
  }

  forget(channel: string): void {
    this.#positions.delete(channel)
  }

  /** What was given and not said to be done is still at work. */
  write(sheet: LogSheet, { first, newest }: { readonly first: number; readonly newest: number }): void {
    for (const { wire, end, given, done } of this.#positions.values()) {
      sheet.cursor({ of: 'reader', name: wire.nodeLabel(end === 'from' ? 'to' : 'from'), next: Math.max(first, given + 1), lag: Math.max(0, newest - given), pending: Math.max(0, given - done), consumers: 1 })
    }
  }

  #positionOf({ wire, end }: Connection): Position {
    let position = this.#positions.get(wire.id)
    if (!position) this.#positions.set(wire.id, (position = { wire, end, done: 0, given: 0 }))
    return position
  }
}
