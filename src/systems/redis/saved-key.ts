import type { NodeContext } from '../../contract/context.ts'
import { FLAG_REDELIVERED, type Handle, type Messages } from '../../contract/message.ts'
import { Group } from './consumer-group.ts'
import type { EntryId } from './entry-id.ts'
import { fieldsOf } from './entry-fields.ts'
import type { Key, Keyspace } from './keyspace.ts'
import type { ListKey } from './list-key.ts'
import type { StreamKey } from './stream-key.ts'

/** A key as it stands in a file. The copies it names are retained, so that one that has left since can be made again. */
export type SavedKey =
  | { readonly type: 'list'; readonly name: string; readonly fedBy: string | null; readonly items: readonly Handle[] }
  | { readonly type: 'stream'; readonly name: string; readonly entries: SavedEntries; readonly last: EntryId; readonly entriesAdded: number; readonly maxDeleted: EntryId; readonly groups: readonly SavedGroup[] }

/** In columns: there may be very many. */
interface SavedEntries {
  readonly ms: Float64Array
  readonly seq: Float64Array
  readonly messages: Int32Array
}
interface SavedEntry {
  readonly id: EntryId
  readonly message: Handle
}
interface SavedGroup {
  readonly name: string
  readonly last: EntryId
  readonly entriesRead: number | null
  readonly consumers: readonly string[]
  readonly pending: readonly (SavedEntry & { readonly consumer: string; readonly count: number; readonly time: number })[]
}

/** Calls back with every copy of a key and the node that holds it. */
export function forEachCopy(key: Key, visit: (message: Handle, node: NodeContext) => void): void {
  const { node } = key.home
  if (key.type === 'list') {
    for (let n = 0; n < key.items.count; n += 1) visit(key.items.at(n), node)
    return
  }
  for (let place = key.log.first(); place >= 0; place = key.log.next(place)) visit(key.log.handle(place), node)
  for (const { pending } of key.groups.values()) for (let place = pending.first(); place >= 0; place = pending.next(place)) visit(pending.handle(place), node)
}

export function saveKey(key: Key): SavedKey {
  forEachCopy(key, (message, node) => node.messages.retain(message))
  if (key.type === 'list') return { type: 'list', name: key.name, fedBy: key.fedBy, items: Array.from({ length: key.items.count }, (_, n) => key.items.at(n)) }
  const { name, last, entriesAdded, maxDeleted, log } = key
  const entries: SavedEntries = { ms: new Float64Array(log.count), seq: new Float64Array(log.count), messages: new Int32Array(log.count) }
  for (let place = log.first(), n = 0; place >= 0; place = log.next(place), n += 1) {
    entries.ms[n] = log.major(place)
    entries.seq[n] = log.minor(place)
    entries.messages[n] = log.handle(place)
  }
  return { type: 'stream', name, last, entriesAdded, maxDeleted, entries, groups: [...key.groups.values()].map(saveGroup) }
}

function saveGroup(group: Group): SavedGroup {
  const { pending } = group
  const rows: SavedGroup['pending'][number][] = []
  for (let place = pending.first(); place >= 0; place = pending.next(place))
    rows.push({ id: { ms: pending.major(place), seq: pending.minor(place) }, message: pending.handle(place), consumer: group.ownerOf(place).name, count: pending.counter(place), time: pending.time(place) })
  return { name: group.name, last: { ms: group.lastMs, seq: group.lastSeq }, entriesRead: group.entriesRead, consumers: group.consumers.map(consumer => consumer.name), pending: rows }
}

export function releaseSaved(messages: Messages, saved: SavedKey): void {
  if (saved.type === 'list') return saved.items.forEach(message => messages.release(message))
  for (const message of saved.entries.messages) messages.release(message)
  for (const group of saved.groups) for (const { message } of group.pending) messages.release(message)
}

/** Makes a key anew. `isThere` tells, once for each copy, whether it still is in the server's memory; one that isn't is made again. */
export function restoreKey(keys: Keyspace, saved: SavedKey, isThere: (message: Handle) => boolean): void {
  const again = (message: Handle, node: NodeContext): Handle => {
    if (isThere(message)) return message
    const copy = node.copy(message)
    node.messages.setFlag(copy, FLAG_REDELIVERED)
    node.redelivered()
    return copy
  }
  if (saved.type === 'list') return restoreList(keys.makeList(saved.name, saved.fedBy), saved.items, again)
  restoreStream(keys.makeStream(saved.name), saved, again)
}

function restoreList(list: ListKey, items: readonly Handle[], again: (message: Handle, node: NodeContext) => Handle): void {
  for (const message of items) list.push(again(message, list.home.node), 'RIGHT')
}

function restoreStream(stream: StreamKey, saved: Extract<SavedKey, { type: 'stream' }>, again: (message: Handle, node: NodeContext) => Handle): void {
  const { node } = stream.home
  saved.entries.messages.forEach((message, n) => stream.put({ ms: saved.entries.ms[n]!, seq: saved.entries.seq[n]! }, again(message, node), fieldsOf(node.messages, message)))
  stream.lastMs = saved.last.ms
  stream.lastSeq = saved.last.seq
  stream.entriesAdded = saved.entriesAdded
  stream.maxDeleted = saved.maxDeleted
  for (const one of saved.groups) {
    const group = new Group(one.name, one.last, one.entriesRead)
    for (const name of one.consumers) group.consumer(name)
    stream.groups.set(one.name, group)
    for (const { id, message, consumer, count, time } of one.pending) {
      const place = group.pending.add(id.ms, id.seq, stream.hold(again(message, node)))
      group.enter(place, group.consumer(consumer), time)
      group.pending.setCounter(place, count)
    }
  }
  stream.levels()
}
