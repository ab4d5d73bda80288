import type { NodeContext } from '../../../contract/context.ts'
import { FACT } from '../../../contract/fact.ts'
import { WAITING } from '../../../contract/ledger.ts'
import type { Handle } from '../../../contract/message.ts'
import { KEY, type CommandKind, type Run } from '../command.ts'
import { KIND_MESSAGE, KIND_PMESSAGE, KIND_SMESSAGE, OP_MESSAGE } from '../packets.ts'
import type { Match } from '../pubsub.ts'
import { failure, type Resp } from '../resp.ts'
import type { RedisServer } from '../server.ts'

/** Claims redis.pubsub.fanout and redis.pubsub.count: a copy to each subscription there is now; the number of copies. */
function publish(server: RedisServer, message: Handle, to: { readonly channel: string; readonly matches: readonly Match[]; readonly kind: number; readonly node: NodeContext }): number {
  const { channel, matches, node } = to
  node.hold(message, WAITING)
  const { messages } = node
  server.publishedAt(node, matches.length)
  // Claim redis.pubsub.nothing-kept.
  if (matches.length === 0) {
    node.discard(message, 'no subscriber')
    return 0
  }
  messages.setVia(message, messages.intern(channel))
  node.fact(FACT.routed, message, matches.length)
  for (let n = matches.length - 1; n > 0; n -= 1) server.copies.push(node.copy(message))
  for (let n = 0; n < matches.length; n += 1) {
    const { connection, pattern } = matches[n]!
    const copy = n === matches.length - 1 ? message : server.copies.pop()!
    connection.wire.sendCopy(connection.end, OP_MESSAGE, copy, pattern === null ? to.kind : KIND_PMESSAGE, pattern === null ? 0 : messages.intern(pattern))
  }
  return matches.length
}

type Names = 'channels' | 'patterns' | 'shards'

function subscribing(verb: string, names: Names): CommandKind['read'] {
  return args => call => {
    const { connection, server } = call
    if (names === 'shards' && !call.mayBlock) return failure(`ERR ${verb.toUpperCase()} isn't allowed for a DENY BLOCKING client`)
    const confirmations = args.slice(1).map((name): Resp => {
      server.pubsub.subscribe(connection, names, name)
      return [verb, name, left(connection, names)]
    })
    server.subscriptionsChanged()
    return listed(confirmations, call.mayBlock)
  }
}

/** Claim redis.pubsub.unsubscribe: without names it ends each one. */
function unsubscribing(verb: string, names: Names): CommandKind['read'] {
  return args => ({ connection, server, mayBlock }) => {
    const wanted = args.length > 1 ? args.slice(1) : [...connection[names]]
    const confirmations = wanted.map((name): Resp => {
      server.pubsub.unsubscribe(connection, names, name)
      return [verb, name, left(connection, names)]
    })
    server.subscriptionsChanged()
    return listed(confirmations.length > 0 ? confirmations : [[verb, null, left(connection, names)]], mayBlock)
  }
}

/** Redis answers with a confirmation for each name; in a transaction's list of answers there is room for the first. */
function listed(confirmations: readonly Resp[], mayBlock: boolean): Resp {
  return mayBlock ? confirmations : confirmations[0]!
}

function left(connection: { readonly channels: ReadonlySet<string>; readonly patterns: ReadonlySet<string>; readonly shards: ReadonlySet<string> }, names: Names): number {
  return names === 'shards' ? connection.shards.size : connection.channels.size + connection.patterns.size
}

const publishRead = (args: readonly string[]): Run => {
  const channel = args[1]!
  return call => {
    const { server, connection } = call
    const message = call.values[0]!
    call.used = true
    const name = channel === KEY ? server.container.messages.key(message) : channel
    return publish(server, message, { channel: name, matches: server.pubsub.matches(name), kind: KIND_MESSAGE, node: server.channelNode(name, connection) })
  }
}

export const PUBSUB_COMMANDS: readonly CommandKind[] = [
  { name: 'publish', arity: 3, read: publishRead },
  {
    name: 'spublish', arity: 3,
    read: args => call => {
      const { server, connection } = call
      call.used = true
      return publish(server, call.values[0]!, { channel: args[1]!, matches: server.pubsub.shardMatches(args[1]!), kind: KIND_SMESSAGE, node: server.channelNode(args[1]!, connection) })
    },
  },
  { name: 'subscribe', arity: -2, whileSubscribed: true, read: subscribing('subscribe', 'channels') },
  { name: 'psubscribe', arity: -2, whileSubscribed: true, read: subscribing('psubscribe', 'patterns') },
  { name: 'ssubscribe', arity: -2, whileSubscribed: true, read: subscribing('ssubscribe', 'shards') },
  { name: 'unsubscribe', arity: -1, whileSubscribed: true, read: unsubscribing('unsubscribe', 'channels') },
  { name: 'punsubscribe', arity: -1, whileSubscribed: true, read: unsubscribing('punsubscribe', 'patterns') },
  { name: 'sunsubscribe', arity: -1, whileSubscribed: true, read: unsubscribing('sunsubscribe', 'shards') },
  // Claim redis.pubsub.introspection: names count, patterns don't.
  { name: 'pubsub|channels', arity: -2, read: args => ({ server }) => server.pubsub.channelNames('channels', args[2] ?? null) },
  { name: 'pubsub|shardchannels', arity: -2, read: args => ({ server }) => server.pubsub.channelNames('shards', args[2] ?? null) },
  { name: 'pubsub|numsub', arity: -2, read: args => ({ server }) => args.slice(2).flatMap(name => [name, server.pubsub.count('channels', name)]) },
  { name: 'pubsub|shardnumsub', arity: -2, read: args => ({ server }) => args.slice(2).flatMap(name => [name, server.pubsub.count('shards', name)]) },
  { name: 'pubsub|numpat', arity: 2, read: () => ({ server }) => server.pubsub.patternCount },
]
