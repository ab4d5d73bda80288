import type { DiscardReason } from '../../contract/ledger.ts'
import type { Asked, Ground, Why } from '../../contract/why.ts'
import { placeText } from '../../messaging/place-text.ts'
import type { Pipe } from './pipe.ts'
import type { Socket } from './socket.ts'

/** How people call the peer of a pipe, and whether its connection stands. */
export interface PeerOf {
  readonly label: string
  readonly open: boolean
}
type Peers = (pipe: Pipe) => PeerOf | null

const LISTED_MAX = 8

/** Why a copy waits in the queues of a socket; empty when it isn't in one of them. `inHand` is what the program is busy with, −1 where it takes all at once. */
export function whyInSocket(socket: Socket, { node, message }: Asked, peers: Peers, inHand: number): readonly Why[] {
  for (const pipe of socket.pipes) {
    const toBeRead = pipe.inbox.placeOf(message)
    if (toBeRead >= 0) return [whyUnread(socket, pipe, { ahead: toBeRead, who: node.label(), inHand, from: peers(pipe) })]
    const toBeSent = pipe.outbox.placeOf(message)
    if (toBeSent >= 0) return [whyUnsent(socket, pipe, toBeSent, peers(pipe))]
  }
  return []
}

function whyUnread(socket: Socket, pipe: Pipe, at: { readonly ahead: number; readonly who: string; readonly inHand: number; readonly from: PeerOf | null }): Why {
  const busy = at.inHand > 0 ? `${at.who} reads on when it is done with what it has in hand` : `${at.who} reads from its peers in turn`
  const mark = pipe.markIn === 0 ? 'without a limit' : `up to its receive mark of ${pipe.markIn}`
  return { asks: 'waits', says: `${placeText(at.ahead)} in the receive queue of the ${socket.type}: ${busy}.`, grounds: [{ says: `It came from ${at.from?.label ?? 'a peer that is gone'}; ${pipe.inbox.count} of its messages wait here, ${mark}` }] }
}

function whyUnsent(socket: Socket, pipe: Pipe, ahead: number, peer: PeerOf | null): Why {
  const name = peer?.label ?? 'a peer that is gone'
  const says = peer?.open === true ? `${name} has room for no more until it has read some` : `${name} is not connected; its share is kept for when it is`
  return { asks: 'waits', says: `${placeText(ahead)} in the send queue of the ${socket.type}, and ${says}.`, grounds: [pipeGround(pipe, name)] }
}

/** Why a program's send has to wait: no peer, or all of them full. */
export function whyBlocked(socket: Socket, ahead: number, peers: Peers): Why {
  const pipes = [...socket.pipes]
  const grounds = pipes.slice(0, LISTED_MAX).map((pipe): Ground => pipeGround(pipe, peers(pipe)?.label ?? 'a peer that is gone'))
  return { asks: 'waits', says: `${placeText(ahead)} in the program, which stands at its send: ${blockedText(socket, pipes)}.`, grounds }
}

function blockedText(socket: Socket, pipes: readonly Pipe[]): string {
  if (socket.type === 'REQ' && pipes.some(pipe => pipe.hasRoom)) return 'a REQ asks nothing more before the answer to its last question has come'
  if (pipes.length === 0) return `the ${socket.type} has no peer`
  return pipes.length === 1 ? `the queue to the only peer of the ${socket.type} has reached its mark` : `the queues to all ${pipes.length} peers of the ${socket.type} have reached their marks`
}

function pipeGround(pipe: Pipe, name: string): Ground {
  return { says: pipe.markOut === 0 ? `${name}: ${pipe.unread} sent and not read, no limit` : `${name}: ${pipe.unread} sent and not known to be read, the send mark is ${pipe.markOut}`, fits: pipe.hasRoom }
}

/** Why a copy died at a socket; empty where another one is to blame, or the general words say it all. */
export function whyDiedAt(socket: Socket, { node, message }: Asked, reason: DiscardReason): readonly Why[] {
  const died = (says: string, grounds: readonly Ground[] = []): readonly Why[] => [{ asks: 'died', says, grounds }]
  const publishes = socket.type === 'PUB' || socket.type === 'XPUB'
  const topic = node.messages.key(message)
  switch (reason) {
    case 'no subscriber':
      return publishes ? died(`Nobody was connected to the ${socket.type} of ${node.label()}: it keeps nothing for those who come later.`) : []
    case 'filtered':
      if (publishes) return died(`No subscriber of ${node.label()} wants ${topic === '' ? 'what begins like it' : `“${topic}”`}: the publisher filters before it sends.`)
      return socket.type === 'SUB' ? died(`${node.label()} had unsubscribed by the time it read it: a SUB filters once more.`) : []
    case 'queue full':
      return publishes ? died('The queue to a subscriber had reached its high-water mark: a publisher never waits, it drops.') : []
    case 'replaced':
      return socket.conflates ? died('The queue keeps the newest message only (ZMQ_CONFLATE), and a newer one came.') : []
    case 'unroutable':
      return socket.type === 'ROUTER' ? died(`The ROUTER of ${node.label()} knows no peer by that id: what is for nobody is dropped.`) : []
    case 'lost on the wire':
      return publishes ? died(`The network lost it on its way from ${node.label()}: a publisher hears nothing of it and sends nothing again.`) : []
    default:
      return []
  }
}
