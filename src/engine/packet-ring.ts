/** Packets in flight one way, in order: a ring of typed arrays that doubles when it is full. */
const FIRST = 16

export class PacketRing {
  arriveNs = new Float64Array(FIRST)
  flightNs = new Float64Array(FIRST)
  counter = new Float64Array(FIRST)
  a = new Float64Array(FIRST)
  b = new Float64Array(FIRST)
  op = new Int32Array(FIRST)
  message = new Int32Array(FIRST)
  /** 0 nothing, 1 copy, 2 sight. */
  carries = new Uint8Array(FIRST)
  /** Conversation numbers: of the sending end when it sent, and the one it knew of the receiving end. */
  ownEpoch = new Int32Array(FIRST)
  peerEpoch = new Int32Array(FIRST)
  #head = 0
  count = 0

  /** Makes room for one more at the tail and returns its place. */
  push(): number {
    if (this.count === this.op.length) this.#grow()
    const place = (this.#head + this.count) & (this.op.length - 1)
    this.count += 1
    return place
  }

  head(): number {
    return this.#head
  }

  /** Place of the nth packet from the head. */
  place(n: number): number {
    return (this.#head + n) & (this.op.length - 1)
  }

  shift(): void {
    this.#head = (this.#head + 1) & (this.op.length - 1)
    this.count -= 1
  }

  #grow(): void {
    const size = this.op.length
    const order = new Int32Array(size)
    for (let n = 0; n < size; n += 1) order[n] = this.place(n)
    const doubles = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const bigger = new Float64Array(size * 2)
      for (let n = 0; n < size; n += 1) bigger[n] = old[order[n]!]!
      return bigger
    }
    const ints = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const bigger = new Int32Array(size * 2)
      for (let n = 0; n < size; n += 1) bigger[n] = old[order[n]!]!
      return bigger
    }
    this.arriveNs = doubles(this.arriveNs)
    this.flightNs = doubles(this.flightNs)
    this.counter = doubles(this.counter)
    this.a = doubles(this.a)
    this.b = doubles(this.b)
    this.op = ints(this.op)
    this.message = ints(this.message)
    this.ownEpoch = ints(this.ownEpoch)
    this.peerEpoch = ints(this.peerEpoch)
    const carries = new Uint8Array(size * 2)
    for (let n = 0; n < size; n += 1) carries[n] = this.carries[order[n]!]!
    this.carries = carries
    this.#head = 0
  }
}
