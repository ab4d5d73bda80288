import type { Config } from '../topology/document.ts'
import type { CopyState } from './ledger.ts'

/** Address of a copy's record in the run's memory; 0 is "no message". */
export type Handle = number
/** Whole nanoseconds of simulated time. */
export type Nanos = number

export type MessageType = 'command' | 'event' | 'document'
export type Headers = Config

/** What an application wants to say; everything else about a message follows from it. */
export interface Draft {
  readonly key: string
  readonly body: string
  readonly type: MessageType
  readonly headers?: Headers
  readonly persistent?: boolean
  readonly reply?: boolean
  /** A message this one continues (a service's result): keeps its birth time, so end-to-end latency spans stages. */
  readonly cause?: Handle
  /** Whatever else the protocol carries with it, untouched (AMQP's basic properties). */
  readonly properties?: Readonly<Record<string, unknown>>
  /** Bytes on the wire; default: the UTF-8 length of the body. */
  readonly bytes?: number
}

/**
 * What is said again and again: composed once, then every message is a number that refers to it. A body with gaps is filled in when somebody
 * reads it: `{n}` is how many were published by its author up to this one, `{id}` this id, `{time}` the message's birth.
 */
export interface Composition extends Omit<Draft, 'cause'> {
  /** How many messages the author had published by templates before, and its name; absent where the body has no gaps. */
  readonly numbered?: { readonly before: number; readonly id: string }
}

/** Flags of a copy, as bits of `flags`. */
export const FLAG_PERSISTENT = 1
export const FLAG_REDELIVERED = 2
export const FLAG_REPLY = 4
export const FLAG_DEAD = 8
/** From this bit on, up to 2^22, flags are the business of the family that holds the copy. */
export const FLAG_OF_FAMILY = 16

/**
 * What a copy says differently from now on: laid over what it says, `undefined` takes a name away. Keep one object for what is changed the
 * same way again and again: copies of one content that are changed by the same object share the result.
 */
export interface Amendment {
  readonly key?: string
  readonly headers?: Readonly<Record<string, Config[string] | undefined>>
  readonly properties?: Readonly<Record<string, unknown>>
}

/**
 * So many keys keep their number for the whole run, and may be remembered by it; where each message has a key of its own, those that come later
 * give theirs back.
 */
export const LASTING_KEYS = 65_536

/** The message table as models see it. Content is immutable; flags and marks belong to a copy. */
export interface Messages {
  key(message: Handle): string
  /** Interned number of the key: equal keys, equal numbers, while a message with it lives; below LASTING_KEYS for the whole run. */
  keyId(message: Handle): number
  headers(message: Handle): Headers | null
  body(message: Handle): string
  bytes(message: Handle): number
  type(message: Handle): MessageType
  bornNs(message: Handle): Nanos
  /** When this copy came to where it is now. */
  sinceNs(message: Handle): Nanos
  state(message: Handle): CopyState
  flags(message: Handle): number
  setFlag(message: Handle, flag: number): void
  clearFlag(message: Handle, flag: number): void
  /** One free number a copy, for whoever holds it (a queue's position, a deadline). Survives moves; copied by copy(). */
  mark(message: Handle): number
  setMark(message: Handle, mark: number): void
  /** A free link for whoever holds the copy: queues are chains of records. */
  next(message: Handle): Handle
  setNext(message: Handle, next: Handle): void
  properties(message: Handle): Readonly<Record<string, unknown>> | null
  /** Interned number of what the copy came through (the exchange it was published to); 0 is nothing. Copied by copy(). */
  via(message: Handle): number
  setVia(message: Handle, text: number): void
  /** A text as a number, the same for the same text within a run; 0 is the empty text. */
  intern(text: string): number
  text(number: number): string
  /** Keeps the record readable after the copy ended (a worker still busy with it). Every retain needs a release. */
  retain(message: Handle): void
  release(message: Handle): void
}
