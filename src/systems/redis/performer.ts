import { WAITING } from '../../contract/ledger.ts'
import type { Handle } from '../../contract/message.ts'
import { BLOCKED, type Answer, type Call, type Command, type Prepared } from './command.ts'
import { serveList } from './commands/list-commands.ts'
import { releaseGroupReaders, serveStream } from './commands/read-commands.ts'
import { kindOf } from './commands/table.ts'
import type { Connection, Said } from './connection.ts'
import { failure, isError, type Resp, type RespError } from './resp.ts'
import type { RedisServer } from './server.ts'

interface MutableCall extends Call {
  connection: Connection
  command: Command
  values: readonly Handle[]
  a: number
  b: number
}

export interface Spoken {
  readonly values: readonly Handle[]
  readonly a: number
  readonly b: number
}

/** Performs commands, one after the other, to their end: what is refused, what is queued, what runs, and who is served afterwards. */
export class Performer {
  readonly #server: RedisServer
  /** Clients that were held a moment ago: what they had said since goes on when everybody is served. */
  readonly #freed: Connection[] = []
  #call: MutableCall | null = null

  constructor(server: RedisServer) {
    this.#server = server
  }

  /** A client that was held goes on. */
  free(connection: Connection): void {
    this.#freed.push(connection)
  }

  begin(connection: Connection): Resp {
    if (connection.queue) return failure('ERR MULTI calls can not be nested')
    connection.queue = []
    connection.spoilt = false
    return 'OK'
  }

  abandon(connection: Connection): Resp {
    const { queue } = connection
    if (!queue) return failure('ERR DISCARD without MULTI')
    connection.queue = null
    for (const said of queue) this.#refuse(said.values)
    return 'OK'
  }

  /** Claim redis.transaction: the queued commands run now, one after the other, with nothing in between. */
  execute(connection: Connection): Resp {
    const { queue } = connection
    if (!queue) return failure('ERR EXEC without MULTI')
    if (connection.spoilt) {
      this.abandon(connection)
      return failure('EXECABORT Transaction discarded because of previous errors.')
    }
    connection.queue = null
    return queue.map(said => this.#run({ server: this.#server, connection, command: said.command, values: said.values, a: said.a, b: said.b, mayBlock: false, used: false }) as Resp)
  }

  /** A command has come. While its client is held, or gathers a transaction, it waits. */
  say(connection: Connection, command: Command, what: Spoken): void {
    if (connection.wait) {
      connection.backlog.push({ command, ...what, values: this.#kept(what.values) })
      return
    }
    this.#perform(connection, command, what)
    this.serve()
  }

  #perform(connection: Connection, command: Command, { values, a, b }: Spoken): void {
    this.#server.countCommand()
    const read = prepared(command)
    const refusal = this.#refusal(connection, command, read)
    if (refusal) {
      this.#refuse(values)
      connection.answer(command, refusal)
      return
    }
    if (connection.queue && !(read as Prepared).kind.outsideTransaction) {
      connection.queue.push({ command, values: this.#kept(values), a, b })
      connection.answer(command, 'QUEUED')
      return
    }
    const call = this.#callOf(connection, command)
    call.values = values
    call.a = a
    call.b = b
    call.used = false
    const answer = this.#run(call)
    if (answer !== BLOCKED) connection.answer(command, answer)
    if (connection.leaving && !connection.gone) {
      connection.wire.hangUp(connection.end)
      this.#server.close(connection)
    }
  }

  /** The one object that describes what is being performed. */
  #callOf(connection: Connection, command: Command): MutableCall {
    this.#call ??= { server: this.#server, connection, command, values: [], a: 0, b: 0, mayBlock: true, used: false }
    this.#call.connection = connection
    this.#call.command = command
    return this.#call
  }

  #run(call: Call): Answer {
    const { run } = prepared(call.command) as Prepared
    const answer = typeof run === 'function' ? run(call) : run
    if (!call.used) this.#refuse(call.values)
    return answer
  }

  /** Why a command isn't performed at all; inside MULTI that spoils the transaction. */
  #refusal(connection: Connection, command: Command, read: Prepared | RespError): RespError | null {
    const subscribed = connection.subscribed && !('error' in read) && !read.kind.whileSubscribed
    const refusal = 'error' in read ? read : subscribed ? failure(`ERR Can't execute '${read.kind.name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context`) : null
    if (!refusal) return null
    if (/^exec$/i.test(command.args[0] ?? '')) {
      this.abandon(connection)
      return failure(`EXECABORT Transaction discarded because of: ${refusal.error.replace(/^ERR /, '')}`)
    }
    if (connection.queue) connection.spoilt = true
    return refusal
  }

  /** Serves who waits for the keys that were written, in the order of writing; then those who were held go on with what they had said. */
  serve(): void {
    const server = this.#server
    for (let ready = server.blocked.takeReady(); ready.length > 0; ready = server.blocked.takeReady()) {
      for (const name of ready) {
        const key = server.keys.get(name)
        if (key?.type === 'list') serveList(server, key)
        if (key?.type === 'stream') serveStream(server, key)
        else releaseGroupReaders(server, name)
      }
    }
    for (let connection = this.#freed.shift(); connection; connection = this.#freed.shift()) {
      while (connection.backlog.length > 0 && !connection.wait && !connection.gone) {
        const said: Said = connection.backlog.shift()!
        this.say(connection, said.command, said)
      }
    }
  }

  /** Values that have to wait are held by the server. */
  #kept(values: readonly Handle[]): readonly Handle[] {
    for (const message of values) this.#server.container.hold(message, WAITING)
    return [...values]
  }

  #refuse(values: readonly Handle[]): void {
    for (const message of values) this.#server.container.discard(message, 'refused')
  }
}

function prepared(command: Command): Prepared | RespError {
  if (command.read) return command.read
  const kind = kindOf(command.args)
  command.read = isError(kind as RespError) ? (kind as RespError) : { kind: kind as Prepared['kind'], run: (kind as Prepared['kind']).read(command.args) }
  return command.read
}
