import * as G from '../contract/glances.ts'
import * as L from '../contract/log.ts'
import type { Handle } from '../contract/message.ts'
import type { MessageTable } from './message-table.ts'
import type { CursorNames } from './cursor-names.ts'
import type { NodeRuntime } from './node-runtime.ts'
import type { Run } from './run.ts'

/** Takes what a model says of a log into a block of figures. */
class Writer implements L.LogSheet {
  #out: Float64Array = new Float64Array(L.LOG_SLOTS)
  #at = 0
  #newest = 0
  #messages: MessageTable | null = null
  #names: CursorNames | null = null

  begin(out: Float64Array, at: number, run: Run): void {
    this.#out = out
    this.#at = at
    this.#newest = 0
    this.#messages = run.core.messages
    this.#names = run.cursorNames
    out.fill(0, at, at + L.LOG_SLOTS)
    out.fill(NaN, at + L.LOG_OLDEST_ID, at + L.LOG_CURSORS)
    out.fill(-1, at + L.LOG_NEWEST, at + L.LOG_CURSOR)
  }

  entries({ first, next, gone }: { readonly first: number; readonly next: number; readonly gone: number }): void {
    this.#out[this.#at + L.LOG_FIRST] = first
    this.#out[this.#at + L.LOG_NEXT] = next
    this.#out[this.#at + L.LOG_GONE] = gone
  }

  ids(oldest: L.LogId, last: L.LogId): void {
    this.#id(this.#at + L.LOG_OLDEST_ID, oldest)
    this.#id(this.#at + L.LOG_LAST_ID, last)
  }

  newest(entry: Handle): boolean {
    this.#out[this.#at + L.LOG_NEWEST + this.#newest] = this.#messages!.look(entry)
    this.#newest += 1
    return this.#newest < L.LOG_NEWEST_MOST
  }

  cursor(cursor: L.Cursor): void {
    const out = this.#out
    const count = out[this.#at + L.LOG_CURSORS]!
    out[this.#at + L.LOG_CURSORS] = count + 1
    if (cursor.lag > out[this.#at + L.LOG_LAG]!) out[this.#at + L.LOG_LAG] = cursor.lag
    const at = this.#at + L.LOG_CURSOR + L.CURSOR_SLOTS * (count < L.LOG_CURSORS_MOST ? count : this.#leastBehind())
    if (count >= L.LOG_CURSORS_MOST && cursor.next >= out[at + L.CURSOR_NEXT]!) return
    out[at + L.CURSOR_NAME] = this.#names!.number(cursor.name)
    out[at + L.CURSOR_GROUP] = cursor.of === 'group' ? 1 : 0
    out[at + L.CURSOR_NEXT] = cursor.next
    out[at + L.CURSOR_LAG] = cursor.lag
    out[at + L.CURSOR_PENDING] = cursor.pending
    out[at + L.CURSOR_CONSUMERS] = cursor.consumers
    this.#id(at + L.CURSOR_ID, cursor.id ?? NO_ID)
  }

  #leastBehind(): number {
    let least = 0
    const next = (n: number): number => this.#out[this.#at + L.LOG_CURSOR + n * L.CURSOR_SLOTS + L.CURSOR_NEXT]!
    for (let n = 1; n < L.LOG_CURSORS_MOST; n += 1) if (next(n) > next(least)) least = n
    return least
  }

  #id(at: number, { major, minor }: L.LogId): void {
    this.#out[at] = major
    this.#out[at + 1] = minor
  }
}

const NO_ID: L.LogId = { major: NaN, minor: NaN }
const writer = new Writer()

/** Takes of it what is seen from afar. */
class Glancer implements L.LogSheet {
  #out: Float64Array = new Float64Array(G.GLANCE_LOG_SLOTS)
  #at = 0
  #first = 0

  begin(out: Float64Array, at: number): void {
    this.#out = out
    this.#at = at
    out.fill(0, at, at + G.GLANCE_LOG_SLOTS)
  }
  entries({ first, next }: { readonly first: number; readonly next: number }): void {
    this.#first = first
    this.#out[this.#at + G.GLANCE_ENTRIES] = next - first
  }
  ids(): void {
    // Nothing is written on it.
  }
  newest(): boolean {
    return false
  }
  cursor({ next }: L.Cursor): void {
    const count = this.#out[this.#at + G.GLANCE_CURSORS]!
    if (count === G.GLANCE_CURSORS_MOST) return
    this.#out[this.#at + G.GLANCE_HAD + count] = next - this.#first
    this.#out[this.#at + G.GLANCE_CURSORS] = count + 1
  }
}

const glancer = new Glancer()

/** What is asked for is only whether it is one. */
const nobody: L.LogSheet = { entries() {}, ids() {}, newest: () => false, cursor() {} }

export function isLog(run: Run, node: NodeRuntime | undefined): boolean {
  return node?.manifest.log !== undefined && run.parts.systemOf.get(node.id)?.model.log?.(node, nobody) === true
}

/** Fills the block of a node that has room for a log. While it is down it stays one, with nothing in it. */
export function writeLog(run: Run, node: NodeRuntime, out: Float64Array, at: number): void {
  writer.begin(out, at, run)
  out[at + L.LOG_IS] = !node.up || run.parts.systemOf.get(node.id)?.model.log?.(node, writer) === true ? 1 : 0
}

export function glanceAtLog(run: Run, node: NodeRuntime, out: Float64Array, at: number): void {
  glancer.begin(out, at)
  if (node.up) run.parts.systemOf.get(node.id)?.model.log?.(node, glancer)
}
