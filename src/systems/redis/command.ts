import type { Handle } from '../../contract/message.ts'
import type { Connection } from './connection.ts'
import type { Resp, RespError } from './resp.ts'
import type { RedisServer } from './server.ts'

/** Stands in a learned command where a value, an id or a name comes with each packet: the message, its key, or the packet's two numbers. */
export const VALUE = '\u0000value'
export const KEY = '\u0000key'
export const NUMBERS = '\u0000numbers'
/** Stands for the name of the node that the connection is drawn to, also as a part of a word. */
export const DRAWN = '\u0000drawn'
/** Moves one item, named by its number, from a processing list back to the end that is popped next: MULTI, LREM, RPUSH and EXEC of a worker that knows the item. */
export const GIVE_BACK = '\u0000giveback'

/** How an answer is wanted: as RESP, as items with their number at the end, or not at all. Errors are always told. */
export type Wants = 'words' | 'items' | 'nothing'

/** A command as a client says it. The server keeps what it read of it, so that a command said again is not read again. */
export class Command {
  readonly args: readonly string[]
  readonly wants: Wants
  /** When this command ends a copy, the ledger calls it rejected instead of processed: the client drops what it acknowledges. */
  readonly rejects: boolean
  read: Prepared | RespError | null = null

  constructor(args: readonly string[], wants: Wants = 'words', options: { readonly rejects?: boolean } = {}) {
    this.args = args
    this.wants = wants
    this.rejects = options.rejects ?? false
  }
}

/** The client is held: its answer comes later. */
export const BLOCKED = Symbol('blocked')
export type Answer = Resp | typeof BLOCKED

/** One performance of a command. The server has one such object and reuses it. */
export interface Call {
  readonly server: RedisServer
  readonly connection: Connection
  readonly command: Command
  /** Messages that came as the command's values. */
  readonly values: readonly Handle[]
  readonly a: number
  readonly b: number
  /** False inside a transaction. */
  readonly mayBlock: boolean
  /** Set by a command that takes its values in; else they are refused. */
  used: boolean
}

export type Run = (call: Call) => Answer

/** A kind of command: how many words it needs (negative: at least), and how it is read. */
export interface CommandKind {
  /** As in errors: `lpush`, `xgroup|create`. */
  readonly name: string
  readonly arity: number
  /** Also for a connection that has subscribed (RESP2). */
  readonly whileSubscribed?: boolean
  /** Performed at once inside MULTI instead of being queued. */
  readonly outsideTransaction?: boolean
  /** `args` from the command's name on. */
  readonly read: (args: readonly string[]) => Run | RespError
}

export interface Prepared {
  readonly kind: CommandKind
  readonly run: Run | RespError
}
