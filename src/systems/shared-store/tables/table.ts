import type { NodeContext } from '../../../contract/context.ts'
import type { LogSheet } from '../../../contract/log.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Asked, Why } from '../../../contract/why.ts'
import type { Connection, Statement } from '../connection.ts'
import { Events } from './events.ts'
import { Jobs } from './jobs.ts'
import { Records } from './records.ts'

/** What a table of any kind does. A transaction is one statement, or what one line does to one row. */
export interface Table {
  perform(statement: Statement): void
  /** A connection is gone: what it held open is rolled back. */
  closed(connection: Connection): void
  /** A line is no longer there: nothing of it is remembered. */
  forget(channel: string): void
  /** The database died: what was committed is on disk, unless the table isn't logged. */
  crash(): void
  /** The table goes, with everything in it. */
  purge(): void
  reconfigured(): void
  contents(out: Handle[], from: number, limit: number): number
  /** Where a table that is a log stands; absent where rows don't stay in their order. */
  writeLog?(sheet: LogSheet): void
  notes(): readonly string[]
  why(asked: Asked): readonly Why[]
}

export function tableFor(node: NodeContext): Table {
  switch (node.type) {
    case 'store.records':
      return new Records(node)
    case 'store.events':
      return new Events(node)
    default:
      return new Jobs(node)
  }
}
