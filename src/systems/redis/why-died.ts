import type { DiscardReason } from '../../contract/ledger.ts'
import type { Asked, Ground, Why } from '../../contract/why.ts'
import { nameOf } from './names.ts'
import type { RedisServer } from './server.ts'

const PERSISTENCE: Readonly<Record<string, string>> = {
  none: 'it keeps nothing on disk',
  rdb: 'it had come, or was changed, after the last snapshot',
  'aof-everysec': 'its last second was not on disk yet',
  'aof-always': 'a connection held it whose command had not been performed',
}

/** Why a copy died in the server; nothing where the general words say it all. Settings and subscriptions are those of now. */
export function whyDied(server: RedisServer, asked: Asked, reason: DiscardReason): readonly Why[] {
  const { node } = asked
  const died = (says: string, grounds: readonly Ground[] = []): readonly Why[] => [{ asks: 'died', says, grounds }]
  switch (reason) {
    case 'no subscriber':
      return died(`Nobody had subscribed to ${channelOf(server, asked)} when it was published: PUBLISH keeps nothing.`, subscriptions(server, asked))
    case 'trimmed':
      return died(node.type === 'redis.stream' ? `${nameOf(node)} is kept to its length (MAXLEN): its oldest entries go.` : `${nameOf(node)} is trimmed after each push (LTRIM): only the newest items are kept.`)
    case 'rejected': {
      const by = asked.last('delivered')
      return died(`${by ? asked.label(by.node) : 'Its client'} could not use it: Redis has no negative acknowledgement, so it was acknowledged and dropped.`)
    }
    case 'purged':
      return died(`It was deleted from ${nameOf(node)} by a command (DEL, XDEL, LREM).`)
    case 'broker crashed':
      return died(`${server.container.label()} went down: ${PERSISTENCE[String(server.container.config()['persistence'])] ?? 'it was not on disk'}.`)
    case 'connection lost':
      return died(node === server.container ? 'Its connection ended before its command was performed.' : `${node.label()} had given it to a client, and the connection was lost on the way: Redis keeps no copy.`)
    case 'lost on the wire':
      return died(`The network lost it on its way to a client of ${node.label()}, and nobody sends it again.`)
    default:
      return []
  }
}

/** The channel it was published to: the node's, or the key of the message. */
function channelOf(server: RedisServer, { node, message }: Asked): string {
  return node.type === 'redis.channel' ? nameOf(node) : node.messages.key(message) || server.container.label()
}

function subscriptions(server: RedisServer, asked: Asked): readonly Ground[] {
  const now = server.pubsub.matches(channelOf(server, asked)).length
  const elsewhere = server.pubsub.channelNames('channels', null).filter(name => name !== channelOf(server, asked))
  return [{ says: now === 0 ? 'Nobody has subscribed to it now either' : now === 1 ? 'One subscription has been made since' : `${now} subscriptions have been made since` }, ...elsewhere.slice(0, 4).map((name): Ground => ({ says: `Somebody has subscribed to ${name}`, fits: false }))]
}
