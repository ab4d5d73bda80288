import { catalogueOf } from '../../../contract/manifest.ts'
import type { Handle } from '../../../contract/message.ts'
import { playerBehaviour, playerManifest } from '../../../contract/testing/player-client.ts'
import type { NodeRuntime } from '../../../engine/node-runtime.ts'
import { createRun, type Run } from '../../../engine/run.ts'
import type { Topology } from '../../../topology/document.ts'
import { Command } from '../command.ts'
import { idText } from '../entry-id.ts'
import { KIND_PMESSAGE, KIND_SMESSAGE } from '../packets.ts'
import { failure, type Resp } from '../resp.ts'
import type { RedisServer } from '../server.ts'
import type { StreamKey } from '../stream-key.ts'
import type { Recording, Step, Watched } from './recording.ts'
import { SessionEndpoint, sessionManifest, sessionSystem } from './session.ts'
import { shown, substituted } from './written.ts'

/** Model time for a settle, as the format says. */
const SETTLE_MS = 60
const NS_A_MS = 1e6
const CLOSED = failure('CONNECTION CLOSED')
const STILL_BLOCKED = 'STILL BLOCKED'

interface Asked {
  readonly label: string | undefined
  readonly args: readonly string[]
}

interface Session {
  readonly name: string
  readonly endpoint: SessionEndpoint
  readonly node: NodeRuntime
  open: boolean
  /** Commands whose answer is still to come, in order. */
  readonly asked: Asked[]
  /** Has subscribed at some time: its deliveries are told, even when there are none. */
  receives: boolean
}

/** Replays one recording through a run of its own: a server, and one application per client, joined by wires without latency. */
export class Player {
  readonly watched: Watched = { replies: {}, deliveries: {}, end: {} }
  readonly #recording: Recording
  readonly #run: Run
  readonly #sessions = new Map<string, Session>()

  constructor(recording: Recording) {
    this.#recording = recording
    this.#run = createRun({ topology: topologyOf(recording), catalogue: catalogueOf([sessionManifest, playerManifest]), models: { systems: [sessionSystem], behaviours: [playerBehaviour] }, check: true })
    for (const name of clientsOf(recording)) {
      const node = this.#run.parts.nodes.get(`client ${name}`)!
      const [endpoint] = node.endpoints
      if (!(endpoint instanceof SessionEndpoint)) throw new Error(`no session for ${name}`)
      const session: Session = { name, endpoint, node, open: false, asked: [], receives: false }
      endpoint.listener = {
        published: (message, kind, pattern) => this.#published(session, message, kind, pattern),
        replied: answer => this.#replied(session, answer),
        closed: () => this.#lost(session),
      }
      this.#sessions.set(name, session)
    }
  }

  play(): Watched {
    for (const step of this.#recording.steps) {
      this.#perform(step)
      this.#run.advance(this.#run.nowNs)
    }
    for (const session of this.#sessions.values()) {
      for (const { label } of session.asked) if (label !== undefined) this.watched.replies[label] = STILL_BLOCKED
      if (session.receives) this.watched.deliveries[session.name] ??= []
    }
    this.#end()
    return this.watched
  }

