import { LOOK_DEAD, LOOK_PERSISTENT, LOOK_REDELIVERED, LOOK_REPLY } from '../contract/hops.ts'
import { COPY_STATES, DISCARDED, DISCARD_REASONS, ON_WIRE, PROCESSED, WAITING, type CopyState, type DiscardReason } from '../contract/ledger.ts'
import { FLAG_DEAD, FLAG_PERSISTENT, FLAG_REDELIVERED, FLAG_REPLY, type Amendment, type Handle, type Headers, type Messages, type MessageType } from '../contract/message.ts'
import { CELL_NOW, INT_FREE_MESSAGE, INT_LIVE_MESSAGES, type Memory } from '../kernel/memory.ts'
import { LEDGER_CAME_IN, LEDGER_COPIED, LEDGER_PUBLISHED, LEDGER_REASONS, LEDGER_WENT_OUT } from '../stats/ledger.ts'
import { CONTENT_FLAGS, CONTENT_KEY, CONTENT_LOOK, CONTENT_ORIGIN, Contents, utf8Length } from './contents.ts'
import { DeadCopies } from './dead-copies.ts'
import type { Witness } from './watching/witness.ts'

/** A copy's record: four doubles, then six integers from twice the address. A handle is the address of a record. */
const RECORD = 7
export const MESSAGE_BORN = 0
/** When the copy came to where it is now. */
export const MESSAGE_SINCE = 1
export const MESSAGE_SERIAL = 2
const MARK = 3
/** State in the low byte, flags above it. */
const STATE = 8
/** Address of the ledger of the node that has it; the next free record, when it is free. */
const HOLDER = 9
const REFS = 10
export const MESSAGE_CONTENT = 11
const VIA = 12
const NEXT = 13
const STATE_MASK = 255
const FLAG_SHIFT = 8
const RECORDS_A_BLOCK = 512

/**
 * Every copy there is: records in the linear memory. All ledger movements pass through here, so a copy can't be
 * in two states or in none; a record is reused when its copy has ended and nobody retains it.
 */
export class MessageTable implements Messages {
  readonly contents: Contents
  /** The newest copies that were discarded stay readable: people ask why. */
  readonly dead: DeadCopies
  /** Who is told of copies that end, if anybody is. */
  witness: Witness | null = null
  readonly #memory: Memory
  readonly #blocks: number[] = []

  constructor(memory: Memory) {
    this.#memory = memory
    this.contents = new Contents(memory)
    this.dead = new DeadCopies(memory)
  }

  /** Copies that have not ended. */
  get live(): number {
    return this.#memory.i[INT_LIVE_MESSAGES]!
  }

