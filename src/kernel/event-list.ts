/**
 * The pending events of a run in typed arrays: a 4-ary heap over slots, and the earliest of all in a place of its own in front of it. What
 * happens next at the same instant (a wire without latency) never touches the heap.
 *
 * The key of an event is (time, rank of its source, the source's own counter). A source is a node or a channel; ranks follow
 * the order of ids, so order at one instant is a function of the document: neither the code path nor a new node changes it.
 * Re-ranking never disturbs the heap, because two existing sources keep their relative order when a third arrives.
 */
const SLOTS_FIRST = 1024
/** An alarm is generation × SLOT_LIMIT + slot: 4 M pending events, 2^31 generations a slot. */
const SLOT_LIMIT = 4194304
const FRONT = -2

export class EventList {
  #time = new Float64Array(SLOTS_FIRST)
  #counter = new Float64Array(SLOTS_FIRST)
  #datum = new Float64Array(SLOTS_FIRST)
  #source = new Int32Array(SLOTS_FIRST)
  #target = new Int32Array(SLOTS_FIRST)
  #signal = new Int32Array(SLOTS_FIRST)
  #generation = new Int32Array(SLOTS_FIRST)
  /** Position in the heap, FRONT for the one in front of it, or −1 when the slot is free. */
  #where = new Int32Array(SLOTS_FIRST).fill(-1)
  #heap = new Int32Array(SLOTS_FIRST)
  #size = 0
  /** The earliest event; 0 when it has been taken and the next is still the heap's first. */
  #front = 0
  #free: number[] = []
  #used = 1
  #ranks = new Float64Array(64)

  /** The event that `take` removed last. */
  time = 0
  target = 0
  signal = 0
  datum = 0

  get size(): number {
    return this.#size + (this.#front === 0 ? 0 : 1)
  }

  /** Rank of a source in the order of ids; set for every source before it schedules. */
  setRank(source: number, rank: number): void {
    if (source >= this.#ranks.length) this.#ranks = grown(this.#ranks, source + 1)
    this.#ranks[source] = rank
  }

  /** Time of the earliest event, or Infinity. */
  nextTime(): number {
    if (this.#front !== 0) return this.#time[this.#front]!
    return this.#size === 0 ? Infinity : this.#time[this.#heap[0]!]!
  }

  /** Adds an event; returns its alarm. */
  add(timeNs: number, source: number, counter: number, target: number, signal: number, datum: number): number {
    const slot = this.#free.pop() ?? this.#newSlot()
    this.#time[slot] = timeNs
    this.#counter[slot] = counter
    this.#source[slot] = source
    this.#target[slot] = target
    this.#signal[slot] = signal
    this.#datum[slot] = datum
    this.#place(slot)
    return this.#generation[slot]! * SLOT_LIMIT + slot
  }

  /** Removes the earliest event into the public fields; false when there is none. */
  take(): boolean {
    let slot = this.#front
    if (slot === 0) {
      if (this.#size === 0) return false
      slot = this.#heap[0]!
    }
    this.time = this.#time[slot]!
    this.target = this.#target[slot]!
    this.signal = this.#signal[slot]!
    this.datum = this.#datum[slot]!
    this.#remove(slot)
    return true
  }

  /** False when it fired or was cancelled before. */
  cancel(alarm: number): boolean {
    const slot = alarm % SLOT_LIMIT
    if (slot === 0 || slot >= this.#used) return false
    if (this.#generation[slot] !== Math.floor(alarm / SLOT_LIMIT)) return false
    if (this.#where[slot] === -1) return false
    this.#remove(slot)
    return true
  }

  /** Removes every event of a target that is gone. */
  cancelTarget(target: number): void {
    const gone: number[] = []
    if (this.#front !== 0 && this.#target[this.#front] === target) gone.push(this.#front)
    for (let at = 0; at < this.#size; at += 1) if (this.#target[this.#heap[at]!] === target) gone.push(this.#heap[at]!)
    for (const slot of gone) this.#remove(slot)
  }

  /** In front when it is earlier than everything, else into the heap. */
  #place(slot: number): void {
    const front = this.#front
    if (front === 0) {
      if (this.#size === 0 || this.#before(slot, this.#heap[0]!)) {
        this.#front = slot
        this.#where[slot] = FRONT
        return
      }
    } else if (this.#before(slot, front)) {
      this.#front = slot
      this.#where[slot] = FRONT
      this.#size += 1
      this.#rise(this.#size - 1, front)
      return
    }
    this.#size += 1
    this.#rise(this.#size - 1, slot)
  }

  #remove(slot: number): void {
    const at = this.#where[slot]!
    this.#where[slot] = -1
    this.#generation[slot] = (this.#generation[slot]! + 1) & 0x7fffffff
    this.#free.push(slot)
    if (at === FRONT) {
      this.#front = 0
      return
    }
    this.#size -= 1
    if (at === this.#size) return
    const last = this.#heap[this.#size]!
    if (at > 0 && this.#before(last, this.#heap[(at - 1) >> 2]!)) this.#rise(at, last)
    else this.#sink(at, last)
  }

  #before(a: number, b: number): boolean {
    const ta = this.#time[a]!
    const tb = this.#time[b]!
    if (ta !== tb) return ta < tb
    const sa = this.#source[a]!
    const sb = this.#source[b]!
    if (sa !== sb) {
      const ra = this.#ranks[sa]!
      const rb = this.#ranks[sb]!
      if (ra !== rb) return ra < rb
    }
    return this.#counter[a]! < this.#counter[b]!
  }

  #rise(from: number, slot: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 2
      const above = this.#heap[parent]!
      if (!this.#before(slot, above)) break
      this.#heap[at] = above
      this.#where[above] = at
      at = parent
    }
    this.#heap[at] = slot
    this.#where[slot] = at
  }

  #sink(from: number, slot: number): void {
    let at = from
    for (;;) {
      const first = at * 4 + 1
      if (first >= this.#size) break
      let least = first
      const end = Math.min(first + 4, this.#size)
      for (let child = first + 1; child < end; child += 1) if (this.#before(this.#heap[child]!, this.#heap[least]!)) least = child
      const below = this.#heap[least]!
      if (!this.#before(below, slot)) break
      this.#heap[at] = below
      this.#where[below] = at
      at = least
    }
    this.#heap[at] = slot
    this.#where[slot] = at
  }

  #newSlot(): number {
    const slot = this.#used
    if (slot >= SLOT_LIMIT) throw new Error(`more than ${SLOT_LIMIT} pending events`)
    this.#used += 1
    if (slot >= this.#time.length) this.#grow()
    return slot
  }

  #grow(): void {
    const size = this.#time.length * 2
    this.#time = grown(this.#time, size)
    this.#counter = grown(this.#counter, size)
    this.#datum = grown(this.#datum, size)
    this.#source = grown(this.#source, size)
    this.#target = grown(this.#target, size)
    this.#signal = grown(this.#signal, size)
    this.#generation = grown(this.#generation, size)
    this.#heap = grown(this.#heap, size)
    const where = new Int32Array(size).fill(-1)
    where.set(this.#where)
    this.#where = where
  }
}

function grown<T extends Float64Array | Int32Array>(old: T, least: number): T {
  const size = Math.max(least, old.length * 2)
  const bigger = (old instanceof Float64Array ? new Float64Array(size) : new Int32Array(size)) as T
  bigger.set(old)
  return bigger
}
