import type { Alarm, NodeContext } from '../../contract/context.ts'
import type { Handle } from '../../contract/message.ts'
import { HandleNumbers } from '../../messaging/handle-numbers.ts'

/** Signals of a queue; the datum is its number. */
export const HEAD_EXPIRES = 1
export const QUEUE_EXPIRES = 2
export const LETTERS_AGAIN = 3

const NS_A_MS = 1e6

/** When the messages of a queue expire, and the wake-up for its head. Only messages that have a time to live are kept here. */
export class Deadlines {
  readonly #node: NodeContext
  readonly #number: number
  readonly #atNs = new HandleNumbers()
  #alarm: Alarm = 0
  #alarmNs = Infinity

  constructor(node: NodeContext, number: number) {
    this.#node = node
    this.#number = number
  }

  /** The message lives as long as the queue allows, or as it says itself, whichever is shorter; for ever: nothing is kept. */
  start(message: Handle, queueNs: number): void {
    const ownNs = expirationNs(this.#node.messages.properties(message))
    if (ownNs === Infinity && queueNs === Infinity) return
    this.#atNs.value = this.#node.nowNs() + (ownNs < queueNs ? ownNs : queueNs)
    this.#atNs.set(message)
  }

  /** Infinity: never. */
  of(message: Handle): number {
    return this.#atNs.get(message)
  }

  forget(message: Handle): void {
    this.#atNs.delete(message)
  }

  /** Wakes the queue when its head expires; an alarm that is earlier stays, and finds nothing to do. */
  watch(ns: number): void {
    if (ns === Infinity || (this.#alarm !== 0 && this.#alarmNs <= ns)) return
    if (this.#alarm !== 0) this.#node.cancel(this.#alarm)
    this.#alarmNs = ns
    this.#alarm = this.#node.after(Math.max(0, ns - this.#node.nowNs()), HEAD_EXPIRES, this.#number)
  }

  woke(): void {
    this.#alarm = 0
    this.#alarmNs = Infinity
  }

  stop(): void {
    if (this.#alarm !== 0) this.#node.cancel(this.#alarm)
    this.woke()
    this.#atNs.clear()
  }
}

/** How long a queue lives that nobody uses. */
export class Disuse {
  readonly #node: NodeContext
  readonly #number: number
  #alarm: Alarm = 0

  constructor(node: NodeContext, number: number) {
    this.#node = node
    this.#number = number
  }

  /** From now on, in place of before; Infinity while it is used, or lives for ever. */
  begin(livesNs: number): void {
    this.stop()
    if (livesNs !== Infinity) this.#alarm = this.#node.after(livesNs, QUEUE_EXPIRES, this.#number)
  }

  woke(): void {
    this.#alarm = 0
  }

  stop(): void {
    if (this.#alarm !== 0) this.#node.cancel(this.#alarm)
    this.#alarm = 0
  }
}

/** Nanoseconds that an expiration property allows; Infinity when there is none. It was checked when it was published. */
export function expirationNs(properties: Readonly<Record<string, unknown>> | null): number {
  const expiration = properties?.['expiration']
  return expiration === undefined ? Infinity : Number(expiration) * NS_A_MS
}
