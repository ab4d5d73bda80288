import type { NodeContext } from '../../contract/context.ts'
import { FACT } from '../../contract/fact.ts'
import { RETAINED, UNACKNOWLEDGED, type DiscardReason } from '../../contract/ledger.ts'
import { FLAG_REDELIVERED, type Handle } from '../../contract/message.ts'
import { IdLog } from '../../messaging/id-log.ts'
import type { Group } from './consumer-group.ts'
import { compareIds, LAST, ZERO, type EntryId } from './entry-id.ts'
import { StreamNodes } from './stream-nodes.ts'

/** Where streams hold their entries and tell their figures: a drawn stream, or the server for streams that nobody drew. */
export class StreamHome {
  readonly node: NodeContext
  readonly drawn: boolean
  readonly slots: { length: number; pending: number; ready: number; added: number; delivered: number; acknowledged: number; redelivered: number; claimed: number; trimmed: number; wait: number; blocked: number } | null

  constructor(node: NodeContext, drawn: boolean) {
    this.node = node
    this.drawn = drawn
    const slot = (id: string): number => node.probe(id)
    this.slots = drawn
      ? { length: slot('length'), pending: slot('pending'), ready: slot('ready'), added: slot('added'), delivered: slot('delivered'), acknowledged: slot('acknowledged'), redelivered: slot('redelivered'), claimed: slot('claimed'), trimmed: slot('trimmed'), wait: slot('wait'), blocked: slot('blocked') }
      : null
  }

  blocked(count: number): void {
    if (this.slots) this.node.level(this.slots.blocked, count)
  }

  /** Nothing is here any more; whoever held it has told so. */
  emptied(): void {
    if (!this.slots) return
    for (const slot of ['length', 'pending', 'ready'] as const) this.node.level(this.slots[slot], 0)
  }

  count(slot: 'added' | 'delivered' | 'acknowledged' | 'redelivered' | 'claimed' | 'trimmed'): void {
    if (this.slots) this.node.count(this.slots[slot])
  }
}

/** A stream: a log of entries. Reading takes nothing out; groups keep their positions and pending lists beside it. */
export class StreamKey {
  readonly type = 'stream'
  name: string
  home: StreamHome
  readonly log = new IdLog()
  readonly nodes = new StreamNodes()
  readonly groups = new Map<string, Group>()
  lastMs = 0
  lastSeq = 0
  entriesAdded = 0
  maxDeleted: EntryId = ZERO

  constructor(name: string, home: StreamHome) {
    this.name = name
    this.home = home
  }

  get last(): EntryId {
    return { ms: this.lastMs, seq: this.lastSeq }
  }
  get length(): number {
    return this.log.count
  }
  get first(): EntryId {
    const place = this.log.first()
    return place < 0 ? ZERO : { ms: this.log.major(place), seq: this.log.minor(place) }
  }
  /** In order of their names, as Redis lists them. */
  get groupsByName(): readonly Group[] {
    return [...this.groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Adds an entry after all others; its id was checked. `fields` are names and values by turns. */
  append(ms: number, seq: number, message: Handle, fields: readonly string[]): void {
    this.put({ ms, seq }, message, fields)
    this.lastMs = ms
    this.lastSeq = seq
    this.entriesAdded += 1
    this.home.count('added')
    this.home.node.fact(FACT.stored, message)
    this.levels()
  }

  /** An entry stands in the log; what else it changes is told by who puts it there. */
  put(id: EntryId, message: Handle, fields: readonly string[]): void {
    this.home.node.hold(message, RETAINED)
    const place = this.log.add(id.ms, id.seq, message)
    this.log.setOwner(place, this.nodes.add(id.ms, id.seq, fields))
  }

  /** Takes an entry out of the log for ever. Pending lists are not touched. */
  remove(place: number, reason: DiscardReason): void {
    const message = this.log.handle(place)
    this.nodes.removed(this.log.owner(place))
    this.log.remove(place)
    this.home.node.discard(message, reason)
  }

  /** The group's copy of an entry, which stays here until it is acknowledged. */
  pendingCopy(entry: Handle): Handle {
    return this.hold(this.home.node.copy(entry))
  }

  hold(copy: Handle): Handle {
    this.home.node.hold(copy, UNACKNOWLEDGED)
    return copy
  }

  /** A pending copy goes out once more. */
  redeliver(copy: Handle): void {
    const { node } = this.home
    node.messages.setFlag(copy, FLAG_REDELIVERED)
    node.redelivered()
    this.home.count('redelivered')
    node.fact(FACT.requeued, copy)
  }

  /** How many entries were added up to an id, or null when deletions make that unknowable. */
  entriesUpTo(id: EntryId): number | null {
    if (this.entriesAdded === 0) return 0
    const toLast = compareIds(id, this.last)
    if (this.length === 0 && toLast <= 0) return this.entriesAdded
    if (toLast === 0) return this.entriesAdded
    if (toLast > 0) return null
    const fragmented = compareIds(this.maxDeleted, ZERO) !== 0 && compareIds(this.maxDeleted, this.first) >= 0
    if (fragmented) return null
    const toFirst = compareIds(id, this.first)
    if (toFirst < 0) return this.entriesAdded - this.length
    return toFirst === 0 ? this.entriesAdded - this.length + 1 : null
  }

  /** True when entries were deleted between an id and the end. */
  hasTombstonesFrom(id: EntryId): boolean {
    if (this.length === 0 || compareIds(this.maxDeleted, ZERO) === 0) return false
    return compareIds(id, this.maxDeleted) <= 0 && compareIds(this.maxDeleted, LAST) <= 0
  }

  /** Claim redis.stream.lag: entries that a group has not read, or null. */
  lag(group: Group): number | null {
    if (this.entriesAdded === 0) return 0
    const last = { ms: group.lastMs, seq: group.lastSeq }
    if (group.entriesRead !== null && !this.hasTombstonesFrom(last)) return this.entriesAdded - group.entriesRead
    const read = this.entriesUpTo(last)
    return read === null ? null : this.entriesAdded - read
  }

  discardAll(reason: DiscardReason): void {
    for (let place = this.log.first(); place >= 0; place = this.log.first()) this.remove(place, reason)
    for (const group of this.groups.values()) this.discardGroup(group, reason)
    this.levels()
  }

  discardGroup(group: Group, reason: DiscardReason): void {
    for (let place = group.pending.first(); place >= 0; place = group.pending.first()) {
      const copy = group.pending.handle(place)
      group.drop(place)
      this.home.node.discard(copy, reason)
    }
    this.groups.delete(group.name)
  }

  moveTo(home: StreamHome): void {
    for (let place = this.log.first(); place >= 0; place = this.log.next(place)) home.node.hold(this.log.handle(place), RETAINED)
    for (const { pending } of this.groups.values()) for (let place = pending.first(); place >= 0; place = pending.next(place)) home.node.hold(pending.handle(place), UNACKNOWLEDGED)
    this.home = home
    this.levels()
  }

  levels(): void {
    const { slots, node } = this.home
    if (!slots) return
    let pending = 0
    let lag = 0
    for (const group of this.groups.values()) {
      pending += group.pending.count
      lag = Math.max(lag, this.lag(group) ?? 0)
    }
    node.level(slots.length, this.length)
    node.level(slots.pending, pending)
    node.level(slots.ready, lag)
  }
}
