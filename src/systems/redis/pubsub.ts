import type { Connection } from './connection.ts'
import { globMatches } from './glob.ts'

/** A subscription that a message matched: by its name (pattern is null) or by a pattern. */
export interface Match {
  readonly connection: Connection
  readonly pattern: string | null
}

/** Publishers that make up a channel per message must not fill the memory. */
const MATCHES_MAX = 1000

type Names = 'channels' | 'patterns' | 'shards'

/** Who has subscribed to what. Nothing is kept here of what is published. */
export class PubSub {
  readonly #channels = new Map<string, Connection[]>()
  readonly #patterns = new Map<string, Connection[]>()
  readonly #shards = new Map<string, Connection[]>()
  /** By channel: who gets what is published there. Emptied with every change. */
  readonly #matches = new Map<string, readonly Match[]>()

  /** Claim redis.pubsub.once: to subscribe again changes nothing. */
  subscribe(connection: Connection, names: Names, name: string): void {
    if (connection[names].has(name)) return
    connection[names].add(name)
    const table = this.#table(names)
    table.set(name, [...(table.get(name) ?? []), connection])
    this.#matches.clear()
  }

  unsubscribe(connection: Connection, names: Names, name: string): void {
    if (!connection[names].delete(name)) return
    const table = this.#table(names)
    const left = (table.get(name) ?? []).filter(one => one !== connection)
    if (left.length > 0) table.set(name, left)
    else table.delete(name)
    this.#matches.clear()
  }

  unsubscribeAll(connection: Connection): void {
    for (const names of ['channels', 'patterns', 'shards'] as const) for (const name of [...connection[names]]) this.unsubscribe(connection, names, name)
  }

  /** Claim redis.pubsub.each-match: names first, in order of subscription; then patterns. */
  matches(channel: string): readonly Match[] {
    const known = this.#matches.get(channel)
    if (known) return known
    const found: Match[] = (this.#channels.get(channel) ?? []).map(connection => ({ connection, pattern: null }))
    for (const [pattern, connections] of this.#patterns) if (globMatches(pattern, channel)) found.push(...connections.map(connection => ({ connection, pattern })))
    if (this.#matches.size >= MATCHES_MAX) this.#matches.clear()
    this.#matches.set(channel, found)
    return found
  }

  shardMatches(channel: string): readonly Match[] {
    return (this.#shards.get(channel) ?? []).map(connection => ({ connection, pattern: null }))
  }

  /** Channels somebody has subscribed to by name. Redis promises no order. */
  channelNames(names: 'channels' | 'shards', pattern: string | null): readonly string[] {
    return [...this.#table(names).keys()].filter(name => pattern === null || globMatches(pattern, name)).sort()
  }

  count(names: Names, name: string): number {
    return this.#table(names).get(name)?.length ?? 0
  }

  get patternCount(): number {
    return this.#patterns.size
  }

  /** Patterns that would take what is published to a channel. */
  patternsFor(channel: string): readonly string[] {
    return [...this.#patterns.keys()].filter(pattern => globMatches(pattern, channel))
  }

  clear(): void {
    for (const table of [this.#channels, this.#patterns, this.#shards]) table.clear()
    this.#matches.clear()
  }

  #table(names: Names): Map<string, Connection[]> {
    return names === 'channels' ? this.#channels : names === 'patterns' ? this.#patterns : this.#shards
  }
}
