import type { Handshake } from './connection.ts'

/** How much may be under way to the other end of a connection: what it has room for, and then what the kernels' buffers hold. */
export class SendWindow {
  /** Sent on this connection, and told to have been read. */
  #sent = 0
  #sentBytes = 0
  #credited = 0
  #creditedBytes = 0
  /** High-water mark of the other end; 0 is no limit. */
  #mark = 0

  /** A connection is made: what the other end has yet to read of an earlier one counts as sent. */
  open({ held, heldBytes, markIn }: Handshake): void {
    this.#sent = held
    this.#sentBytes = heldBytes
    this.#credited = 0
    this.#creditedBytes = 0
    this.#mark = markIn
  }

  fits(bytes: number, kernelBytes: number): boolean {
    if (this.#mark === 0 || this.#sent - this.#credited < this.#mark) return true
    return kernelBytes > 0 && this.#sentBytes - this.#creditedBytes + bytes <= kernelBytes
  }

  sent(bytes: number): void {
    this.#sent += 1
    this.#sentBytes += bytes
  }

  credit(messages: number, bytes: number): void {
    this.#credited += messages
    this.#creditedBytes += bytes
  }
}
