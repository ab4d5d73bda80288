import type { ChannelContext, ChannelEnd } from '../../contract/context.ts'
import { otherEnd, peerOf, prefixesOf, socketType } from './lines.ts'
import type { Session } from './session.ts'

/**
 * Begins a run with the connection standing: each end knows from the line's settings what the other would have said, and a publisher which
 * prefixes its subscriber has on this line. What else a subscriber wants, of other lines or through a proxy, it says itself.
 */
export function startStanding(session: Session, channel: ChannelContext, end: ChannelEnd): void {
  const own = prefixesOf(channel.config())
  const sub = socketType(channel, end) === 'SUB'
  session.startStanding(peerOf(channel, end), prefix => !sub || !own.includes(prefix))
  const { pipe, socket } = session
  if (!pipe || !socket || socketType(channel, otherEnd(end)) !== 'SUB') return
  for (const prefix of own) socket.pattern.subscribed?.(pipe, prefix, true)
}