  /** A new message of this content, waiting at a node; `cause` lends its birth time (0: born now). */
  create(content: number, ledger: number, cause: Handle): Handle {
    if (this.#memory.i[INT_FREE_MESSAGE] === 0) this.moreRecords()
    const { f, i } = this.#memory
    const message = i[INT_FREE_MESSAGE]!
    const at = message * 2
    i[INT_FREE_MESSAGE] = i[at + HOLDER]!
    const now = f[CELL_NOW]!
    const serial = f[ledger + LEDGER_PUBLISHED]! + 1
    f[ledger + LEDGER_PUBLISHED] = serial
    f[ledger + WAITING]! += 1
    f[message + MESSAGE_BORN] = cause === 0 ? now : f[cause + MESSAGE_BORN]!
    f[message + MESSAGE_SINCE] = now
    f[message + MESSAGE_SERIAL] = serial
    f[message + MARK] = 0
    i[at + STATE] = WAITING | (i[content * 2 + CONTENT_FLAGS]! << FLAG_SHIFT)
    i[at + HOLDER] = ledger
    i[at + REFS] = 1
    i[at + MESSAGE_CONTENT] = content
    i[at + VIA] = 0
    this.contents.retain(content)
    this.#memory.i[INT_LIVE_MESSAGES]! += 1
    return message
  }

  copyOf(original: Handle, ledger: number): Handle {
    if (this.#memory.i[INT_FREE_MESSAGE] === 0) this.moreRecords()
    const { f, i } = this.#memory
    const copy = i[INT_FREE_MESSAGE]!
    const at = copy * 2
    const from = original * 2
    i[INT_FREE_MESSAGE] = i[at + HOLDER]!
    f[ledger + LEDGER_COPIED]! += 1
    f[ledger + WAITING]! += 1
    f[copy + MESSAGE_BORN] = f[original + MESSAGE_BORN]!
    f[copy + MESSAGE_SINCE] = f[CELL_NOW]!
    f[copy + MESSAGE_SERIAL] = f[original + MESSAGE_SERIAL]!
    f[copy + MARK] = f[original + MARK]!
    i[at + STATE] = WAITING | (i[from + STATE]! & ~STATE_MASK)
    i[at + HOLDER] = ledger
    i[at + REFS] = 1
    i[at + MESSAGE_CONTENT] = i[from + MESSAGE_CONTENT]!
    i[at + VIA] = i[from + VIA]!
    this.contents.retain(i[from + MESSAGE_CONTENT]!)
    this.#memory.i[INT_LIVE_MESSAGES]! += 1
    return copy
  }

  /** Moves a copy to a node and state; taking it over from another node counts there as gone out, here as come in. */
  move(message: Handle, ledger: number, after: number): void {
    const { f, i } = this.#memory
    const at = message * 2
    const word = i[at + STATE]!
    const before = word & STATE_MASK
    if (before === 0 || before === PROCESSED || before === DISCARDED) throw ended(message, before, after)
    const holder = i[at + HOLDER]!
    f[holder + before]! -= 1
    f[ledger + after]! += 1
    if (holder !== ledger) {
      f[holder + LEDGER_WENT_OUT]! += 1
      f[ledger + LEDGER_CAME_IN]! += 1
      i[at + HOLDER] = ledger
    }
    i[at + STATE] = word ^ before ^ after
    f[message + MESSAGE_SINCE] = f[CELL_NOW]!
  }

  amend(message: Handle, amendment: Amendment): void {
    const before = this.content(message)
    const after = this.contents.amended(before, amendment)
    this.#memory.i[message * 2 + MESSAGE_CONTENT] = after
    this.contents.release(before)
  }

  process(message: Handle, ledger: number): void {
    this.move(message, ledger, PROCESSED)
    this.#memory.i[INT_LIVE_MESSAGES]! -= 1
    if (this.witness !== null) this.witness.ended(message)
    this.release(message)
  }

  discard(message: Handle, ledger: number, reason: DiscardReason): void {
    this.move(message, ledger, DISCARDED)
    const index = DISCARD_REASONS.indexOf(reason)
    const { f, i } = this.#memory
    f[i[ledger * 2 + LEDGER_REASONS]! + index]! += 1
    this.#memory.i[INT_LIVE_MESSAGES]! -= 1
    if (this.witness !== null) this.witness.ended(message)
    const forgotten = this.dead.add(message, index)
    if (forgotten !== 0) this.release(forgotten)
  }

  retain(message: Handle): void {
    this.#memory.i[message * 2 + REFS]! += 1
  }

  release(message: Handle): void {
    const { i } = this.#memory
    const at = message * 2
    const refs = i[at + REFS]! - 1
    i[at + REFS] = refs
    if (refs > 0) return
    const state = i[at + STATE]! & STATE_MASK
    if (refs < 0 || (state !== PROCESSED && state !== DISCARDED)) throw new Error(`copy ${message} was released ${refs < 0 ? 'more often than retained' : `while ${COPY_STATES[state - 1]}`}`)
    i[at + STATE] = 0
    this.contents.release(i[at + MESSAGE_CONTENT]!)
    i[at + HOLDER] = i[INT_FREE_MESSAGE]!
    i[INT_FREE_MESSAGE] = message
  }

  /** True for a handle whose record is in use; any number may be asked for. */
  exists(message: Handle): boolean {
    const block = this.#blocks.find(one => message >= one && message < one + RECORDS_A_BLOCK * RECORD)
    return block !== undefined && (message - block) % RECORD === 0 && this.stateNumber(message) !== 0
  }

  key(message: Handle): string {
    return this.contents.text(this.keyId(message))
  }
  keyId(message: Handle): number {
    const { i } = this.#memory
    return i[i[message * 2 + MESSAGE_CONTENT]! * 2 + CONTENT_KEY]!
  }
  headers(message: Handle): Headers | null {
    return this.contents.of(this.content(message)).headers
  }
  properties(message: Handle): Readonly<Record<string, unknown>> | null {
    return this.contents.of(this.content(message)).properties
  }
  body(message: Handle): string {
    return this.contents.body(this.content(message), this.serial(message), this.bornNs(message))
  }
  bytes(message: Handle): number {
    return this.contents.of(this.content(message)).bytes ?? utf8Length(this.body(message))
  }
  type(message: Handle): MessageType {
    return this.contents.of(this.content(message)).type
  }
  content(message: Handle): number {
    return this.#memory.i[message * 2 + MESSAGE_CONTENT]!
  }
  via(message: Handle): number {
    return this.#memory.i[message * 2 + VIA]!
  }
  setVia(message: Handle, text: number): void {
    this.#memory.i[message * 2 + VIA] = text
  }
  intern(text: string): number {
    return this.contents.intern(text)
  }
  text(number: number): string {
    return this.contents.text(number)
  }
  bornNs(message: Handle): number {
    return this.#memory.f[message + MESSAGE_BORN]!
  }
  /** Index of the producer's node. */
  origin(message: Handle): number {
    return this.#memory.i[this.content(message) * 2 + CONTENT_ORIGIN]!
  }
  serial(message: Handle): number {
    return this.#memory.f[message + MESSAGE_SERIAL]!
  }
  sinceNs(message: Handle): number {
    return this.#memory.f[message + MESSAGE_SINCE]!
  }
  state(message: Handle): CopyState {
    return COPY_STATES[this.stateNumber(message) - 1]!
  }
  stateNumber(message: Handle): number {
    return this.#memory.i[message * 2 + STATE]! & STATE_MASK
  }
  isOnWire(message: Handle): boolean {
    return this.stateNumber(message) === ON_WIRE
  }
  /** Address of the ledger of the node that has it. */
  holder(message: Handle): number {
    return this.#memory.i[message * 2 + HOLDER]!
  }
  flags(message: Handle): number {
    return this.#memory.i[message * 2 + STATE]! >> FLAG_SHIFT
  }
  setFlag(message: Handle, flag: number): void {
    this.#memory.i[message * 2 + STATE]! |= flag << FLAG_SHIFT
  }
  clearFlag(message: Handle, flag: number): void {
    this.#memory.i[message * 2 + STATE]! &= ~(flag << FLAG_SHIFT)
  }
  mark(message: Handle): number {
    return this.#memory.f[message + MARK]!
  }
  setMark(message: Handle, mark: number): void {
    this.#memory.f[message + MARK] = mark
  }
  next(message: Handle): Handle {
    return this.#memory.i[message * 2 + NEXT]!
  }
  setNext(message: Handle, next: Handle): void {
    this.#memory.i[message * 2 + NEXT] = next
  }

  /** How the copy is drawn: bits of contract/hops. */
  look(message: Handle): number {
    const flags = this.flags(message)
    return (
      this.#memory.i[this.content(message) * 2 + CONTENT_LOOK]! |
      ((flags & FLAG_REPLY) !== 0 ? LOOK_REPLY : 0) |
      ((flags & FLAG_REDELIVERED) !== 0 ? LOOK_REDELIVERED : 0) |
      ((flags & FLAG_DEAD) !== 0 ? LOOK_DEAD : 0) |
      ((flags & FLAG_PERSISTENT) !== 0 ? LOOK_PERSISTENT : 0)
    )
  }

  /** Calls back for every copy that has not ended. */
  forEachLive(visit: (message: Handle, holder: number, state: number) => void): void {
    for (const block of this.#blocks) {
      for (let n = 0; n < RECORDS_A_BLOCK; n += 1) {
        const message = block + n * RECORD
        const state = this.stateNumber(message)
        if (state !== 0 && state !== PROCESSED && state !== DISCARDED) visit(message, this.holder(message), state)
      }
    }
  }

  /** Makes free records; there are none. */
  moreRecords(): void {
    const block = this.#memory.reserve(RECORDS_A_BLOCK * RECORD)
    this.#blocks.push(block)
    const { i } = this.#memory
    for (let n = RECORDS_A_BLOCK - 1; n >= 0; n -= 1) {
      i[(block + n * RECORD) * 2 + HOLDER] = i[INT_FREE_MESSAGE]!
      i[INT_FREE_MESSAGE] = block + n * RECORD
    }
  }
}

function ended(message: Handle, before: number, after: number): Error {
  return new Error(`copy ${message} has ended (${before === 0 ? 'free' : COPY_STATES[before - 1]}) and can't become ${COPY_STATES[after - 1]}`)
}
