import type { Memory } from '../kernel/memory.ts'
import type { Draw } from '../kernel/draw.ts'
import type { RandomStream } from '../kernel/random.ts'
import type { ChannelContext, ChannelEnd, NodeContext } from './context.ts'
import type { Handle } from './message.ts'

/**
 * Parts whose steps the machine knows are parked in the linear memory while it runs: each writes its state into a record of machine/layout.ts, and
 * reads it back afterwards. Whatever isn't parked stays as it is; the machine stops in front of it.
 */
export interface Bay {
  /** Its views are replaced when it grows: read them at each use. */
  readonly memory: Memory
  /** Says that a part can't be parked now; whoever depends on it then can't either. */
  refuse(part: object): void
  fits(part: object): boolean
  /** The broker's side of a channel says that it is there and fits; nobody else can know. */
  vouch(channel: ChannelContext): void
  isVouchedFor(channel: ChannelContext): boolean
  /** Address of a part's record of so many cells: the same for the whole run, zeros at first. A subscription is known by its channel. */
  at(part: object, cells: number): number
  /** A block of at least so many cells that belongs to a part under a name; what it held stays. */
  block(part: object, name: string, cells: number): number
  /** Record of the way that leaves an end of a channel, which fits. */
  lane(channel: ChannelContext, from: ChannelEnd): number
  node(node: NodeContext): { readonly ledger: number; readonly source: number; readonly index: number }
  /** Address of a figure of a node. */
  figure(node: NodeContext, slot: number): number
  /** Lets a counter of a node stand at this address of a record from now on, beside what else its part has. */
  house(node: NodeContext, slot: number, address: number): void
  /** Addresses of the histograms of a duration: since the start, and lately (0 when nobody asks). */
  histograms(node: NodeContext, slot: number): { readonly whole: number; readonly late: number }
  draw(draw: Draw): number
  /** Index of a stream's state. */
  stream(stream: RandomStream): number
  /** Events for this node are for the part of this record. */
  aim(node: NodeContext, record: number): void
  /** The part whose record this is. */
  part(record: number): object
  /** A number under which the machine asks for the ways of a message; who answers returns the address of their list, or 0. */
  askForWays(ask: (message: Handle) => number): number
  /** The machine may ask for more room in a record. */
  onMore(record: number, more: () => void): void
}

export interface Parkable {
  /** Refuses itself, or parts it is responsible for, when they can't be parked now. Asked again until nothing changes. */
  weigh(bay: Bay): void
  /** Writes what fits into records. */
  park(bay: Bay): void
  /** Reads back what was parked. */
  unpark(bay: Bay): void
}
