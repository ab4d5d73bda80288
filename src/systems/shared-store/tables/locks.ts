import type { Connection } from '../connection.ts'

/** Locks of rows by key: held by one connection, waited for in order. */
export class Locks {
  readonly #held = new Map<string, { holder: Connection; readonly line: Connection[] }>()
  waiting = 0

  /** True when the row is this connection's now; otherwise it stands in line. */
  take(key: string, connection: Connection): boolean {
    const lock = this.#held.get(key)
    if (lock && lock.holder !== connection) {
      lock.line.push(connection)
      this.waiting += 1
      return false
    }
    if (!lock) this.#held.set(key, { holder: connection, line: [] })
    return true
  }

  /** The next in line whose the row is now; null when there is none, or it wasn't this connection's. */
  release(key: string, connection: Connection): Connection | null {
    const lock = this.#held.get(key)
    if (lock?.holder !== connection) return null
    const next = lock.line.shift()
    if (!next) {
      this.#held.delete(key)
      return null
    }
    this.waiting -= 1
    lock.holder = next
    return next
  }

  /** A connection is gone: it holds and waits for nothing; `passed` is told who has a row instead. */
  withdraw(connection: Connection, passed: (key: string, to: Connection) => void): void {
    for (const [key, lock] of [...this.#held]) {
      const place = lock.line.indexOf(connection)
      if (place >= 0) {
        lock.line.splice(place, 1)
        this.waiting -= 1
      }
      const next = this.release(key, connection)
      if (next) passed(key, next)
    }
  }

  clear(): void {
    this.#held.clear()
    this.waiting = 0
  }
}
