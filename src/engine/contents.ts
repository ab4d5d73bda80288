import { LOOK_COLOUR_MASK, LOOK_COLOUR_SHIFT, LOOK_COMMAND, LOOK_DOCUMENT, LOOK_EVENT, LOOK_REPLY } from '../contract/hops.ts'
import { FLAG_PERSISTENT, FLAG_REPLY, LASTING_KEYS, type Amendment, type Composition, type Draft, type Headers, type MessageType } from '../contract/message.ts'
import type { Memory } from '../kernel/memory.ts'
import { mix } from '../kernel/random.ts'
import { CONTENT_IS_PLAIN } from '../machine/layout.ts'
import { fillTemplate } from '../messaging/template.ts'

/** What copies of one message, or all messages of one template, share and that is not a number. */
export interface Content {
  readonly headers: Headers | null
  readonly properties: Readonly<Record<string, unknown>> | null
  readonly body: string
  readonly type: MessageType
  readonly bytes: number | null
  /** Fills the gaps of the body by the message's own number and birth when somebody reads it: `{n}` is the serial minus this. */
  readonly numbered: { readonly serialBefore: number; readonly id: string } | null
  /** What made it from another content. */
  readonly amendment: Amendment | null
}

/** What a fact says of its message beside its identity. The trace asks for it long after the message has gone. */
export interface Told {
  readonly key: string
  readonly type: MessageType
  /** Shape, colour and whether it is a reply, as bits of a look. */
  readonly look: number
  /** What says which messages belong together; null where nothing does. */
  readonly correlation: string | null
}

/** A content's record in the linear memory: integers, from twice its address. */
const RECORD = 5
const RECORDS_AT_ONCE = 64
export const CONTENT_KEY = 0
/** Shape and colour, as bits of a look. */
export const CONTENT_LOOK = 1
/** Index of the producer's node. */
export const CONTENT_ORIGIN = 2
/** CONTENT_IS_PLAIN of machine/layout.ts, or 0. */
const PLAIN = 3
const REFS = 4
/** Index of the Content, and of what is told of it. */
export const CONTENT_OBJECT = 5
/** Flags a copy begins with. */
export const CONTENT_FLAGS = 6
/** The content that was made from this one last, kept as long as this one lives; 0 is none. */
const AMENDED = 7
/** Hash of the id of the producer's node: what the digest knows it by. */
const ORIGIN_HASH = 8
const SHAPES: Readonly<Record<MessageType, number>> = { command: LOOK_COMMAND, event: LOOK_EVENT, document: LOOK_DOCUMENT }

/** The contents of messages, counted by the copies that have them; and every text that is a number. */
export class Contents {
  readonly #memory: Memory
  readonly #objects: (Content | null)[] = []
  readonly #told: Told[] = []
  readonly #freeObjects: number[] = []
  readonly #freeRecords: number[] = []
  /** Let go of in this round of the trace and in the one before: facts in its ring may still name them. */
  #gone: number[] = []
  #goneBefore: number[] = []
  readonly #texts: string[] = []
  readonly #numbers = new Map<string, number>()
  /** How many contents have a key whose number doesn't last. */
  readonly #uses = new Map<number, number>()
  readonly #freeNumbers: number[] = []

  constructor(memory: Memory) {
    this.#memory = memory
    this.intern('')
  }

  /** Of one message, or of all that are published by one composition; whoever makes it lets it go by `release`. */
  make(draft: Draft | Composition, origin: { readonly index: number; readonly hash: number; readonly serial: number }): number {
    const content = this.#record()
    const numbered = 'numbered' in draft && draft.numbered ? { serialBefore: origin.serial - draft.numbered.before, id: draft.numbered.id } : null
    const object = this.#place()
    this.#objects[object] = { headers: draft.headers ?? null, properties: draft.properties ?? null, body: draft.body, type: draft.type, bytes: draft.bytes ?? null, numbered, amendment: null }
    const { i } = this.#memory
    const at = content * 2
    i[at + AMENDED] = 0
    i[at + CONTENT_KEY] = this.#useKey(draft.key)
    i[at + CONTENT_LOOK] = SHAPES[draft.type] | (((mix(draft.key, 7) >>> 8) & LOOK_COLOUR_MASK) << LOOK_COLOUR_SHIFT)
    i[at + CONTENT_ORIGIN] = origin.index
    i[at + ORIGIN_HASH] = origin.hash
    i[at + REFS] = 1
    i[at + PLAIN] = plainness(draft.properties, draft.headers)
    i[at + CONTENT_OBJECT] = object
    i[at + CONTENT_FLAGS] = (draft.persistent ? FLAG_PERSISTENT : 0) | (draft.reply ? FLAG_REPLY : 0)
    this.#told[object] = { key: draft.key, type: draft.type, look: i[at + CONTENT_LOOK]! | (draft.reply ? LOOK_REPLY : 0), correlation: correlationIn(draft.properties) }
    return content
  }

