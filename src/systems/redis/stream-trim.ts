import { compareIds, type EntryId } from './entry-id.ts'
import type { StreamKey } from './stream-key.ts'

/** What MAXLEN and MINID ask for. */
export interface Trimming {
  /** Keep this many, or null when trimming is by id. */
  readonly length: number | null
  /** Keep from this id on. */
  readonly from: EntryId
  /** `~`: whole nodes only. */
  readonly about: boolean
  /** Most entries one call may take out; 0 is no limit. Only with `~`. */
  readonly limit: number
}

/** Claim redis.stream.trim: oldest first, read or not. Returns how many went. */
export function trimStream(stream: StreamKey, trimming: Trimming): number {
  const { log } = stream
  let gone = 0
  for (let first = log.first(); first >= 0; first = log.first()) {
    if (trimming.about) {
      const node = log.owner(first)
      const live = stream.nodes.live(node)
      if (trimming.limit > 0 && gone + live > trimming.limit) break
      if (!wholeNodeGoes(stream, trimming, node, live)) break
      for (let n = 0; n < live; n += 1) remove(stream)
      gone += live
      continue
    }
    if (trimming.length !== null ? log.count <= trimming.length : compareIds({ ms: log.major(first), seq: log.minor(first) }, trimming.from) >= 0) break
    remove(stream)
    gone += 1
  }
  if (gone > 0) stream.levels()
  return gone
}

function wholeNodeGoes(stream: StreamKey, trimming: Trimming, node: number, live: number): boolean {
  if (trimming.length !== null) return stream.length - live >= trimming.length && stream.length > trimming.length
  const { log } = stream
  let last = log.first()
  for (let place = last; place >= 0 && log.owner(place) === node; place = log.next(place)) last = place
  return compareIds({ ms: log.major(last), seq: log.minor(last) }, trimming.from) < 0
}

function remove(stream: StreamKey): void {
  stream.home.count('trimmed')
  stream.remove(stream.log.first(), 'trimmed')
}
