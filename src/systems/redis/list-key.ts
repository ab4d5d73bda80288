import type { NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { UNACKNOWLEDGED, WAITING, type DiscardReason } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import { HandleDeque } from '../../messaging/handle-deque.ts'
import type { Side } from './blocking.ts'

/** Where lists hold their copies and tell their figures: a drawn list, or the server for lists that nobody drew. */
export class ListHome {
  readonly node: NodeContext
  readonly drawn: boolean
  /** The side that was popped last: what stands there comes next. */
  nextSide: Side = 'RIGHT'
  #waiting = 0
  #processing = 0
  readonly #slots: { ready: number; processing: number; pushed: number; popped: number; trimmed: number; wait: number; blocked: number } | null

  constructor(node: NodeContext, drawn: boolean) {
    this.node = node
    this.drawn = drawn
    const slot = (id: string): number => node.probe(id)
    this.#slots = drawn ? { ready: slot('ready'), processing: slot('processing'), pushed: slot('pushed'), popped: slot('popped'), trimmed: slot('trimmed'), wait: slot('wait'), blocked: slot('blocked') } : null
  }

  pushed(message: Handle): void {
    this.node.fact(FACT.enqueued, message)
    if (this.#slots) this.node.count(this.#slots.pushed)
  }
  popped(message: Handle): void {
    this.node.fact(FACT['handed-out'], message)
    if (!this.#slots) return
    this.node.count(this.#slots.popped)
    this.node.recordStay(this.#slots.wait, message)
  }
  trimmed(): void {
    if (this.#slots) this.node.count(this.#slots.trimmed)
  }
  blocked(count: number): void {
    if (this.#slots) this.node.level(this.#slots.blocked, count)
  }

  /** Nothing is here any more; whoever held it has told so. */
  emptied(): void {
    this.#waiting = 0
    this.#processing = 0
    this.#levels()
  }

  holds(held: ListKey['held'], change: 1 | -1): void {
    if (held === WAITING) this.#waiting += change
    else this.#processing += change
    this.#levels()
  }

  #levels(): void {
    if (!this.#slots) return
    this.node.level(this.#slots.ready, this.#waiting)
    this.node.level(this.#slots.processing, this.#processing)
  }
}

/** A list: a queue with two ends. Items are copies; each gets a number that names it while it is here. */
export class ListKey {
  readonly type = 'list'
  name: string
  home: ListHome
  /** A processing list that nobody drew shows its items as handed out by the list that feeds it. */
  readonly held: typeof WAITING | typeof UNACKNOWLEDGED
  /** Name of the list whose home it shares. */
  fedBy: string | null
  readonly items = new HandleDeque()

  constructor(options: { name: string; home: ListHome; held: ListKey['held']; fedBy: string | null }) {
    this.name = options.name
    this.home = options.home
    this.held = options.held
    this.fedBy = options.fedBy
  }

  /** An item comes in: pushed by a client, or moved from another list. */
  push(message: Handle, side: Side): void {
    this.home.node.hold(message, this.held)
    if (side === 'LEFT') this.items.pushHead(message)
    else this.items.pushTail(message)
    this.home.holds(this.held, 1)
  }

  /** Takes the item at one end; what becomes of the copy is the caller's business. */
  take(side: Side): Handle {
    this.home.holds(this.held, -1)
    return side === 'LEFT' ? this.items.takeHead() : this.items.takeTail()
  }

  takeAt(index: number): Handle {
    this.home.holds(this.held, -1)
    return this.items.takeAt(index)
  }

  /** Index of the item with this number, searched from the head; −1 when it is gone. */
  indexOfNumber(number: number): number {
    const { messages } = this.home.node
    for (let n = 0; n < this.items.count; n += 1) if (messages.mark(this.items.at(n)) === number) return n
    return -1
  }

  text(index: number): string {
    return this.home.node.messages.body(this.items.at(index))
  }

  discardAll(reason: DiscardReason): void {
    while (this.items.count > 0) this.home.node.discard(this.take('LEFT'), reason)
  }

  /** Everything stays, at another place: a node was drawn for this key, or renamed, or removed. */
  moveTo(home: ListHome): void {
    for (let n = 0; n < this.items.count; n += 1) {
      this.home.holds(this.held, -1)
      home.node.hold(this.items.at(n), this.held)
      home.holds(this.held, 1)
    }
    this.home = home
  }
}