  /** The content with an amendment laid over it; whoever asks lets it go by `release`. */
  amended(content: number, amendment: Amendment): number {
    const before = this.#memory.i[content * 2 + AMENDED]!
    if (before !== 0 && this.of(before).amendment === amendment) {
      this.retain(before)
      return before
    }
    const made = this.#record()
    const old = this.of(content)
    const object = this.#place()
    const headers = laidOver(old.headers, amendment.headers) as Headers | null // values of an amendment are those of headers
    const properties = laidOver(old.properties, amendment.properties)
    this.#objects[object] = { ...old, headers, properties, amendment }
    const { i } = this.#memory
    for (let n = 0; n < RECORD * 2; n += 1) i[made * 2 + n] = i[content * 2 + n]!
    i[made * 2 + CONTENT_KEY] = this.#useKey(amendment.key ?? this.text(i[content * 2 + CONTENT_KEY]!))
    i[made * 2 + REFS] = 2
    i[made * 2 + PLAIN] = plainness(properties, headers)
    i[made * 2 + CONTENT_OBJECT] = object
    const told = this.told(i[content * 2 + CONTENT_OBJECT]!)
    this.#told[object] = { ...told, key: amendment.key ?? told.key, correlation: correlationIn(properties) }
    i[made * 2 + AMENDED] = 0
    if (before !== 0) this.release(before)
    i[content * 2 + AMENDED] = made
    return made
  }

  retain(content: number): void {
    this.#memory.i[content * 2 + REFS]! += 1
  }

  release(content: number): void {
    const { i } = this.#memory
    const refs = i[content * 2 + REFS]! - 1
    i[content * 2 + REFS] = refs
    if (refs > 0) return
    const amended = i[content * 2 + AMENDED]!
    if (amended !== 0) this.release(amended)
    this.#dropKey(i[content * 2 + CONTENT_KEY]!)
    const object = i[content * 2 + CONTENT_OBJECT]!
    this.#objects[object] = null
    this.#gone.push(object)
    this.#freeRecords.push(content)
  }

  #record(): number {
    const free = this.#freeRecords.pop()
    if (free !== undefined) return free
    const block = this.#memory.reserve(RECORD * RECORDS_AT_ONCE)
    for (let n = RECORDS_AT_ONCE - 1; n > 0; n -= 1) this.#freeRecords.push(block + n * RECORD)
    return block
  }

  of(content: number): Content {
    return this.#objects[this.#memory.i[content * 2 + CONTENT_OBJECT]!]!
  }

  /** Of a content by its index, also when it has been let go of lately. */
  told(object: number): Told {
    return this.#told[object]!
  }

  /** The trace's ring has gone round: no fact names any more what was let go of in the round before. */
  traceWrapped(): void {
    for (const object of this.#goneBefore) this.#freeObjects.push(object)
    this.#goneBefore = this.#gone
    this.#gone = []
  }

  body(content: number, serial: number, bornNs: number): string {
    const { body, numbered } = this.of(content)
    return numbered ? fillTemplate(body, { n: serial - numbered.serialBefore, id: numbered.id, timeNs: bornNs, random: () => 0 }) : body
  }

  /** A text as a number, the same for the same text for the whole run. */
  intern(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numberOf(text)
    this.#uses.delete(number)
    return number
  }

  /** A key as a number; beyond the first LASTING_KEYS it is counted, and given back when nothing has the key any more. */
  #useKey(text: string): number {
    const known = this.#numbers.get(text)
    const number = known ?? this.#numberOf(text)
    const uses = this.#uses.get(number)
    if (uses !== undefined) this.#uses.set(number, uses + 1)
    else if (known === undefined && number >= LASTING_KEYS) this.#uses.set(number, 1)
    return number
  }

  #dropKey(number: number): void {
    const uses = number < LASTING_KEYS ? undefined : this.#uses.get(number)
    if (uses === undefined) return
    if (uses > 1) return void this.#uses.set(number, uses - 1)
    this.#uses.delete(number)
    this.#numbers.delete(this.#texts[number]!)
    this.#texts[number] = ''
    this.#freeNumbers.push(number)
  }

  #place(): number {
    return this.#freeObjects.pop() ?? this.#objects.push(null) - 1
  }

  #numberOf(text: string): number {
    const number = this.#freeNumbers.pop() ?? this.#texts.length
    this.#texts[number] = text
    this.#numbers.set(text, number)
    return number
  }

  text(number: number): string {
    return this.#texts[number]!
  }
}

function correlationIn(properties: Content['properties'] | undefined): string | null {
  const id = properties?.['correlationId']
  return id === undefined || id === null ? null : String(id)
}

/** Nothing has to look into what has no properties and no list of further keys. */
function plainness(properties: Content['properties'] | undefined, headers: Headers | null | undefined): number {
  const looked = (properties !== null && properties !== undefined) || Object.keys(headers ?? {}).some(name => name === 'CC' || name === 'BCC')
  return looked ? 0 : CONTENT_IS_PLAIN
}

function laidOver(under: Readonly<Record<string, unknown>> | null, over: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> | null {
  if (over === undefined) return under
  const result: Record<string, unknown> = { ...under, ...over }
  for (const name of Object.keys(over)) if (over[name] === undefined) delete result[name]
  return result
}

/** Bytes of a text in UTF-8, without encoding it. */
export function utf8Length(text: string): number {
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
