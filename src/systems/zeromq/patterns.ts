import type { Handle } from '../../contract/message.ts'
import { Dealer } from './dealer.ts'
import { Pair } from './pair.ts'
import type { Pipe } from './pipe.ts'
import { Publisher } from './publisher.ts'
import { Pull, Push } from './push-pull.ts'
import { Rep } from './rep.ts'
import { Req } from './req.ts'
import { Router } from './router.ts'
import type { Socket } from './socket.ts'
import { Subscriber } from './subscriber.ts'

/** A subscription or its end, as an XPUB hands it to its application. */
export interface Notice {
  readonly prefix: string
  readonly on: boolean
}

/** How a type of socket deals with its pipes. */
export interface Pattern {
  /** False where nobody would read what a dead peer had sent: its pipe ends at once. */
  readonly reads: boolean
  attach(pipe: Pipe): void
  terminated(pipe: Pipe): void
  /** A pipe that had been found empty has something, or its end, to read. */
  readable(pipe: Pipe): void
  /** A pipe that had refused has room again. */
  writable(pipe: Pipe): void
  send(message: Handle): number
  receive(): number
  hasIn(): boolean
  hasOut(): boolean
  /** Forgets its state and gives up the messages it holds itself. */
  reset(give: (message: Handle) => void): void
  /** The connection of this pipe was lost and is to be made again. */
  hiccuped?(pipe: Pipe): void
  /** The peer said its routing id. */
  identified?(pipe: Pipe, routingId: string): void
  /** The peer subscribed, or unsubscribed. */
  subscribed?(pipe: Pipe, prefix: string, on: boolean): void
  subscribe?(prefix: string): void
  unsubscribe?(prefix: string): void
  takeNotice?(): Notice | null
}

export function patternOf(socket: Socket): Pattern {
  switch (socket.type) {
    case 'PUB':
    case 'XPUB':
      return new Publisher(socket)
    case 'SUB':
    case 'XSUB':
      return new Subscriber(socket)
    case 'PUSH':
      return new Push()
    case 'PULL':
      return new Pull(socket)
    case 'DEALER':
      return new Dealer(socket)
    case 'REQ':
      return new Req(socket)
    case 'ROUTER':
      return new Router(socket)
    case 'REP':
      return new Rep(socket)
    case 'PAIR':
      return new Pair(socket)
  }
}
