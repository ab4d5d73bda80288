import type { Handle } from '../../contract/message.ts'
import { NOTICE } from './kinds.ts'
import type { Socket, SocketUser } from './socket.ts'

/** zmq_proxy: hands on what one of two sockets brings to the other, as long as that has room. Subscriptions go the other way by themselves. */
export class Relay implements SocketUser {
  readonly front: Socket
  readonly back: Socket
  readonly #handed: (message: Handle) => void
  #running = false

  constructor(front: Socket, back: Socket, handed: (message: Handle) => void) {
    this.front = front
    this.back = back
    this.#handed = handed
    front.user = this
    back.user = this
  }

  readable(): void {
    this.#run()
  }
  writable(): void {
    this.#run()
  }

  #run(): void {
    // What it hands on may wake it again.
    if (this.#running) return
    this.#running = true
    let moved = true
    while (moved) {
      const down = this.#hand(this.front, this.back)
      moved = this.#hand(this.back, this.front) || down
    }
    this.#running = false
  }

  #hand(from: Socket, to: Socket): boolean {
    if (!from.hasIn() || !to.hasOut()) return false
    const message = from.receive()
    if (message === NOTICE) {
      const notice = from.takeNotice()!
      if (notice.on) to.subscribe(notice.prefix)
      else to.unsubscribe(notice.prefix)
      return true
    }
    if (message <= 0) return false
    this.#handed(message)
    if (to.send(message) < 0) from.discard(message, 'queue full')
    return true
  }
}
