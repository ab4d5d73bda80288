import type { ChannelContext } from '../../../contract/context.ts'
import { catalogueOf } from '../../../contract/manifest.ts'
import type { Handle } from '../../../contract/message.ts'
import type { NodeRuntime } from '../../../engine/node-runtime.ts'
import { createRun, type Run } from '../../../engine/run.ts'
import type { Topology } from '../../../topology/document.ts'
import type { SessionSettings } from '../connection.ts'
import { DEFAULT_OPTIONS, DONE, EAGAIN, EFSM, EHOSTUNREACH, ENOTSUP, NOTICE, SINGLE_CONNECT, SOCKET_TYPES } from '../kinds.ts'
import { Relay } from '../relay.ts'
import { isRequestFrame } from '../req.ts'
import type { Session } from '../session.ts'
import { Socket } from '../socket.ts'
import { processBehaviour, processManifest, WireEnd, wireSystem, type Addresses } from './process.ts'
import type { Frames, Recording, Step, Watched } from './recording.ts'

const NS_A_MS = 1e6
/** Connections over tcp take their time, so a subscriber that just connected misses what is sent at once. */
const TCP_LATENCY_MS = 1
/** What the kernels' buffers held beyond the marks when it was measured on loopback. */
const KERNEL_BYTES = 2.9e6
const MARK_DEFAULT = 1000
const RECV_TIMEOUT_MS = 400
/** How often a poll loop comes round. */
const POLL_NS = 5e6
/** From one send of a series to the next. */
const SEND_NS = 20_000
/** How long a drain waits for more. */
const DRAIN_MS = 20
const RECONNECT_MS = 100
const ERRORS: Readonly<Record<number, string>> = { [EAGAIN]: 'EAGAIN', [EFSM]: 'EFSM', [EHOSTUNREACH]: 'EHOSTUNREACH', [ENOTSUP]: 'ENOTSUP' }

interface Played {
  readonly name: string
  readonly socket: Socket
  readonly options: Readonly<Record<string, unknown>>
  /** Sessions by the address they connect to. */
  readonly connections: Map<string, Session[]>
  closed: boolean
  proxied: boolean
}

interface Blocked {
  readonly played: Played
  readonly message: Handle
  readonly as: string
}

/** Replays one recording through a run of its own: sockets of one process, joined by wires. */
export class Player implements Addresses {
  readonly watched: Watched = { replies: {}, deliveries: {} }
  readonly #recording: Recording
  readonly #settleMs: number
  readonly #run: Run
  readonly #node: NodeRuntime
  readonly #sockets = new Map<string, Played>()
  readonly #bound = new Map<string, Played>()
  /** Sends that block, in order. */
  #blocked: Blocked[] = []
  /** Replies with their frames as they were received, for later steps. */
  readonly #received = new Map<string, Frames>()
  readonly #generated = new Map<string, string>()
  #step = 0

