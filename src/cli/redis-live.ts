import { createConnection, type Socket } from 'node:net'
import { failure, type Resp } from '../systems/redis/resp.ts'
import type { Delivery, Recording, Step, Watched } from '../systems/redis/conformance/recording.ts'
import { endOfGroups, shown, substituted } from '../systems/redis/conformance/written.ts'

/** A settle on a real server, as the format says. */
const SETTLE_MS = 60
const POLL_MS = 2
/** What a blocking command may take until the server holds its client. */
const HELD_WITHIN_MS = 500
/** Of the sixteen databases that a server has from the start, the one least likely to hold anything; it must be empty. */
const DATABASE = '15'
const CLOSED = failure('CONNECTION CLOSED')

const pause = (ms: number): Promise<void> => new Promise(done => void setTimeout(done, ms))

/** One connection to a real Redis: commands out, answers and published messages in. */
class LiveConnection {
  readonly answers: { readonly args: readonly string[]; readonly label: string | undefined }[] = []
  deliveries: Delivery[] = []
  receives = false
  open = true
  id = ''
  readonly #socket: Socket
  readonly #answered: (args: readonly string[], label: string | undefined, answer: Resp) => void
  #buffer = Buffer.alloc(0)
  /** Confirmations of a subscription come one by one and are one answer. */
  #confirmations: Resp[] = []

  constructor(port: number, answered: (args: readonly string[], label: string | undefined, answer: Resp) => void) {
    this.#answered = answered
    this.#socket = createConnection({ port, host: '127.0.0.1' })
    this.#socket.on('data', chunk => this.#take(chunk))
    this.#socket.on('close', () => {
      this.open = false
    })
    this.#socket.on('error', () => {
      this.open = false
    })
  }

  say(args: readonly string[], label: string | undefined): void {
    this.answers.push({ args, label })
    const words = args.map(one => `$${Buffer.byteLength(one)}\r\n${one}\r\n`)
    this.#socket.write(`*${args.length}\r\n${words.join('')}`)
  }

  async answer(within = 5000): Promise<boolean> {
    for (let waited = 0; this.answers.length > 0 && waited < within && this.open; waited += POLL_MS) await pause(POLL_MS)
    return this.answers.length === 0
  }

  destroy(): void {
    this.open = false
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk])
    for (let read = parse(this.#buffer, 0); read; read = parse(this.#buffer, 0)) {
      this.#buffer = this.#buffer.subarray(read.next)
      this.#hear(read.value)
    }
  }

  #hear(value: Resp): void {
    const parts = Array.isArray(value) ? (value as readonly Resp[]) : []
    const kind = parts[0]
    if (this.receives && (kind === 'message' || kind === 'smessage')) return void this.deliveries.push({ kind, channel: String(parts[1]), payload: String(parts[2]) })
    if (this.receives && kind === 'pmessage') return void this.deliveries.push({ kind, pattern: String(parts[1]), channel: String(parts[2]), payload: String(parts[3]) })
    const [asked] = this.answers
    if (!asked) return
    const command = (asked.args[0] ?? '').toLowerCase()
    let answer = value
    if (/^[ps]?(un)?subscribe$/.test(command) && kind === command) {
      this.#confirmations.push(value)
      const names = asked.args.length - 1
      const complete = names > 0 ? this.#confirmations.length === names : parts[1] === null || this.#confirmations.length >= this.expected
      if (!complete) return
      answer = this.#confirmations
      this.#confirmations = []
    }
    this.answers.shift()
    this.#answered(asked.args, asked.label, answer)
  }

  /** How many confirmations an UNSUBSCRIBE without names brings. */
  expected = 1
}

/** One recording's steps on a real Redis. */
class LiveRun {
  readonly watched: Watched = { replies: {}, deliveries: {}, end: {} }
  readonly #port: number
  readonly #connections = new Map<string, LiveConnection>()
  readonly #subscribed = new Map<string, Record<string, Set<string>>>()

  constructor(port: number) {
    this.#port = port
  }

  async perform(step: Step): Promise<void> {
    const name = step.client ?? ''
    switch (step.op) {
      case 'connect':
        return this.#connect(name)
      case 'settle':
        return pause(SETTLE_MS)
      case 'wait':
        return pause(Number(step.ms))
      case 'call':
        return this.#call(this.#connections.get(name)!, step)
      case 'kill':
      case 'quit': {
        const one = this.#connections.get(name)!
        for (const { label } of one.answers) if (label !== undefined) this.watched.replies[label] = CLOSED
        one.answers.length = 0
        one.destroy()
        return pause(20)
      }
      default:
        throw new Error(`a live server can't ${step.op}`)
    }
  }

  /** Writes down what is left, and leaves the database as empty as it was. */
  async end(): Promise<Watched> {
    await pause(SETTLE_MS)
    for (const [name, one] of this.#connections) {
      for (const { label } of one.answers) if (label !== undefined) this.watched.replies[label] = 'STILL BLOCKED'
      if (one.receives) this.watched.deliveries[name] = one.deliveries
      one.destroy()
    }
    for (const key of (await this.ask('KEYS', '*')) as readonly string[]) {
      this.watched.end[key] = await endOf(key, (...args) => this.ask(...args))
      await this.ask('DEL', key)
    }
    return this.watched
  }

