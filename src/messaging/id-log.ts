const FIRST = 16
/** More gaps than this, and more gaps than records: the gaps are closed. */
const GAPS_LEAST = 64

/**
 * Records in order of an id of two numbers, each with a handle and three numbers of whoever keeps it: mostly added at the end and taken from
 * anywhere. A place names a record until the next `add`. Taking one out leaves a gap, which later adds close.
 */
export class IdLog {
  #major = new Float64Array(FIRST)
  #minor = new Float64Array(FIRST)
  /** 0 is a gap. */
  #handles = new Int32Array(FIRST)
  #owners = new Int32Array(FIRST)
  #counts = new Int32Array(FIRST)
  #times = new Float64Array(FIRST)
  #start = 0
  #end = 0
  #count = 0

  get count(): number {
    return this.#count
  }

  major(place: number): number {
    return this.#major[place]!
  }
  minor(place: number): number {
    return this.#minor[place]!
  }
  handle(place: number): number {
    return this.#handles[place]!
  }
  owner(place: number): number {
    return this.#owners[place]!
  }
  setOwner(place: number, owner: number): void {
    this.#owners[place] = owner
  }
  counter(place: number): number {
    return this.#counts[place]!
  }
  setCounter(place: number, count: number): void {
    this.#counts[place] = count
  }
  time(place: number): number {
    return this.#times[place]!
  }
  setTime(place: number, time: number): void {
    this.#times[place] = time
  }

  /** Adds a record that isn't there yet; its place. */
  add(major: number, minor: number, handle: number): number {
    const gaps = this.#end - this.#start - this.#count
    if (this.#end === this.#handles.length || (gaps > GAPS_LEAST && gaps > this.#count)) this.#makeRoom()
    let place = this.#end
    while (place > this.#start && this.#isAfter(place - 1, major, minor)) {
      this.#copy(place - 1, place)
      place -= 1
    }
    this.#end += 1
    this.#major[place] = major
    this.#minor[place] = minor
    this.#handles[place] = handle
    this.#owners[place] = 0
    this.#counts[place] = 0
    this.#times[place] = 0
    this.#count += 1
    return place
  }

  remove(place: number): void {
    this.#handles[place] = 0
    this.#count -= 1
    while (this.#start < this.#end && this.#handles[this.#start] === 0) this.#start += 1
    while (this.#end > this.#start && this.#handles[this.#end - 1] === 0) this.#end -= 1
  }

  /** Place of the record with this id, or −1. */
  find(major: number, minor: number): number {
    const place = this.#search(major, minor)
    return place < this.#end && this.#handles[place] !== 0 && this.#major[place] === major && this.#minor[place] === minor ? place : -1
  }

  first(): number {
    return this.#count === 0 ? -1 : this.#start
  }
  last(): number {
    return this.#count === 0 ? -1 : this.#end - 1
  }

  next(place: number): number {
    return this.#forward(place + 1)
  }
  previous(place: number): number {
    return this.#backward(place - 1)
  }

  /** The first record with this id or a later one, or −1. */
  from(major: number, minor: number): number {
    return this.#forward(this.#search(major, minor))
  }
  /** The last record with this id or an earlier one, or −1. */
  upTo(major: number, minor: number): number {
    const place = this.#search(major, minor)
    const exact = place < this.#end && this.#major[place] === major && this.#minor[place] === minor
    return this.#backward(exact ? place : place - 1)
  }

  /** How many records have this id or an earlier one: a walk only where there are gaps. */
  countUpTo(major: number, minor: number): number {
    const last = this.upTo(major, minor)
    if (last < 0) return 0
    if (this.#end - this.#start === this.#count) return last - this.#start + 1
    let count = 0
    for (let place = this.#start; place <= last; place += 1) if (this.#handles[place] !== 0) count += 1
    return count
  }

  #forward(from: number): number {
    for (let place = from; place < this.#end; place += 1) if (this.#handles[place] !== 0) return place
    return -1
  }
  #backward(from: number): number {
    for (let place = from; place >= this.#start; place -= 1) if (this.#handles[place] !== 0) return place
    return -1
  }

  /** The first place, gap or not, whose id is not before this one. */
  #search(major: number, minor: number): number {
    let low = this.#start
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >> 1
      const before = this.#major[middle]! < major || (this.#major[middle] === major && this.#minor[middle]! < minor)
      if (before) low = middle + 1
      else high = middle
    }
    return low
  }

  #isAfter(place: number, major: number, minor: number): boolean {
    return this.#major[place]! > major || (this.#major[place] === major && this.#minor[place]! > minor)
  }

  #copy(from: number, to: number): void {
    this.#major[to] = this.#major[from]!
    this.#minor[to] = this.#minor[from]!
    this.#handles[to] = this.#handles[from]!
    this.#owners[to] = this.#owners[from]!
    this.#counts[to] = this.#counts[from]!
    this.#times[to] = this.#times[from]!
  }

  /** Closes the gaps; grows when that is not enough. */
  #makeRoom(): void {
    let to = 0
    for (let place = this.#start; place < this.#end; place += 1) {
      if (this.#handles[place] === 0) continue
      this.#copy(place, to)
      to += 1
    }
    this.#start = 0
    this.#end = to
    const size = this.#handles.length
    if (to * 2 <= size) return
    this.#major = grown(this.#major, new Float64Array(size * 2))
    this.#minor = grown(this.#minor, new Float64Array(size * 2))
    this.#times = grown(this.#times, new Float64Array(size * 2))
    this.#handles = grown(this.#handles, new Int32Array(size * 2))
    this.#owners = grown(this.#owners, new Int32Array(size * 2))
    this.#counts = grown(this.#counts, new Int32Array(size * 2))
  }
}

function grown<T extends Float64Array | Int32Array>(old: T, bigger: T): T {
  bigger.set(old)
  return bigger
}
