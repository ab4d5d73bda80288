import type { NodeContext } from '../../contract/context.ts'
import { UNACKNOWLEDGED, WAITING, type DiscardReason } from '../../contract/ledger.ts'
import { ListHome, ListKey } from './list-key.ts'
import { StreamHome, StreamKey } from './stream-key.ts'

export type Key = ListKey | StreamKey

/** The keys there are now. A list is there from its first item to its last; a stream until it is deleted. */
export class Keyspace {
  readonly #keys = new Map<string, Key>()
  readonly #lists = new Map<string, ListHome>()
  readonly #streams = new Map<string, StreamHome>()
  readonly #anyList: ListHome
  readonly #anyStream: StreamHome

  constructor(container: NodeContext) {
    this.#anyList = new ListHome(container, false)
    this.#anyStream = new StreamHome(container, false)
  }

  get(name: string): Key | undefined {
    return this.#keys.get(name)
  }
  all(): Iterable<Key> {
    return this.#keys.values()
  }

  /** A drawn node is the home of its key, whether that is there yet or not. The first that is drawn for a name has it. */
  draw(name: string, node: NodeContext): void {
    if (node.type === 'redis.list') {
      if (this.#lists.has(name)) return
      const home = new ListHome(node, true)
      this.#lists.set(name, home)
      for (const key of this.#keys.values()) if (key.type === 'list' && ((key.name === name && key.held === WAITING) || key.fedBy === name)) key.moveTo(home)
    } else {
      if (this.#streams.has(name)) return
      const home = new StreamHome(node, true)
      this.#streams.set(name, home)
      const key = this.#keys.get(name)
      if (key?.type === 'stream') key.moveTo(home)
    }
  }

  /** The node is gone, or is called otherwise now: its key stays, without a picture, if `keeps`. */
  erase(node: NodeContext, keeps: boolean): void {
    for (const [name, home] of this.#lists) {
      if (home.node !== node) continue
      this.#lists.delete(name)
      for (const key of [...this.#keys.values()]) if (key.type === 'list' && key.home === home) this.#strand(key, keeps, () => key.moveTo(this.#anyList))
    }
    for (const [name, home] of this.#streams) {
      if (home.node !== node) continue
      this.#streams.delete(name)
      const key = this.#keys.get(name)
      if (key?.type === 'stream') this.#strand(key, keeps, () => key.moveTo(this.#anyStream))
    }
  }

  /**
   * A drawn node is called otherwise: its key goes with it, unless there is one of that name, and so do the processing lists that are shown
   * with it. Returns the names that changed.
   */
  rename(node: NodeContext, before: string, after: string): readonly string[] {
    const own = this.#keys.get(before)
    const goes = own?.home.node === node && !this.#keys.has(after) ? [own] : []
    const beside = [...this.#keys.values()].filter(key => key.type === 'list' && key.fedBy === before && key.home.node === node)
    const changed: string[] = []
    for (const key of [...goes, ...beside]) {
      const name = key === own ? after : key.name.replaceAll(before, after)
      if (this.#keys.has(name)) continue
      changed.push(key.name, name)
      this.#keys.delete(key.name)
      key.name = name
      this.#keys.set(name, key)
    }
    this.erase(node, true)
    for (const key of beside) if (key.type === 'list') key.fedBy = after
    return changed
  }

  listHome(name: string): ListHome {
    return this.#lists.get(name) ?? this.#anyList
  }
  streamHome(name: string): StreamHome {
    return this.#streams.get(name) ?? this.#anyStream
  }
  /** Homes by their node: what a drawn node shows. */
  homeOf(node: NodeContext): ListHome | StreamHome | undefined {
    return [...this.#lists.values(), ...this.#streams.values()].find(home => home.node === node)
  }

  /** A new list; one that nobody drew and another list feeds is shown with that one. */
  makeList(name: string, fedBy: string | null = null): ListKey {
    const drawn = this.#lists.get(name)
    const aside = drawn === undefined && fedBy !== null ? this.#lists.get(fedBy) : undefined
    const list = new ListKey({ name, home: drawn ?? aside ?? this.#anyList, held: aside ? UNACKNOWLEDGED : WAITING, fedBy: aside ? fedBy : null })
    this.#keys.set(name, list)
    return list
  }

  makeStream(name: string): StreamKey {
    const stream = new StreamKey(name, this.streamHome(name))
    this.#keys.set(name, stream)
    return stream
  }

  /** A list without items is no key. */
  dropEmpty(list: ListKey): void {
    if (list.items.count === 0 && this.#keys.get(list.name) === list) this.#keys.delete(list.name)
  }

  /** No key is left; what becomes of the copies is the caller's business. */
  forgetAll(): void {
    this.#keys.clear()
    for (const home of [...this.#lists.values(), ...this.#streams.values(), this.#anyList, this.#anyStream]) home.emptied()
  }

  delete(key: Key, reason: DiscardReason): void {
    this.#keys.delete(key.name)
    key.discardAll(reason)
  }

  #strand(key: Key, keeps: boolean, move: () => void): void {
    if (keeps) move()
    else this.delete(key, 'node removed')
  }
}
