import { FACT } from '../../../contract/fact.ts'
import { FLAG_REDELIVERED, type Handle } from '../../../contract/message.ts'
import type { Side } from '../blocking.ts'
import { GIVE_BACK, NUMBERS, type Answer, type Call, type CommandKind, type Run } from '../command.ts'
import type { Connection } from '../connection.ts'
import type { ListKey } from '../list-key.ts'
import { failure, NOT_AN_INTEGER, parseInteger, SYNTAX, WRONGTYPE, wrongArity, type Resp, type RespError } from '../resp.ts'
import type { RedisServer } from '../server.ts'
import { clipped, parseSeconds } from './arguments.ts'

/** A list, nothing, or the error that the key holds something else. */
function find(server: RedisServer, name: string): ListKey | undefined | RespError {
  const key = server.keys.get(name)
  return key === undefined || key.type === 'list' ? key : WRONGTYPE
}
const isList = (found: ListKey | undefined | RespError): found is ListKey => found !== undefined && 'type' in found

const sideOf = (text: string): Side | null => (/^left$/i.test(text) ? 'LEFT' : /^right$/i.test(text) ? 'RIGHT' : null)

/** Claim redis.list.push-then-serve: all values are pushed; who waits is served when the command is over. */
function pushing(side: Side, onlyIfThere: boolean): CommandKind['read'] {
  return args => {
    const name = args[1]!
    return call => {
      const { server, values } = call
      const found = find(server, name)
      if (found !== undefined && !isList(found)) return found
      if (found === undefined && onlyIfThere) return 0
      call.used = true
      const list = found ?? server.makeList(name, null)
      for (const message of values) {
        server.numberItem(message)
        list.push(message, side)
        list.home.pushed(message)
      }
      server.changed(list)
      return list.items.count
    }
  }
}

/** Claim redis.list.pop-is-final: the item leaves with the client; the server forgets it. */
export function handItem(server: RedisServer, list: ListKey, side: Side, to: { readonly connection: Connection; readonly words: boolean }): string {
  const { messages } = server.container
  const message = list.take(side)
  list.home.nextSide = side
  list.home.popped(message)
  const text = to.words ? messages.body(message) : ''
  to.connection.hand(message, messages.mark(message), 0)
  server.changed(list)
  server.keys.dropEmpty(list)
  return text
}

function popping(name: string, side: Side): CommandKind['read'] {
  return args => {
    if (args.length > 3) return wrongArity(name)
    const count = args.length > 2 ? parseInteger(args[2]!) : null
    if (args.length > 2 && (count === null || count < 0)) return failure('ERR value is out of range, must be positive')
    return call => {
      const list = find(call.server, args[1]!)
      if (!isList(list)) return list ?? null
      const to = { connection: call.connection, words: call.command.wants === 'words' }
      if (count === null) return handItem(call.server, list, side, to)
      return Array.from({ length: Math.min(count, list.items.count) }, () => handItem(call.server, list, side, to))
    }
  }
}

/** Claim redis.list.key-order: the first of the keys that has something, as the client named them. */
function blockingPop(side: Side): CommandKind['read'] {
  return args => {
    const keys = args.slice(1, -1)
    const timeout = parseSeconds(args.at(-1)!)
    if (typeof timeout !== 'number') return timeout
    const wait = { wait: 'pop', keys, from: side } as const
    return call => {
      for (const name of keys) {
        const list = find(call.server, name)
        if (list === undefined) continue
        if (!isList(list)) return list
        return [name, handItem(call.server, list, side, { connection: call.connection, words: call.command.wants === 'words' })]
      }
      return call.mayBlock ? call.server.block(call, wait, timeout) : null
    }
  }
}

