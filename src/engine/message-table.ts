import { LOOK_COLOUR_MASK, LOOK_COMMAND, LOOK_DOCUMENT, LOOK_EVENT, lookOf } from '../contract/hops.ts'
import { DISCARD_REASONS, COPY_STATES, type CopyState, type DiscardReason } from '../contract/ledger.ts'
import { FLAG_DEAD, FLAG_PERSISTENT, FLAG_REDELIVERED, FLAG_REPLY, type Draft, type Handle, type Headers, type Messages, type MessageType } from '../contract/model.ts'
import { mix } from '../kernel/random.ts'
import { STATE_DISCARDED, STATE_INDEX, STATE_PROCESSED, type Ledger } from '../stats/ledger.ts'

/** What copies of one message share. */
interface Content {
  readonly keyId: number
  readonly headers: Headers | null
  readonly properties: Readonly<Record<string, unknown>> | null
  readonly body: string
  readonly bytes: number
  readonly type: MessageType
  readonly bornNs: number
  /** Node index of the producer and its own counter: the message's identity, a function of the document alone. */
  readonly origin: number
  readonly serial: number
}

const FIRST = 1024

/**
 * Every copy there is: records in typed arrays, named by handles. All ledger movements pass through here, so a copy can't be
 * in two states or in none; a record is reused when its copy has ended and nobody retains it.
 */
export class MessageTable implements Messages {
  #content: (Content | null)[] = new Array<Content | null>(FIRST).fill(null)
  #state = new Uint8Array(FIRST)
  #flags = new Uint8Array(FIRST)
  #holder = new Int32Array(FIRST)
  #via = new Int32Array(FIRST)
  #refs = new Int32Array(FIRST)
  #mark = new Float64Array(FIRST)
  #since = new Float64Array(FIRST)
  #free: number[] = []
  #used = 1
  readonly #keys: string[] = []
  readonly #colours: number[] = []
  readonly #keyIds = new Map<string, number>()
  readonly #ledgers: Ledger[]
  readonly #nowNs: () => number
  /** Copies that have not ended. */
  live = 0

  constructor(ledgers: Ledger[], nowNs: () => number) {
    this.#ledgers = ledgers
    this.#nowNs = nowNs
    this.#keyIdOf('')
  }