  #perform(step: Step): void {
    switch (step.op) {
      case 'settle':
        return this.#wait(SETTLE_MS)
      case 'wait':
        return this.#wait(Number(step.ms))
      case 'restart_server':
        this.#run.input({ input: 'fault', fault: { fault: 'crash', node: 'server' } })
        this.#run.input({ input: 'fault', fault: { fault: 'restart', node: 'server' } })
        return
      case 'connect': {
        const session = this.#session(step)
        session.open = true
        session.endpoint.client.open()
        return
      }
      case 'kill':
      case 'quit': {
        const session = this.#session(step)
        if (session.open) session.endpoint.client.hangUp()
        return this.#lost(session)
      }
      case 'call':
        return this.#call(this.#session(step), step)
      default:
        throw new Error(`the player doesn't know the step ${step.op}`)
    }
  }

  #wait(ms: number): void {
    this.#run.advance(this.#run.nowNs + ms * NS_A_MS)
  }

  #session(step: Step): Session {
    const session = this.#sessions.get(step.client ?? '')
    if (!session) throw new Error(`the step ${step.op} names no client`)
    return session
  }

  #call(session: Session, step: Step): void {
    const first = step.from ?? 1
    for (let n = first; n < first + (step.times ?? 1); n += 1) {
      const args = (step.args ?? []).map(one => substituted(this.watched, String(one).replaceAll('{i}', String(n))))
      if (!session.open) {
        if (step.as !== undefined) this.watched.replies[step.as] = CLOSED
        continue
      }
      if (/^[ps]?subscribe$/i.test(args[0] ?? '')) session.receives = true
      session.asked.push({ label: step.as, args })
      session.endpoint.client.say(new Command(args), valuesOf(session, args))
      this.#run.advance(this.#run.nowNs)
    }
  }

  #published(session: Session, message: Handle, kind: number, pattern: number): void {
    const { messages } = session.node
    const deliveries = (this.watched.deliveries[session.name] ??= [])
    const what = { channel: messages.text(messages.via(message)), payload: messages.body(message) }
    if (kind === KIND_PMESSAGE) deliveries.push({ kind: 'pmessage', pattern: messages.text(pattern), ...what })
    else deliveries.push({ kind: kind === KIND_SMESSAGE ? 'smessage' : 'message', ...what })
  }

  #replied(session: Session, answer: Resp): void {
    const asked = session.asked.shift()
    if (asked?.label !== undefined) this.watched.replies[asked.label] = shown(asked.args, answer)
  }

  #lost(session: Session): void {
    session.open = false
    for (const { label } of session.asked) if (label !== undefined) this.watched.replies[label] = CLOSED
    session.asked.length = 0
  }

  #end(): void {
    const server = this.#run.system('server') as RedisServer // the only system of this run
    for (const key of server.keys.all()) {
      if (key.type === 'list') this.watched.end[key.name] = { type: 'list', length: key.items.count, items: Array.from({ length: key.items.count }, (_, n) => key.text(n)) }
      else this.watched.end[key.name] = streamEnd(key)
    }
  }
}

function streamEnd(stream: StreamKey): unknown {
  const ids: string[] = []
  for (let place = stream.log.first(); place >= 0; place = stream.log.next(place)) ids.push(idText(stream.log.major(place), stream.log.minor(place)))
  const groups = stream.groupsByName.map(group => ({
    name: group.name,
    pending: group.pending.count,
    lastDeliveredId: idText(group.lastMs, group.lastSeq),
    entriesRead: group.entriesRead,
    lag: stream.lag(group),
    consumers: Object.fromEntries(group.consumers.map(consumer => [consumer.name, consumer.pending])),
  }))
  return { type: 'stream', length: stream.length, ids, groups }
}

/** Values of a command that the server keeps or passes on: they travel as messages. */
function valuesOf(session: Session, args: readonly string[]): Handle[] {
  const make = (key: string, body: string, fields?: readonly string[]): Handle => session.node.publish({ key, body, type: 'document', ...(fields ? { properties: { fields } } : {}) })
  switch (args[0]?.toLowerCase()) {
    case 'publish':
    case 'spublish':
      return args.length === 3 ? [make(args[1]!, args[2]!)] : []
    case 'lpush':
    case 'rpush':
    case 'lpushx':
    case 'rpushx':
      return args.slice(2).map(value => make(args[1]!, value))
    case 'xadd': {
      const fields = fieldsOf(args)
      return fields.length > 0 ? [make(args[1]!, fields.join(' '), fields)] : []
    }
    default:
      return []
  }
}

/** What follows the id of an XADD; nothing when there is no id where one belongs: the server will say so. */
function fieldsOf(args: readonly string[]): readonly string[] {
  let at = 2
  while (at < args.length) {
    const word = args[at]!.toUpperCase()
    if (word === 'NOMKSTREAM') at += 1
    else if (word === 'LIMIT') at += 2
    else if (word === 'MAXLEN' || word === 'MINID') at += args[at + 1] === '~' || args[at + 1] === '=' ? 3 : 2
    else break
  }
  return args.slice(at + 1)
}

function clientsOf(recording: Recording): readonly string[] {
  return [...new Set(recording.steps.flatMap(step => (step.client === undefined ? [] : [step.client])))]
}

function topologyOf(recording: Recording): Topology {
  const at = { x: 0, y: 0 }
  const clients = clientsOf(recording)
  return {
    format: 1,
    title: recording.title,
    seed: 1,
    nodes: [{ id: 'server', type: 'redis.server', label: 'server', at, config: { persistence: 'none' } }, ...clients.map(name => ({ id: `client ${name}`, type: 'player.client', label: name, at, config: {} }))],
    channels: clients.map(name => ({ id: `session ${name}`, type: 'redis.session', from: `client ${name}`, to: 'server', config: { latency: { law: 'constant', value: 0 } } })),
  }
}