/** Claim redis.list.move: the item is never only in a client's hands. It is shown to the client and stays with the server. */
export function moveItem(server: RedisServer, move: { readonly source: ListKey; readonly to: string; readonly from: Side; readonly into: Side }, client: { readonly connection: Connection; readonly words: boolean }): Resp {
  const { source, to, from, into } = move
  const found = find(server, to)
  if (found !== undefined && !isList(found)) return found
  const { messages } = server.container
  const message = source.take(from)
  source.home.nextSide = from
  source.home.popped(message)
  const target = found ?? server.makeList(to, source.fedBy ?? source.name)
  comeBack(source, target, message)
  target.push(message, into)
  if (target.home !== source.home) target.home.pushed(message)
  client.connection.show(message, messages.mark(message), 0)
  server.changed(source)
  server.changed(target)
  server.keys.dropEmpty(source)
  return client.words ? messages.body(message) : ''
}

function moving(blocks: boolean, words: (args: readonly string[]) => { readonly from: Side | null; readonly into: Side | null }): CommandKind['read'] {
  return args => {
    const { from, into } = words(args)
    if (from === null || into === null) return SYNTAX
    const timeout = blocks ? parseSeconds(args.at(-1)!) : 0
    if (typeof timeout !== 'number') return timeout
    const to = args[2]!
    const wait = { wait: 'move', keys: [args[1]!], to, from, into } as const
    return call => {
      const source = find(call.server, args[1]!)
      if (isList(source)) return moveItem(call.server, { source, to, from, into }, { connection: call.connection, words: call.command.wants === 'words' })
      if (source !== undefined) return source
      return blocks && call.mayBlock ? call.server.block(call, wait, timeout) : null
    }
  }
}

const bySides = (args: readonly string[]): { from: Side | null; into: Side | null } => ({ from: sideOf(args[3]!), into: sideOf(args[4]!) })
const rightToLeft = (): { from: Side; into: Side } => ({ from: 'RIGHT', into: 'LEFT' })

/** LREM acknowledges in the reliable queue. A client that was shown an item names it by its number; words name it by its value. */
function remove(args: readonly string[]): Run | RespError {
  const count = parseInteger(args[2]!)
  if (count === null) return NOT_AN_INTEGER
  return call => {
    const list = find(call.server, args[1]!)
    if (!isList(list)) return list ?? 0
    const gone = args[3] === NUMBERS ? removeNumber(call, list) : removeEqual(call, list, { value: args[3]!, count })
    if (gone > 0) call.server.changed(list)
    call.server.keys.dropEmpty(list)
    return gone
  }
}

function removeNumber(call: Call, list: ListKey): number {
  const index = list.indexOfNumber(call.a)
  if (index < 0) return 0
  call.server.endCopy(list.home.node, list.takeAt(index), call.command)
  return 1
}

function removeEqual(call: Call, list: ListKey, what: { readonly value: string; readonly count: number }): number {
  const most = what.count === 0 ? Infinity : Math.abs(what.count)
  let gone = 0
  let index = what.count < 0 ? list.items.count - 1 : 0
  while (index >= 0 && index < list.items.count && gone < most) {
    if (list.text(index) !== what.value) {
      index += what.count < 0 ? -1 : 1
      continue
    }
    call.server.endCopy(list.home.node, list.takeAt(index), call.command)
    gone += 1
    if (what.count < 0) index -= 1
  }
  return gone
}

/** An item that a worker gives back stands where it is popped next, marked as handed out before. */
function giveBack(args: readonly string[]): Run {
  return call => {
    const { server } = call
    const source = find(server, args[1]!)
    const found = find(server, args[2]!)
    if (!isList(source)) return source ?? 0
    if (found !== undefined && !isList(found)) return found
    const index = source.indexOfNumber(call.a)
    if (index < 0) return 0
    const target = found ?? server.makeList(args[2]!, null)
    const message = source.takeAt(index)
    comeBack(source, target, message)
    target.push(message, 'RIGHT')
    server.changed(source)
    server.changed(target)
    server.keys.dropEmpty(source)
    return 1
  }
}

function comeBack(source: ListKey, target: ListKey, message: Handle): void {
  if (source.fedBy !== target.name) return
  const { node } = target.home
  node.messages.setFlag(message, FLAG_REDELIVERED)
  node.redelivered()
  node.fact(FACT.requeued, message)
}

