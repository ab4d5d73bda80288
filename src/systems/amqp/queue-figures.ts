import type { NodeContext } from '../../contract/context.ts'
import { FLAG_REDELIVERED, type Handle } from '../../contract/message.ts'
import type { Bay } from '../../contract/parking.ts'
import * as L from '../../machine/layout.ts'

/**
 * What a queue's node shows; a queue that a client declared has no node of its own and shows nothing. Levels are told when they change. Whoever draws
 * the queue once more shows the same figures.
 */
export class QueueFigures {
  readonly #node: NodeContext
  readonly #drawn: boolean
  readonly #slots: { readonly ready: number; readonly unacked: number; readonly consumers: number; readonly enqueued: number; readonly delivered: number; readonly acknowledged: number; readonly redelivered: number; readonly wait: number; readonly deadLettered: number; readonly dropped: number }
  #ready = 0
  #unacked = 0
  #consumers = 0
  /** Further nodes that the queue is drawn as. */
  #others: readonly NodeContext[] = []

  constructor(node: NodeContext, drawn: boolean) {
    this.#node = node
    this.#drawn = drawn
    const slot = (id: string): number => (drawn ? node.probe(id) : 0)
    this.#slots = { ready: slot('ready'), unacked: slot('unacked'), consumers: slot('consumers'), enqueued: slot('enqueued'), delivered: slot('delivered'), acknowledged: slot('acknowledged'), redelivered: slot('redelivered'), wait: slot('wait'), deadLettered: slot('deadLettered'), dropped: slot('dropped') }
  }

  tell(ready: number, unacked: number, consumers: number): void {
    if (!this.#drawn) return
    if (ready !== this.#ready) {
      this.#ready = ready
      this.#level(this.#slots.ready, ready)
    }
    if (unacked !== this.#unacked) {
      this.#unacked = unacked
      this.#level(this.#slots.unacked, unacked)
    }
    if (consumers !== this.#consumers) {
      this.#consumers = consumers
      this.#level(this.#slots.consumers, consumers)
    }
  }

  get isShownOnce(): boolean {
    return this.#others.length === 0
  }
  /** Shows the levels of now at another node, and everything that is counted from now on. */
  showAt(node: NodeContext): void {
    this.#others = [...this.#others, node]
    node.level(this.#slots.ready, this.#ready)
    node.level(this.#slots.unacked, this.#unacked)
    node.level(this.#slots.consumers, this.#consumers)
  }
  hideAt(node: NodeContext): void {
    if (!this.#others.includes(node)) return
    this.#others = this.#others.filter(one => one !== node)
    for (const slot of [this.#slots.ready, this.#slots.unacked, this.#slots.consumers]) node.level(slot, 0)
  }

  /** The levels were told elsewhere. */
  told(ready: number, unacked: number): void {
    this.#ready = ready
    this.#unacked = unacked
  }

  /** Addresses of what a parked queue counts. */
  park(bay: Bay, record: number): void {
    const node = this.#node
    const slots = this.#slots
    const { whole, late } = bay.histograms(node, slots.wait)
    const { i } = bay.memory
    const at = record * 2
    i[at + L.QUEUE_READY] = bay.figure(node, slots.ready)
    i[at + L.QUEUE_UNACKED_LEVEL] = bay.figure(node, slots.unacked)
    bay.house(node, slots.enqueued, record + L.F_QUEUE_ENQUEUED)
    bay.house(node, slots.delivered, record + L.F_QUEUE_DELIVERED)
    bay.house(node, slots.acknowledged, record + L.F_QUEUE_ACKNOWLEDGED)
    i[at + L.QUEUE_REDELIVERED] = bay.figure(node, slots.redelivered)
    i[at + L.QUEUE_DROPPED] = bay.figure(node, slots.dropped)
    i[at + L.QUEUE_WAIT] = whole
    i[at + L.QUEUE_WAIT_LATE] = late
  }

  enqueued(): void {
    if (this.#drawn) this.#count(this.#slots.enqueued)
  }
  acknowledged(): void {
    if (this.#drawn) this.#count(this.#slots.acknowledged)
  }
  deadLettered(): void {
    if (this.#drawn) this.#count(this.#slots.deadLettered)
  }
  dropped(): void {
    if (this.#drawn) this.#count(this.#slots.dropped)
  }

  /** A copy is about to be handed out. */
  handingOut(message: Handle): void {
    const again = (this.#node.messages.flags(message) & FLAG_REDELIVERED) !== 0
    if (again) this.#node.redelivered()
    if (!this.#drawn) return
    this.#count(this.#slots.delivered)
    this.#node.recordStay(this.#slots.wait, message)
    for (const other of this.#others) other.recordStay(this.#slots.wait, message)
    if (again) this.#count(this.#slots.redelivered)
  }

  #count(slot: number): void {
    this.#node.count(slot)
    for (const other of this.#others) other.count(slot)
  }

  #level(slot: number, value: number): void {
    this.#node.level(slot, value)
    for (const other of this.#others) other.level(slot, value)
  }
}
