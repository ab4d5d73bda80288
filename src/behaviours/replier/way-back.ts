import type { Endpoint } from '../../contract/model.ts'
import type { NodeId } from '../../topology/document.ts'

/**
 * The line the request came on, where it goes both ways; else the line to the return address; else the only line there is, whose far end routes by
 * the key, which is the return address. Null where no line leads back.
 */
export function wayBack(self: NodeId, outlets: readonly Endpoint[], source: Endpoint, replyTo: string | null): Endpoint | null {
  if (source.canSend) return source
  let only: Endpoint | null = null
  let named: Endpoint | null = null
  let others = 0
  for (const outlet of outlets) {
    // One line may stand for all of a socket.
    if (outlet.canReceive && outlet.channel.type === source.channel.type) return outlet
    if (outlet.canReceive) continue
    const { channel } = outlet
    const far = channel.from === self ? 'to' : 'from'
    if (channel[far] === replyTo) return outlet
    if (replyTo !== null && channel.nodeName(far) === replyTo) named ??= outlet
    only = outlet
    others += 1
  }
  return named ?? (others === 1 ? only : null)
}
