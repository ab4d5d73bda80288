import type { Asked, Why } from '../../contract/why.ts'
import type { HandleChain } from '../../messaging/handle-chain.ts'
import { placeText } from '../../messaging/place-text.ts'

/** What one end of a pipe keeps, and how full what comes behind it is. */
export interface PipeState {
  readonly inbox: HandleChain
  readonly stream: HandleChain
  readonly waiting: HandleChain
  readonly inHand: number
  /** In the pipe and the reader's stream, and what fits in there. */
  readonly outstanding: number
  readonly room: number
  readonly writeMark: number
  readonly unit: string
  /** How people call the other process. */
  readonly far: string
}

/** Why a message waits at one end of a pipe; empty when it isn't there. */
export function whyInPipe({ node, message, ended }: Asked, pipe: PipeState): readonly Why[] {
  if (ended !== null) return []
  const who = node.label()
  const full = { says: `The pipe and the stream of ${pipe.far} hold ${pipe.outstanding} of ${pipe.room} ${pipe.unit}`, fits: pipe.outstanding < pipe.room }
  const unread = pipe.inbox.placeOf(message)
  if (unread >= 0) return [{ asks: 'waits', says: `${placeText(unread)} in the reading stream: ${who} takes the next when it is done with what it has in hand.`, grounds: [{ says: `In hand: ${pipe.inHand}` }] }]
  const written = pipe.stream.placeOf(message)
  if (written >= 0) return [{ asks: 'waits', says: `${placeText(written)} in the writing stream of ${who}: the pipe to ${pipe.far} has no room for it yet.`, grounds: [full] }]
  const kept = pipe.waiting.placeOf(message)
  if (kept < 0) return []
  return [{ asks: 'waits', says: `${placeText(kept)} in the program: write() said no, and ${who} waits until its stream has run empty.`, grounds: [{ says: `The writing stream had reached its mark of ${pipe.writeMark} ${pipe.unit}` }, full] }]
}
