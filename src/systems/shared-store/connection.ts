import type { ChannelContext, ChannelEnd } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'

/** The database's side of a client's connection. */
export interface Connection {
  readonly wire: ChannelContext
  /** The end of the wire that is the database's. */
  readonly end: ChannelEnd
  /** Id of the table that it is drawn to. */
  readonly table: string
  gone: boolean
}

/** What a client has asked for and is not done yet. */
export interface Statement {
  readonly connection: Connection
  readonly op: number
  readonly message: Handle
  readonly a: number
  readonly b: number
}

export function answer(connection: Connection, op: number, a = 0, b = 0): void {
  if (!connection.gone) connection.wire.send(connection.end, op, a, b)
}