/** Claim redis.list.trim. */
function trim(args: readonly string[]): Run | RespError {
  const from = parseInteger(args[2]!)
  const to = parseInteger(args[3]!)
  if (from === null || to === null) return NOT_AN_INTEGER
  return ({ server }) => {
    const list = find(server, args[1]!)
    if (!isList(list)) return list ?? 'OK'
    const range = clipped(from, to, list.items.count)
    const behind = list.items.count - range.end
    const drop = (side: Side): void => {
      list.home.trimmed()
      list.home.node.discard(list.take(side), 'trimmed')
    }
    for (let n = 0; n < range.start; n += 1) drop('LEFT')
    for (let n = 0; n < behind; n += 1) drop('RIGHT')
    server.changed(list)
    server.keys.dropEmpty(list)
    return 'OK'
  }
}

function range(args: readonly string[]): Run | RespError {
  const from = parseInteger(args[2]!)
  const to = parseInteger(args[3]!)
  if (from === null || to === null) return NOT_AN_INTEGER
  return ({ server }): Answer => {
    const list = find(server, args[1]!)
    if (!isList(list)) return list ?? []
    const { start, end } = clipped(from, to, list.items.count)
    return Array.from({ length: end - start }, (_, n) => list.text(start + n))
  }
}

/** Serves clients blocked on a list, longest waiting first, as long as there are items. */
export function serveList(server: RedisServer, list: ListKey): void {
  for (const connection of server.blocked.line(list.name)) {
    if (list.items.count === 0) return
    const { wait, waitCommand } = connection
    if (!wait || !waitCommand) continue
    const to = { connection, words: waitCommand.wants === 'words' }
    if (wait.wait === 'pop') {
      server.unblock(connection)
      connection.answer(waitCommand, [list.name, handItem(server, list, wait.from, to)])
    } else if (wait.wait === 'move') {
      server.unblock(connection)
      connection.answer(waitCommand, moveItem(server, { source: list, to: wait.to, from: wait.from, into: wait.into }, to))
    }
  }
}

export const LIST_COMMANDS: readonly CommandKind[] = [
  { name: 'lpush', arity: -3, read: pushing('LEFT', false) },
  { name: 'rpush', arity: -3, read: pushing('RIGHT', false) },
  { name: 'lpushx', arity: -3, read: pushing('LEFT', true) },
  { name: 'rpushx', arity: -3, read: pushing('RIGHT', true) },
  { name: 'lpop', arity: -2, read: popping('lpop', 'LEFT') },
  { name: 'rpop', arity: -2, read: popping('rpop', 'RIGHT') },
  { name: 'blpop', arity: -3, read: blockingPop('LEFT') },
  { name: 'brpop', arity: -3, read: blockingPop('RIGHT') },
  { name: 'lmove', arity: 5, read: moving(false, bySides) },
  { name: 'blmove', arity: 6, read: moving(true, bySides) },
  { name: 'rpoplpush', arity: 3, read: moving(false, rightToLeft) },
  { name: 'brpoplpush', arity: 4, read: moving(true, rightToLeft) },
  { name: 'lrem', arity: 4, read: remove },
  { name: GIVE_BACK, arity: 3, read: giveBack },
  { name: 'ltrim', arity: 4, read: trim },
  { name: 'lrange', arity: 4, read: range },
  {
    name: 'llen', arity: 2,
    read: args => ({ server }) => {
      const list = find(server, args[1]!)
      return isList(list) ? list.items.count : (list ?? 0)
    },
  },
  {
    name: 'lindex', arity: 3,
    read: args => {
      const index = parseInteger(args[2]!)
      if (index === null) return NOT_AN_INTEGER
      return ({ server }) => {
        const list = find(server, args[1]!)
        if (!isList(list)) return list ?? null
        const at = index < 0 ? list.items.count + index : index
        return at >= 0 && at < list.items.count ? list.text(at) : null
      }
    },
  },
]

