import type { Cursor, LogId } from '../../contract/log.ts'
import type { Scene } from './scene.ts'

/** What a model says of a node's log, as one value. */
export interface ReadSheet {
  readonly first: number
  readonly next: number
  readonly gone: number
  readonly ids?: readonly [LogId, LogId]
  /** Bodies of the newest two, newest first. */
  readonly newest: readonly string[]
  readonly cursors: readonly Cursor[]
}

/** Null where the node is no log. */
export function readSheet({ run }: Scene, id: string): ReadSheet | null {
  const sheet = { first: NaN, next: NaN, gone: NaN, newest: [] as string[], cursors: [] as Cursor[] }
  let ids: readonly [LogId, LogId] | undefined
  const is = run.system(id)?.log?.(run.parts.nodes.get(id)!, {
    entries: kept => void Object.assign(sheet, kept),
    ids: (oldest, last) => {
      ids = [oldest, last]
    },
    newest: entry => sheet.newest.push(run.core.messages.body(entry)) < 2,
    cursor: cursor => void sheet.cursors.push(cursor),
  })
  return is === true ? { ...sheet, ...(ids ? { ids } : {}) } : null
}
