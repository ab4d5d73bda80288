import type { Handle, Messages } from '../../contract/message.ts'

/** What stands before the content of a copy: frames that sockets put there, and how many frames of the content they took away. */
interface Envelope {
  readonly frames: readonly string[]
  readonly taken: number
}

const NOTHING: Envelope = { frames: [], taken: 0 }

/**
 * The frames of a message: the envelope that sockets write (routing ids, request ids, the empty delimiter), then the content. The content of
 * a message never changes, so the envelope is a number that each copy carries: an interned text, read and changed through tables.
 */
export class Envelopes {
  readonly #messages: Messages
  readonly #read = new Map<number, Envelope>([[0, NOTHING]])
  /** By envelope, then frame: the envelope with that frame in front. */
  readonly #pushed = new Map<number, Map<string, number>>()
  readonly #popped = new Map<number, number>()

  constructor(messages: Messages) {
    this.#messages = messages
  }

  /** The first frame: the topic, the address. */
  first(message: Handle): string {
    const via = this.#messages.via(message)
    if (via === 0) return this.#firstOfContent(message)
    const { frames, taken } = this.#of(via)
    return frames[0] ?? this.#content(message)[taken] ?? ''
  }

  frames(message: Handle): readonly string[] {
    const { frames, taken } = this.#of(this.#messages.via(message))
    return [...frames, ...this.#content(message).slice(taken)]
  }

  count(message: Handle): number {
    const { frames, taken } = this.#of(this.#messages.via(message))
    return frames.length + this.#lengthOfContent(message) - taken
  }

  /** Puts a frame in front. */
  push(message: Handle, frame: string): void {
    this.#messages.setVia(message, this.withFrame(this.#messages.via(message), frame))
  }

  /** Takes the first frame away. */
  pop(message: Handle): void {
    const via = this.#messages.via(message)
    let rest = this.#popped.get(via)
    if (rest === undefined) {
      const { frames, taken } = this.#of(via)
      rest = this.#number(frames.length > 0 ? { frames: frames.slice(1), taken } : { frames, taken: taken + 1 })
      this.#popped.set(via, rest)
    }
    this.#messages.setVia(message, rest)
  }

  withFrame(via: number, frame: string): number {
    let known = this.#pushed.get(via)
    if (!known) this.#pushed.set(via, (known = new Map<string, number>()))
    let number = known.get(frame)
    if (number === undefined) {
      const { frames, taken } = this.#of(via)
      number = this.#number({ frames: [frame, ...frames], taken })
      known.set(frame, number)
    }
    return number
  }

  /** An envelope of these frames, for a message whose content is whole. */
  of(frames: readonly string[]): number {
    return this.#number({ frames, taken: 0 })
  }

  /** An envelope with the frames of another in front. */
  joined(front: number, via: number): number {
    let joined = via
    for (const frame of this.#of(front).frames.toReversed()) joined = this.withFrame(joined, frame)
    return joined
  }

  #of(via: number): Envelope {
    let known = this.#read.get(via)
    if (!known) {
      const [taken, ...frames] = JSON.parse(this.#messages.text(via)) as [number, ...string[]] // written by #number
      known = { frames, taken }
      this.#read.set(via, known)
    }
    return known
  }

  #number(envelope: Envelope): number {
    return envelope.frames.length === 0 && envelope.taken === 0 ? 0 : this.#messages.intern(JSON.stringify([envelope.taken, ...envelope.frames]))
  }

  #firstOfContent(message: Handle): string {
    if (this.#messages.properties(message) !== null) return this.#content(message)[0]!
    const key = this.#messages.key(message)
    return key === '' ? this.#messages.body(message) : key
  }

  #lengthOfContent(message: Handle): number {
    if (this.#messages.properties(message) !== null) return this.#content(message).length
    return this.#messages.keyId(message) === 0 ? 1 : 2
  }

  /** What an application sent: its frames, if it says so; else its key, the topic, and its body. */
  #content(message: Handle): readonly string[] {
    const frames = this.#messages.properties(message)?.['frames']
    if (Array.isArray(frames)) return frames as readonly string[]
    const key = this.#messages.key(message)
    const body = this.#messages.body(message)
    return key === '' ? [body] : [key, body]
  }
}

/** A number as a frame of four bytes, one character each. */
export function fourBytes(number: number): string {
  return String.fromCharCode((number >>> 24) & 255, (number >>> 16) & 255, (number >>> 8) & 255, number & 255)
}