  constructor(recording: Recording, settleMs: number) {
    this.#recording = recording
    this.#settleMs = settleMs
    this.#run = createRun({ topology: topologyOf(recording), catalogue: catalogueOf([processManifest]), models: { systems: [wireSystem], behaviours: [processBehaviour] }, check: true })
    this.#node = this.#run.parts.nodes.get('process')!
    for (const endpoint of this.#node.endpoints) if (endpoint instanceof WireEnd) endpoint.addresses = this
  }

  play(): Watched {
    this.#recording.steps.forEach((step, index) => {
      this.#step = index
      const reply = this.#perform(step)
      this.#quiesce()
      if (typeof step['as'] === 'string' && reply !== undefined) this.watched.replies[step['as']] = reply
    })
    this.#advance(this.#settleMs, this.#open())
    return this.watched
  }

  bound(wire: ChannelContext): Socket | null {
    return this.#bound.get(this.#address(wire))?.socket ?? null
  }

  settings(wire: ChannelContext, socket: Socket | null): SessionSettings {
    const options = [...this.#sockets.values()].find(one => one.socket === socket)?.options ?? {}
    const inproc = this.#address(wire).startsWith('inproc:')
    return { transport: inproc ? 'inproc' : 'tcp', markOut: Number(options['SNDHWM'] ?? MARK_DEFAULT), markIn: Number(options['RCVHWM'] ?? MARK_DEFAULT), reconnectMs: RECONNECT_MS, kernelBytes: KERNEL_BYTES }
  }

  #perform(step: Step): unknown {
    const socket = (): Played => this.#named(step['socket'])
    switch (step.op) {
      case 'socket':
        return this.#make(step)
      case 'bind':
        return this.#bind(socket(), String(step['endpoint']))
      case 'connect':
        return this.#connect(socket(), String(step['endpoint']))
      case 'disconnect':
        return this.#disconnect(socket(), String(step['endpoint']))
      case 'subscribe':
      case 'unsubscribe':
        for (const prefix of listOf(step['prefix'])) socket().socket[step.op](prefix)
        return undefined
      case 'send':
        return this.#send(socket(), step)
      case 'recv':
        return this.#receive(socket(), step)
      case 'drain':
        for (const name of listOf(step['socket'])) this.#drain(this.#named(name))
        return undefined
      case 'proxy':
        return this.#proxy(this.#named(step['frontend']), this.#named(step['backend']))
      case 'close':
        return this.#close(socket(), step)
      case 'settle':
        return this.#advance(this.#settleMs, this.#open())
      case 'wait':
        return this.#advance(Number(step['ms']), this.#open())
      default:
        throw new Error(`the player doesn't know the step ${step.op}`)
    }
  }

  #make(step: Step): void {
    const name = String(step['socket'])
    const options = (step['options'] ?? {}) as Record<string, unknown>
    const on = (option: string): boolean => Number(options[option] ?? 0) > 0
    const type = SOCKET_TYPES.find(one => one === step['type'])
    if (!type) throw new Error(`there is no socket type ${String(step['type'])}`)
    const socket = new Socket(type, this.#node, {
      ...DEFAULT_OPTIONS, routingId: String(options['ROUTING_ID'] ?? ''), conflate: on('CONFLATE'), immediate: on('IMMEDIATE'), routerMandatory: on('ROUTER_MANDATORY'), routerHandover: on('ROUTER_HANDOVER'),
      reqRelaxed: on('REQ_RELAXED'), reqCorrelate: on('REQ_CORRELATE'), xpubVerbose: on('XPUB_VERBOSE'), xpubNoDrop: on('XPUB_NODROP'),
    })
    this.#sockets.set(name, { name, socket, options, connections: new Map(), closed: false, proxied: false })
  }

  #bind(played: Played, address: string): unknown {
    if (this.#bound.has(address)) return { error: 'EADDRINUSE' }
    this.#bound.set(address, played)
    if (!address.startsWith('inproc:')) return undefined
    for (const end of this.#ends('to')) if (this.#address(end.channel) === address) end.accept().start()
    return undefined
  }

  #connect(played: Played, address: string): void {
    if (played.connections.has(address) && !address.startsWith('inproc:') && SINGLE_CONNECT.includes(played.socket.type)) return
    const wire = this.#ends('from').find(end => end.channel.id === wireId(this.#step))!
    const session = wire.connect(played.socket)
    played.connections.set(address, [...(played.connections.get(address) ?? []), session])
    session.start()
  }

  #disconnect(played: Played, address: string): unknown {
    // Within a process there is nothing left to disconnect from once the pipe is over.
    const sessions = played.connections.get(address)?.filter(({ pipe }) => !address.startsWith('inproc:') || (pipe !== null && !pipe.isClosed)) ?? []
    if (sessions.length === 0) return { error: 'ENOENT' }
    played.connections.delete(address)
    for (const session of sessions) session.close(lingerOf(played.options))
    return undefined
  }

  #close(played: Played, step: Step): void {
    played.closed = true
    for (const [address, holder] of this.#bound) if (holder === played) this.#bound.delete(address)
    played.socket.close(lingerOf({ ...played.options, ...step }))
  }

  #proxy(front: Played, back: Played): void {
    front.proxied = true
    back.proxied = true
    new Relay(front.socket, back.socket, () => undefined).readable()
  }

  #send(played: Played, step: Step): unknown {
    if (step['async'] === true) {
      const message = this.#message(step, 1)
      if (this.#blocked.some(one => one.played === played) || played.socket.send(message) !== DONE) {
        this.#blocked.push({ played, message, as: String(step['as'] ?? '') })
        return undefined
      }
      return 'ok'
    }
    const times = step['times'] === undefined ? 1 : Number(step['times'])
    const from = Number(step['from'] ?? 1)
    let sent = 0
    let code = DONE
    for (; sent < times && code === DONE; sent += code === DONE ? 1 : 0) {
      if (sent > 0) this.#run.advance(this.#run.nowNs + SEND_NS)
      code = this.#sendOne(played, this.#message(step, from + sent), Number(step['timeout'] ?? 0))
    }
    const error = code === DONE ? {} : { error: ERRORS[code] }
    if (step['times'] !== undefined) return { sent, ...error }
    return code === DONE ? 'ok' : error
  }

  #sendOne(played: Played, message: Handle, timeoutMs: number): number {
    const { socket } = played
    if (timeoutMs > 0) this.#waitFor(timeoutMs, played, () => socket.hasOut())
    const code = socket.send(message)
    if (code !== DONE) this.#node.discard(message, 'refused')
    return code
  }

  #receive(played: Played, step: Step): unknown {
    let reply: unknown
    for (let n = Number(step['times'] ?? 1); n > 0; n -= 1) reply = this.#receiveOne(played, step)
    return reply
  }

  #receiveOne(played: Played, step: Step): unknown {
    const timeoutMs = Number(step['timeout'] ?? RECV_TIMEOUT_MS)
    const { socket } = played
    const deadlineNs = this.#run.nowNs + timeoutMs * NS_A_MS
    let frames: Frames | number = EAGAIN
    do {
      if (timeoutMs > 0) this.#waitFor((deadlineNs - this.#run.nowNs) / NS_A_MS, played, () => socket.hasIn())
      frames = this.#take(played)
    } while (frames === EAGAIN && this.#run.nowNs < deadlineNs)
    if (typeof frames === 'number') return { error: ERRORS[frames] }
    if (typeof step['as'] === 'string') this.#received.set(step['as'], frames)
    return this.#shown(frames)
  }

  #drain(played: Played): void {
    for (let frames = this.#take(played); ; frames = this.#take(played)) {
      if (typeof frames !== 'number') continue
      this.#waitFor(DRAIN_MS, played, () => played.socket.hasIn())
      if (!played.socket.hasIn()) return
    }
  }

  /** Receives once without waiting; what came goes among the deliveries. */
  #take(played: Played): Frames | number {
    const { socket, name } = played
    const seen = (this.watched.deliveries[name] ??= [])
    const message = socket.receive()
    if (message < 0 && message !== NOTICE) return message
    const notice = message === NOTICE ? socket.takeNotice()! : null
    const frames = notice ? [`${notice.on ? '\u0001' : '\u0000'}${notice.prefix}`] : socket.envelopes.frames(message)
    if (!notice) this.#node.process(message)
    seen.push(notice ? frames.map(escaped) : this.#shown(frames))
    this.#quiesce()
    return frames
  }

  #message(step: Step, n: number): Handle {
    const frames = (step['frames'] as readonly string[]).map(frame => this.#resolved(frame).replaceAll('{i}', String(n)))
    return this.#node.publish({ key: frames[0] ?? '', body: frames.slice(1).join(' '), type: 'document', properties: { frames } })
  }

  /** `$label[n]` is a frame of a reply, `$rid1` a generated id as it was shown. */
  #resolved(frame: string): string {
    const match = /^\$(\w+)\[(\d+)\]$/.exec(frame)
    if (match) return this.#received.get(match[1]!)?.[Number(match[2])] ?? frame
    for (const [raw, shown] of this.#generated) if (shown === frame) return raw
    const reply = frame.startsWith('$') ? this.#received.get(frame.slice(1)) : undefined
    return reply?.[0] ?? frame.replace(/^\\x0([01])/, (_, digit: string) => String.fromCharCode(Number(digit)))
  }

  /** Generated ids are numbered by appearance. */
  #shown(frames: Frames): Frames {
    return frames.map(frame => {
      const kind = isRequestFrame(frame) ? 'reqid' : frame.startsWith('\u0000') && frame.length === 5 ? 'rid' : null
      if (kind === null) return escaped(frame)
      if (!this.#generated.has(frame)) this.#generated.set(frame, `$${kind}${[...this.#generated.values()].filter(one => one.startsWith(`$${kind}`)).length + 1}`)
      return this.#generated.get(frame)!
    })
  }

  /** Everything due at this instant happens; a blocked send may go on. */
  #quiesce(): void {
    this.#run.advance(this.#run.nowNs)
    const still: Blocked[] = []
    for (const one of this.#blocked) {
      if (still.some(other => other.played === one.played) || one.played.socket.send(one.message) !== DONE) still.push(one)
      else this.watched.replies[one.as] = 'ok'
    }
    this.#blocked = still
    this.#run.advance(this.#run.nowNs)
  }

  /** Time passes; these sockets look at their pipes as in a poll loop, or at once when somebody waits for something. */
  #advance(ms: number, polled: readonly Played[], until: (() => boolean) | null = null): void {
    const endNs = this.#run.nowNs + Math.round(ms * NS_A_MS)
    // What was asked for before is done by the time a poll loop first comes round.
    if (!until) this.#run.advance(Math.min(endNs, this.#run.nowNs + POLL_NS))
    for (;;) {
      this.#quiesce()
      for (const { socket, closed, proxied } of polled) {
        if (closed || proxied) continue
        socket.hasOut()
        socket.hasIn()
      }
      this.#quiesce()
      if (until?.()) return
      const next = this.#run.core.nextTime()
      if (next > endNs) break
      this.#run.advance(until ? next : Math.min(endNs, Math.ceil(next / POLL_NS) * POLL_NS))
    }
    this.#run.advance(endNs)
  }

  #waitFor(ms: number, played: Played, ready: () => boolean): void {
    this.#advance(ms, [played], ready)
  }

  #open(): readonly Played[] {
    return [...this.#sockets.values()].filter(one => !one.closed)
  }

  #named(name: unknown): Played {
    const found = this.#sockets.get(String(name))
    if (!found) throw new Error(`there is no socket ${String(name)}`)
    return found
  }

  #ends(end: 'from' | 'to'): readonly WireEnd[] {
    return this.#node.endpoints.filter(one => one instanceof WireEnd).filter(one => one.end === end)
  }

  #address(wire: ChannelContext): string {
    return String(this.#recording.steps[Number(wire.id.slice(wireId('').length))]!['endpoint'])
  }
}

const wireId = (step: number | string): string => `wire of step ${step}`
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [String(value)])
const lingerOf = (options: Readonly<Record<string, unknown>>): number => Number(options['LINGER'] ?? -1)
const escaped = (frame: string): string => (frame.startsWith('\u0000') || frame.startsWith('\u0001') ? `\\x0${frame.charCodeAt(0)}${frame.slice(1)}` : frame)

/** One wire per connect step. */
function topologyOf(recording: Recording): Topology {
  const channels = recording.steps.flatMap((step, index) => {
    if (step.op !== 'connect') return []
    const latency = { law: 'constant', value: String(step['endpoint']).startsWith('inproc:') ? 0 : TCP_LATENCY_MS }
    return [{ id: wireId(index), type: 'zeromq.wire', from: 'process', to: 'process', config: { latency } }]
  })
  return { format: 1, title: recording.title, seed: 1, nodes: [{ id: 'process', type: 'zeromq.process', label: 'process', at: { x: 0, y: 0 }, config: {} }], channels }
}