  async ask(...args: string[]): Promise<Resp> {
    return askLive(this.#port, DATABASE, args)
  }

  async #connect(name: string): Promise<void> {
    const one = new LiveConnection(this.#port, (args, label, answer) => {
      if (args[0] === 'CLIENT') one.id = String(answer)
      else if (label !== undefined) this.watched.replies[label] = shown(args, answer)
    })
    // A client that connects again goes on receiving where it was.
    const before = this.#connections.get(name)
    if (before) {
      one.deliveries = before.deliveries
      one.receives = before.receives
    }
    this.#connections.set(name, one)
    this.#subscribed.set(name, { subscribe: new Set(), psubscribe: new Set(), ssubscribe: new Set() })
    one.say(['SELECT', DATABASE], undefined)
    await one.answer()
    one.say(['CLIENT', 'ID'], undefined)
    await one.answer()
  }

  async #call(one: LiveConnection, step: Step): Promise<void> {
    const first = step.from ?? 1
    for (let n = first; n < first + (step.times ?? 1); n += 1) {
      const args = (step.args ?? []).map(word => substituted(this.watched, String(word).replaceAll('{i}', String(n))))
      if (!one.open) {
        if (step.as !== undefined) this.watched.replies[step.as] = CLOSED
        continue
      }
      if (/^[ps]?subscribe$/i.test(args[0] ?? '')) one.receives = true
      one.expected = noteSubscriptions(this.#subscribed.get(step.client!)!, args)
      one.say(args, step.as)
      if (step.blocking) await this.#held(one)
      else await one.answer()
    }
  }

  async #held(one: LiveConnection): Promise<void> {
    for (let waited = 0; waited < HELD_WITHIN_MS && one.answers.length > 0; waited += POLL_MS) {
      if (/ flags=\S*b/.test(String(await this.ask('CLIENT', 'LIST', 'ID', one.id)))) return
      await pause(POLL_MS)
    }
  }
}

/** One command on a connection of its own; null when nobody answers. */
export async function askLive(port: number, database: string, args: readonly string[]): Promise<Resp> {
  let heard: Resp = null
  const one = new LiveConnection(port, (_args, _label, answer) => {
    heard = answer
  })
  one.say(['SELECT', database], undefined)
  if (await one.answer()) {
    one.say(args, undefined)
    await one.answer()
  }
  one.destroy()
  return heard
}

/** Plays a recording's steps against a real Redis on this machine and writes down what it saw. Restarts are left to whoever has a server to kill. */
export async function playLive(recording: Recording, port: number): Promise<Watched> {
  const run = new LiveRun(port)
  if ((await run.ask('DBSIZE')) !== 0) throw new Error(`database ${DATABASE} of the server on port ${port} is not empty`)
  for (const step of recording.steps) await run.perform(step)
  return run.end()
}

async function endOf(key: string, ask: (...args: string[]) => Promise<Resp>): Promise<unknown> {
  if ((await ask('TYPE', key)) === 'list') {
    const items = (await ask('LRANGE', key, '0', '-1')) as readonly string[]
    return { type: 'list', length: items.length, items }
  }
  const rows = (await ask('XRANGE', key, '-', '+')) as readonly (readonly [string, unknown])[]
  const groups: unknown[] = []
  for (const row of (await ask('XINFO', 'GROUPS', key)) as readonly (readonly Resp[])[]) {
    const consumers = (await ask('XINFO', 'CONSUMERS', key, String(row[1]))) as readonly (readonly Resp[])[]
    groups.push(endOfGroups(row, consumers))
  }
  return { type: 'stream', length: rows.length, ids: rows.map(([id]) => id), groups }
}

/** Keeps count of what a connection has subscribed to; how many confirmations the command brings. */
function noteSubscriptions(sets: Record<string, Set<string>>, args: readonly string[]): number {
  const verb = (args[0] ?? '').toLowerCase()
  const found = /^([ps]?)(un)?subscribe$/.exec(verb)
  if (!found) return 1
  const set = sets[`${found[1]!}subscribe`]!
  const names = args.length > 1 ? args.slice(1) : [...set]
  for (const name of names) {
    if (found[2]) set.delete(name)
    else set.add(name)
  }
  return Math.max(1, names.length)
}

/** Reads one RESP2 value; null when it isn't there as a whole. */
function parse(buffer: Buffer, at: number): { readonly value: Resp; readonly next: number } | null {
  const end = buffer.indexOf('\r\n', at)
  if (end < 0) return null
  const line = buffer.toString('utf8', at + 1, end)
  const next = end + 2
  switch (String.fromCharCode(buffer[at]!)) {
    case '+':
      return { value: line, next }
    case '-':
      return { value: failure(line), next }
    case ':':
      return { value: Number(line), next }
    case '$': {
      const length = Number(line)
      if (length < 0) return { value: null, next }
      if (buffer.length < next + length + 2) return null
      return { value: buffer.toString('utf8', next, next + length), next: next + length + 2 }
    }
    default: {
      const count = Number(line)
      if (count < 0) return { value: null, next }
      const values: Resp[] = []
      let position = next
      for (let n = 0; n < count; n += 1) {
        const read = parse(buffer, position)
        if (!read) return null
        values.push(read.value)
        position = read.next
      }
      return { value: values, next: position }
    }
  }
}
