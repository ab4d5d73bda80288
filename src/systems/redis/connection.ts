import type { Alarm, ChannelContext } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import type { Wait } from './blocking.ts'
import type { Command } from './command.ts'
import { OP_DONE, OP_GONE, OP_ITEM, OP_REPLY } from './packets.ts'
import { verbOf, type Refusals } from './refusals.ts'
import { isError, type Resp } from './resp.ts'
import type { EntryId } from './entry-id.ts'
import type { StreamKey } from './stream-key.ts'

/** A command that has come and is not performed yet: queued by MULTI, or behind one that blocks. */
export interface Said {
  readonly command: Command
  readonly values: readonly Handle[]
  readonly a: number
  readonly b: number
}

/** The server's side of a client's connection: what it has subscribed to, its transaction, and what it waits for. */
export class Connection {
  readonly number: number
  readonly wire: ChannelContext
  /** The end of the wire that is the server's. */
  readonly end: 'from' | 'to'
  readonly channels = new Set<string>()
  readonly patterns = new Set<string>()
  readonly shards = new Set<string>()
  /** Commands by number, as they were said, and with the name of what the connection is drawn to in its place. */
  readonly said: Command[] = []
  readonly learned: Command[] = []
  /** Values that came ahead of their command. */
  values: Handle[] = []
  /** Commands since MULTI; null outside a transaction. */
  queue: Said[] | null = null
  /** A command could not be queued: EXEC will refuse. */
  spoilt = false
  /** The stream that it was given entries of last without a group, and the id of the last one: the server need not know, but whoever looks wants to. */
  #reads: StreamKey | null = null
  #readMs = 0
  #readSeq = 0
  /** What it is held for, by which command, and until when. */
  wait: Wait | null = null
  waitCommand: Command | null = null
  alarm: Alarm = 0
  /** What came while it was held. */
  backlog: Said[] = []
  /** It has said QUIT. */
  leaving = false
  /** Closed: what it had said since counts for nothing. */
  gone = false
  /** What was refused on its line before; empty: nothing. */
  failed: string
  readonly #refusals: Refusals
  #handed = 0

  constructor(options: { number: number; wire: ChannelContext; end: 'from' | 'to'; refusals: Refusals }) {
    this.#refusals = options.refusals
    this.failed = options.refusals.failedOn(options.wire)
    this.number = options.number
    this.wire = options.wire
    this.end = options.end
  }

  /** Who it belongs to: the node at the other end. */
  get client(): string {
    return this.end === 'from' ? this.wire.to : this.wire.from
  }

  /** What it is drawn to. */
  get inside(): string {
    return this.end === 'from' ? this.wire.from : this.wire.to
  }

  /** RESP2: a connection that has subscribed may say little else. */
  get subscribed(): boolean {
    return this.channels.size + this.patterns.size + this.shards.size > 0
  }

  /** Gives a copy away: it is the client's now. */
  hand(message: Handle, a: number, b: number): void {
    this.#handed += 1
    this.wire.sendCopy(this.end, OP_ITEM, message, a, b)
  }

  /** Shows a copy that the server keeps. */
  show(message: Handle, a: number, b: number): void {
    this.#handed += 1
    this.wire.sendSight(this.end, OP_ITEM, message, a, b)
  }

  /** Names an entry that is pending but was deleted. */
  showGone(ms: number, seq: number): void {
    this.#handed += 1
    this.wire.send(this.end, OP_GONE, ms, seq)
  }

  /** It was given a stream's entries up to this one. */
  hasRead(stream: StreamKey, ms: number, seq: number): void {
    this.#reads = stream
    this.#readMs = ms
    this.#readSeq = seq
  }

  /** After which id it goes on reading a stream on its own, as far as can be seen here; null when it doesn't. */
  readsAfter(stream: StreamKey): EntryId | null {
    const { wait } = this
    if (wait?.wait === 'read' && wait.keys.includes(stream.name)) return wait.after[wait.keys.indexOf(stream.name)]!
    return this.#reads === stream ? { ms: this.#readMs, seq: this.#readSeq } : null
  }

  answer(command: Command, answer: Resp): void {
    const count = this.#handed
    this.#handed = 0
    if (isError(answer)) this.failed = this.#refusals.failed(this.wire, this.end, command, answer) || this.failed
    else if (this.failed !== '' && this.failed === verbOf(command)) {
      this.failed = ''
      this.#refusals.passed(this.wire)
    }
    if (command.wants === 'words' || isError(answer)) this.wire.send(this.end, OP_REPLY, this.wire.give(answer), 0)
    else if (command.wants === 'items') this.wire.send(this.end, OP_DONE, count, 0)
  }
}
