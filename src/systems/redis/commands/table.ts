import type { CommandKind } from '../command.ts'
import { failure, WRONGTYPE, wrongArity, type Resp } from '../resp.ts'
import { GROUP_COMMANDS } from './group-commands.ts'
import { LIST_COMMANDS } from './list-commands.ts'
import { PENDING_COMMANDS } from './pending-commands.ts'
import { PUBSUB_COMMANDS } from './pubsub-commands.ts'
import { READ_COMMANDS } from './read-commands.ts'
import { STREAM_COMMANDS } from './stream-commands.ts'

const PLAIN_COMMANDS: readonly CommandKind[] = [
  {
    name: 'ping', arity: -1, whileSubscribed: true,
    read: args => {
      if (args.length > 2) return wrongArity('ping')
      return ({ connection }) => (connection.subscribed ? ['pong', args[1] ?? ''] : (args[1] ?? 'PONG'))
    },
  },
  // Strings are not modelled: a key that holds one can't be made here.
  { name: 'get', arity: 2, read: args => ({ server }) => (server.keys.get(args[1]!) ? WRONGTYPE : null) },
  { name: 'exists', arity: -2, read: args => ({ server }) => args.slice(1).filter(name => server.keys.get(name)).length },
  { name: 'type', arity: 2, read: args => ({ server }) => server.keys.get(args[1]!)?.type ?? 'none' },
  {
    name: 'del', arity: -2,
    read: args => ({ server }) => {
      let gone = 0
      for (const name of args.slice(1)) {
        const key = server.keys.get(name)
        if (!key) continue
        server.keys.delete(key, 'queue deleted')
        server.deleted(name)
        gone += 1
      }
      return gone
    },
  },
  { name: 'multi', arity: 1, outsideTransaction: true, read: () => ({ server, connection }) => server.performer.begin(connection) },
  { name: 'exec', arity: 1, outsideTransaction: true, read: () => ({ server, connection }) => server.performer.execute(connection) },
  { name: 'discard', arity: 1, outsideTransaction: true, read: () => ({ server, connection }) => server.performer.abandon(connection) },
  {
    name: 'reset', arity: 1, whileSubscribed: true, outsideTransaction: true,
    read: () => ({ server, connection }): Resp => {
      server.performer.abandon(connection)
      server.pubsub.unsubscribeAll(connection)
      server.subscriptionsChanged()
      return 'RESET'
    },
  },
  {
    name: 'quit', arity: -1, whileSubscribed: true, outsideTransaction: true,
    read: () => ({ connection }) => {
      connection.leaving = true
      return 'OK'
    },
  },
]

const KINDS = new Map([...PLAIN_COMMANDS, ...PUBSUB_COMMANDS, ...LIST_COMMANDS, ...STREAM_COMMANDS, ...READ_COMMANDS, ...GROUP_COMMANDS, ...PENDING_COMMANDS].map(kind => [kind.name, kind]))
const CONTAINERS = new Set([...KINDS.keys()].filter(name => name.includes('|')).map(name => name.slice(0, name.indexOf('|'))))

/** Finds what a command is, or the error that Redis gives for one it doesn't know or that has too few words. */
export function kindOf(args: readonly string[]): CommandKind | ReturnType<typeof failure> {
  const name = (args[0] ?? '').toLowerCase()
  if (CONTAINERS.has(name)) {
    if (args.length < 2) return wrongArity(name)
    const sub = KINDS.get(`${name}|${args[1]!.toLowerCase()}`)
    if (!sub) return failure(`ERR unknown subcommand '${args[1]!}'. Try ${name.toUpperCase()} HELP.`)
    return enough(sub, args)
  }
  const kind = KINDS.get(name)
  if (!kind) return failure(`ERR unknown command '${args[0] ?? ''}', with args beginning with: ${args.slice(1).map(one => `'${one}' `).join('')}`)
  return enough(kind, args)
}

function enough(kind: CommandKind, args: readonly string[]): CommandKind | ReturnType<typeof failure> {
  return kind.arity >= 0 ? (args.length === kind.arity ? kind : wrongArity(kind.name)) : args.length >= -kind.arity ? kind : wrongArity(kind.name)
}