  create(draft: Draft, origin: number, serial: number, bornNs: number): Handle {
    const message = this.#newRecord()
    const cause = draft.cause ? this.#content[draft.cause] : null
    this.#content[message] = {
      keyId: this.#keyIdOf(draft.key),
      headers: draft.headers ?? null,
      properties: draft.properties ?? null,
      body: draft.body,
      bytes: draft.bytes ?? utf8Length(draft.body),
      type: draft.type,
      bornNs: cause ? cause.bornNs : bornNs,
      origin,
      serial,
    }
    this.#flags[message] = (draft.persistent ? FLAG_PERSISTENT : 0) | (draft.reply ? FLAG_REPLY : 0)
    this.#mark[message] = 0
    this.#via[message] = 0
    this.#enter(message, origin)
    this.#ledgers[origin]!.published += 1
    return message
  }

  copyOf(message: Handle, node: number): Handle {
    const copy = this.#newRecord()
    this.#content[copy] = this.#content[message]!
    this.#flags[copy] = this.#flags[message]!
    this.#mark[copy] = this.#mark[message]!
    this.#via[copy] = this.#via[message]!
    this.#enter(copy, node)
    this.#ledgers[node]!.copied += 1
    return copy
  }

  /** Moves a copy to a node and state; taking it over from another node counts there as gone out, here as come in. */
  move(message: Handle, node: number, state: CopyState): void {
    const before = this.#state[message]!
    if (before === 0 || before === STATE_PROCESSED || before === STATE_DISCARDED)
      throw new Error(`copy ${message} has ended (${before === 0 ? 'free' : COPY_STATES[before - 1]}) and can't become ${state}`)
    const after = STATE_INDEX[state]
    const holder = this.#holder[message]!
    const from = this.#ledgers[holder]!
    from.states[before]! -= 1
    if (holder === node) {
      from.states[after]! += 1
    } else {
      from.wentOut += 1
      const to = this.#ledgers[node]!
      to.cameIn += 1
      to.states[after]! += 1
      this.#holder[message] = node
    }
    this.#state[message] = after
    this.#since[message] = this.#nowNs()
  }

  end(message: Handle, node: number, state: 'processed' | 'discarded', reason: DiscardReason | null): void {
    this.move(message, node, state)
    if (reason) this.#ledgers[node]!.reasons[DISCARD_REASONS.indexOf(reason)]! += 1
    this.live -= 1
    this.release(message)
  }

  retain(message: Handle): void {
    this.#refs[message]! += 1
  }

  release(message: Handle): void {
    const refs = (this.#refs[message]! -= 1)
    if (refs > 0) return
    if (refs < 0) throw new Error(`copy ${message} was released more often than retained`)
    const state = this.#state[message]!
    if (state !== STATE_PROCESSED && state !== STATE_DISCARDED) throw new Error(`copy ${message} was released while ${COPY_STATES[state - 1]}`)
    this.#state[message] = 0
    this.#content[message] = null
    this.#free.push(message)
  }

  exists(message: Handle): boolean {
    return message > 0 && message < this.#used && this.#state[message] !== 0
  }

  key(message: Handle): string {
    return this.#keys[this.#content[message]!.keyId]!
  }
  keyId(message: Handle): number {
    return this.#content[message]!.keyId
  }
  headers(message: Handle): Headers | null {
    return this.#content[message]!.headers
  }
  properties(message: Handle): Readonly<Record<string, unknown>> | null {
    return this.#content[message]!.properties
  }
  via(message: Handle): number {
    return this.#via[message]!
  }
  setVia(message: Handle, text: number): void {
    this.#via[message] = text
  }
  intern(text: string): number {
    return this.#keyIdOf(text)
  }
  text(number: number): string {
    return this.#keys[number]!
  }
  body(message: Handle): string {
    return this.#content[message]!.body
  }
  bytes(message: Handle): number {
    return this.#content[message]!.bytes
  }
  type(message: Handle): MessageType {
    return this.#content[message]!.type
  }
  bornNs(message: Handle): number {
    return this.#content[message]!.bornNs
  }
  origin(message: Handle): number {
    return this.#content[message]!.origin
  }
  serial(message: Handle): number {
    return this.#content[message]!.serial
  }
  sinceNs(message: Handle): number {
    return this.#since[message]!
  }
  state(message: Handle): CopyState {
    return COPY_STATES[this.#state[message]! - 1]!
  }
  holder(message: Handle): number {
    return this.#holder[message]!
  }
  flags(message: Handle): number {
    return this.#flags[message]!
  }
  setFlag(message: Handle, flag: number): void {
    this.#flags[message]! |= flag
  }
  clearFlag(message: Handle, flag: number): void {
    this.#flags[message]! &= ~flag
  }
  mark(message: Handle): number {
    return this.#mark[message]!
  }
  setMark(message: Handle, mark: number): void {
    this.#mark[message] = mark
  }

  /** How the copy is drawn: bits of contract/hops. */
  look(message: Handle): number {
    const content = this.#content[message]!
    const flags = this.#flags[message]!
    return lookOf({
      shape: content.type === 'command' ? LOOK_COMMAND : content.type === 'event' ? LOOK_EVENT : LOOK_DOCUMENT,
      colour: this.#colours[content.keyId]!,
      reply: (flags & FLAG_REPLY) !== 0,
      redelivered: (flags & FLAG_REDELIVERED) !== 0,
      dead: (flags & FLAG_DEAD) !== 0,
      persistent: (flags & FLAG_PERSISTENT) !== 0,
    })
  }

  /** Calls back for every copy that has not ended. */
  forEachLive(visit: (message: Handle, holder: number, state: number) => void): void {
    for (let message = 1; message < this.#used; message += 1) {
      const state = this.#state[message]!
      if (state !== 0 && state !== STATE_PROCESSED && state !== STATE_DISCARDED) visit(message, this.#holder[message]!, state)
    }
  }

  #enter(message: Handle, node: number): void {
    this.#state[message] = STATE_INDEX.waiting
    this.#holder[message] = node
    this.#refs[message] = 1
    this.#since[message] = this.#nowNs()
    this.#ledgers[node]!.states[STATE_INDEX.waiting]! += 1
    this.live += 1
  }

  #keyIdOf(key: string): number {
    const known = this.#keyIds.get(key)
    if (known !== undefined) return known
    const id = this.#keys.push(key) - 1
    this.#colours.push((mix(key, 7) >>> 8) & LOOK_COLOUR_MASK)
    this.#keyIds.set(key, id)
    return id
  }

  #newRecord(): Handle {
    const reused = this.#free.pop()
    if (reused !== undefined) return reused
    const record = this.#used
    this.#used += 1
    if (record >= this.#state.length) this.#grow()
    return record
  }

  #grow(): void {
    const size = this.#state.length * 2
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const bigger = new Uint8Array(size)
      bigger.set(old)
      return bigger
    }
    const ints = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const bigger = new Int32Array(size)
      bigger.set(old)
      return bigger
    }
    const doubles = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const bigger = new Float64Array(size)
      bigger.set(old)
      return bigger
    }
    this.#state = bytes(this.#state)
    this.#flags = bytes(this.#flags)
    this.#holder = ints(this.#holder)
    this.#via = ints(this.#via)
    this.#refs = ints(this.#refs)
    this.#mark = doubles(this.#mark)
    this.#since = doubles(this.#since)
  }
}

/** Bytes of a text in UTF-8, without encoding it. */
function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 0x80) bytes += 1
    else if (code < 0x800) bytes += 2
    else if (code >= 0xd800 && code < 0xdc00) {
      bytes += 4
      i += 1
    } else bytes += 3
  }
  return bytes
}
