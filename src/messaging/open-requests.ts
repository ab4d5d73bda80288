import { HandleNumbers } from './handle-numbers.ts'

const FIRST = 16

/** Requests that wait for their reply, found by their number: rows in a few columns. */
export class OpenRequests {
  count = 0
  #numbers = new Float64Array(FIRST)
  #sentNs = new Float64Array(FIRST)
  #alarms = new Float64Array(FIRST)
  #marks = new Float64Array(FIRST)
  #free: number[] = []
  #used = 0
  readonly #rows = new HandleNumbers()
  /** No number below this one is open. */
  #oldest = 1

  /** Numbers begin at 1 and only grow. Returns the row. */
  add(number: number, sentNs: number): number {
    if (this.count === 0) this.#oldest = number
    const row = this.#free.pop() ?? this.#more()
    this.#numbers[row] = number
    this.#sentNs[row] = sentNs
    this.#alarms[row] = 0
    this.#marks[row] = 0
    this.#rows.value = row
    this.#rows.set(number)
    this.count += 1
    return row
  }

  /** −1 when it isn't open. */
  find(number: number): number {
    const row = this.#rows.get(number)
    return row === Infinity ? -1 : row
  }

  /** The request that has waited longest, or −1. */
  oldest(): number {
    if (this.count === 0) return -1
    while (this.find(this.#oldest) < 0) this.#oldest += 1
    return this.find(this.#oldest)
  }

  sentNs(row: number): number {
    return this.#sentNs[row]!
  }
  /** What ends the wait; 0 is none. */
  alarm(row: number): number {
    return this.#alarms[row]!
  }
  setAlarm(row: number, alarm: number): void {
    this.#alarms[row] = alarm
  }
  /** A free number. */
  mark(row: number): number {
    return this.#marks[row]!
  }
  setMark(row: number, mark: number): void {
    this.#marks[row] = mark
  }

  end(row: number): void {
    this.#rows.delete(this.#numbers[row]!)
    this.#numbers[row] = 0
    this.#free.push(row)
    this.count -= 1
  }

  /** Forgets all; `end` is told each row. */
  clear(end: (row: number) => void): void {
    for (let row = 0; row < this.#used; row += 1) {
      if (this.#numbers[row] === 0) continue
      end(row)
      this.end(row)
    }
  }

  #more(): number {
    if (this.#used === this.#numbers.length) {
      this.#numbers = twice(this.#numbers)
      this.#sentNs = twice(this.#sentNs)
      this.#alarms = twice(this.#alarms)
      this.#marks = twice(this.#marks)
    }
    this.#used += 1
    return this.#used - 1
  }
}

function twice(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const bigger = new Float64Array(column.length * 2)
  bigger.set(column)
  return bigger
}
