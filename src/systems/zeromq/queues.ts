import type { Handle } from '../../contract/message.ts'
import { ActiveList } from '../../messaging/active-list.ts'
import type { Pipe } from './pipe.ts'

/** Reading from several pipes: each one that has messages gives one in turn, whatever the order they came in. */
export class FairQueue {
  readonly #pipes = new ActiveList<Pipe>()

  attach(pipe: Pipe): void {
    this.#pipes.add(pipe)
  }
  activated(pipe: Pipe): void {
    this.#pipes.activate(pipe)
  }
  terminated(pipe: Pipe): void {
    this.#pipes.remove(pipe)
  }
  has(pipe: Pipe): boolean {
    return this.#pipes.has(pipe)
  }
  clear(): void {
    this.#pipes.clear()
  }

  /** The pipe that is to be read next, with something in it. */
  next(): Pipe | undefined {
    for (let pipe = this.#pipes.current; pipe; pipe = this.#pipes.current) {
      if (pipe.canRead()) return pipe
      this.#pipes.rest()
      pipe.finishIfDrained()
    }
    return undefined
  }

  /** Reads a message of the pipe whose turn it is; `next` said that there is one. */
  take(pipe: Pipe): Handle {
    const message = pipe.read()
    if (this.#pipes.current === pipe) this.#pipes.advance()
    return message
  }
}

/** Writing to one of several pipes: each that has room in turn. */
export class LoadBalancer {
  readonly #pipes = new ActiveList<Pipe>()

  attach(pipe: Pipe): void {
    this.#pipes.add(pipe)
  }
  activated(pipe: Pipe): void {
    this.#pipes.activate(pipe)
  }
  terminated(pipe: Pipe): void {
    this.#pipes.remove(pipe)
  }
  clear(): void {
    this.#pipes.clear()
  }

  /** The pipe that gets the next message. */
  next(): Pipe | undefined {
    for (let pipe = this.#pipes.current; pipe; pipe = this.#pipes.current) {
      if (pipe.canWrite()) return pipe
      this.#pipes.rest()
    }
    return undefined
  }

  /** Hands a message to the pipe whose turn it is; the next one's turn comes. */
  give(pipe: Pipe, message: Handle): void {
    this.#pipes.advance()
    pipe.write(message)
  }
}
