import { randomStream, type RandomStream } from '../../kernel/random.ts'
import type { Recording, Step } from '../../systems/zeromq/conformance/recording.ts'

/** What a random script is about. */
export const THEMES = ['pubsub', 'pipeline', 'requests', 'marks', 'linger', 'pair'] as const
export type Theme = (typeof THEMES)[number]

const ACTIONS = 22
/** Long enough for whatever is under way on loopback; and until a connection is made again. */
const SOON_MS = 200
const AGAIN_MS = 900
const READ_MS = 30

/** Which types talk to which, the sending or asking one first. */
const MATES: Readonly<Record<Theme, readonly (readonly [string, string])[]>> = {
  pubsub: [['PUB', 'SUB'], ['XPUB', 'SUB'], ['PUB', 'XSUB'], ['XPUB', 'XSUB']],
  pipeline: [['PUSH', 'PULL']],
  requests: [['REQ', 'REP'], ['DEALER', 'REP'], ['REQ', 'ROUTER'], ['DEALER', 'ROUTER'], ['DEALER', 'DEALER']],
  marks: [['PUSH', 'PULL'], ['PUB', 'SUB'], ['DEALER', 'DEALER'], ['DEALER', 'ROUTER'], ['PAIR', 'PAIR']],
  linger: [['PUSH', 'PULL'], ['DEALER', 'DEALER']],
  pair: [['PAIR', 'PAIR']],
}
const TOPICS = ['a', 'ab', 'abc', 'b', 'bc', '']
const RECEIVES = ['SUB', 'XSUB', 'PULL', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PAIR', 'XPUB']
const SENDS = ['PUB', 'XPUB', 'PUSH', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PAIR']

interface Made {
  readonly name: string
  readonly type: string
  readonly connections: Set<string>
}

/** Writes scripts whose outcome no race decides: whoever says something over tcp has the time to be heard before another does. */
class Writer {
  readonly steps: Step[] = []
  readonly #random: RandomStream
  readonly #theme: Theme
  readonly #mates: readonly [string, string]
  readonly #transport: string
  readonly #endpoints: readonly string[]
  readonly #bound = new Map<string, Made>()
  /** Who has ever connected there and may still try to. Of several, chance would say who is first when somebody binds. */
  readonly #callers = new Map<string, Set<Made>>()
  #open: Made[] = []
  #made = 0
  #labels = 0
  /** The last answer that a ROUTER may send: the label of what it received. */
  #asked = ''

  constructor(seed: number, theme: Theme) {
    this.#random = randomStream(seed, `zeromq ${theme}`)
    this.#theme = theme
    this.#mates = this.#pick(MATES[theme])
    this.#transport = theme === 'marks' ? 'inproc' : theme === 'linger' || this.#random.chance(0.7) ? 'tcp' : 'inproc'
    this.#endpoints = Array.from({ length: 1 + this.#random.integer(2) }, (_, n) => `${this.#transport}://${'xyz'[n]!}`)
  }

  write(): readonly Step[] {
    for (let n = 2 + this.#random.integer(3); n > 0; n -= 1) this.#join()
    for (let n = 0; n < ACTIONS; n += 1) this.#act()
    this.#say({ op: 'settle' })
    const readers = this.#open.filter(({ type }) => RECEIVES.includes(type)).map(({ name }) => name)
    if (readers.length > 0) this.#say({ op: 'drain', socket: readers })
    return this.steps
  }

  #act(): void {
    const chance = this.#random.uniform()
    const made = this.#open.length > 0 ? this.#pick(this.#open) : null
    if (!made || chance < 0.08) return this.#join()
    if (chance < 0.14) return this.#close(made)
    if (chance < 0.18) return this.#connectAnother(made)
    if (chance < 0.21) return this.#disconnect(made)
    if (chance < 0.35 && made.type.endsWith('SUB')) return this.#subscribe(made)
    if (chance < 0.7) return this.#send(this.#pick([made, this.#pick(this.#open)].filter(({ type }) => SENDS.includes(type)).concat(made)))
    return this.#read(made)
  }

  #join(): void {
    const side = this.#random.integer(2)
    const type = this.#mates[side]!
    const made: Made = { name: `${type.toLowerCase()}${(this.#made += 1)}`, type, connections: new Set() }
    this.#say({ op: 'socket', socket: made.name, type, options: this.#options(made) })
    this.#open.push(made)
    if (type === 'SUB' && this.#random.chance(0.8)) this.#say({ op: 'subscribe', socket: made.name, prefix: this.#pick(TOPICS) })
    // One side binds, as in most programs; now and then the other.
    if ((side === 0) === this.#random.chance(0.75)) this.#bindSomewhere(made)
    else this.#connect(made, this.#pick(this.#endpoints))
  }

  #options(made: Made): Record<string, unknown> {
    const options: Record<string, unknown> = {}
    const maybe = (chance: number, name: string, value: unknown): void => {
      if (this.#random.chance(chance)) options[name] = value
    }
    if (this.#theme === 'marks' || this.#theme === 'linger') {
      options['SNDHWM'] = 1 + this.#random.integer(5)
      options['RCVHWM'] = 1 + this.#random.integer(5)
      if (this.#theme === 'linger') delete options['RCVHWM']
    }
    if (['PULL', 'SUB'].includes(made.type)) maybe(0.08, 'CONFLATE', 1)
    if (['PUSH', 'DEALER', 'REQ'].includes(made.type) && this.#transport === 'tcp') maybe(0.15, 'IMMEDIATE', 1)
    if (['REQ', 'DEALER'].includes(made.type)) maybe(0.7, 'ROUTING_ID', this.#pick([made.name, made.name, 'same']))
    if (made.type === 'ROUTER') {
      maybe(0.4, 'ROUTER_MANDATORY', 1)
      maybe(0.3, 'ROUTER_HANDOVER', 1)
    }
    if (made.type === 'REQ' && this.#random.chance(0.3)) {
      options['REQ_RELAXED'] = 1
      maybe(0.6, 'REQ_CORRELATE', 1)
    }
    if (made.type === 'XPUB') {
      maybe(0.3, 'XPUB_VERBOSE', 1)
      maybe(0.2, 'XPUB_NODROP', 1)
    }
    return options
  }

  #bindSomewhere(made: Made): void {
    const free = this.#endpoints.filter(endpoint => !this.#bound.has(endpoint) && this.#callersOf(endpoint).size <= 1 && this.#fits(made, endpoint, false))
    if (free.length === 0) return this.#connect(made, this.#pick(this.#endpoints))
    const endpoint = this.#pick(free)
    this.#bound.set(endpoint, made)
    this.#say({ op: 'bind', socket: made.name, endpoint })
    this.#pause(AGAIN_MS)
  }

  #connect(made: Made, endpoint: string): void {
    if (this.#bound.get(endpoint) === made || made.connections.has(endpoint) || !this.#fits(made, endpoint)) return
    made.connections.add(endpoint)
    this.#callersOf(endpoint).add(made)
    this.#say({ op: 'connect', socket: made.name, endpoint })
    this.#pause()
  }

  /** Two of one side have nothing to say to each other; what libzmq does with them is not what this is about. */
  #fits(made: Made, endpoint: string, connects = true): boolean {
    const [one, other] = this.#mates
    if (one === other) return true
    const holder = this.#bound.get(endpoint)
    if (holder) return holder.type !== made.type
    return this.#open.every(socket => socket === made || !socket.connections.has(endpoint) || (socket.type === made.type) === connects)
  }

  #callersOf(endpoint: string): Set<Made> {
    const callers = this.#callers.get(endpoint) ?? new Set()
    this.#callers.set(endpoint, callers)
    return callers
  }

  #connectAnother(made: Made): void {
    this.#connect(made, this.#pick(this.#endpoints))
  }

  #disconnect(made: Made): void {
    const endpoint = this.#pick(this.#endpoints)
    // From an address of its own a socket would withdraw: the format has no such step.
    if (this.#bound.get(endpoint) === made) return
    made.connections.delete(endpoint)
    this.#say({ op: 'disconnect', socket: made.name, endpoint, as: this.#label() })
    this.#pause()
  }

  #close(made: Made): void {
    const linger: { LINGER?: number } = this.#random.chance(0.5) ? {} : { LINGER: this.#pick([0, -1, 100]) }
    this.#say({ op: 'close', socket: made.name, ...linger })
    this.#open = this.#open.filter(one => one !== made)
    if (linger.LINGER === 0) for (const callers of this.#callers.values()) callers.delete(made)
    for (const [endpoint, holder] of this.#bound) if (holder === made) this.#bound.delete(endpoint)
    this.#pause(AGAIN_MS)
  }

  #subscribe(made: Made): void {
    const on = this.#random.chance(0.65)
    const prefix = this.#pick(TOPICS)
    if (made.type === 'SUB') this.#say({ op: on ? 'subscribe' : 'unsubscribe', socket: made.name, prefix })
    else this.#say({ op: 'send', socket: made.name, frames: [`\\x0${on ? 1 : 0}${prefix}`], as: this.#label() })
    this.#pause()
  }

  #send(made: Made): void {
    if (!SENDS.includes(made.type)) return this.#read(made)
    const as = this.#label()
    const times = this.#theme === 'marks' || this.#random.chance(0.4) ? { times: 1 + this.#random.integer(this.#theme === 'marks' ? 9 : 5) } : {}
    this.#say({ op: 'send', socket: made.name, frames: this.#frames(made, as), ...times, as })
    this.#pause()
  }

  #frames(made: Made, as: string): readonly string[] {
    const body = `job ${as}.{i}`
    if (made.type === 'PUB' || made.type === 'XPUB') return [`${this.#pick(TOPICS)}${this.#random.chance(0.5) ? '' : 'd'}`, body]
    if (made.type === 'ROUTER') {
      const to = this.#asked !== '' && this.#random.chance(0.8) ? `$${this.#asked}[0]` : this.#pick(['nobody', 'same', ...this.#open.map(({ name }) => name)])
      return this.#mates[0] === 'REQ' && this.#random.chance(0.9) ? [to, '', body] : [to, body]
    }
    if (made.type === 'DEALER' && this.#mates.includes('REP')) return this.#random.chance(0.85) ? ['', body] : [body]
    return this.#random.chance(0.8) ? [body] : [body, '', 'more']
  }

  #read(made: Made): void {
    if (!RECEIVES.includes(made.type)) return
    this.#receive(made)
    // A poll loop looks once more before anybody else connects: what is gone is known to be gone.
    this.#say({ op: 'wait', ms: READ_MS })
  }

  #receive(made: Made): void {
    // In which order an XPUB hears of subscriptions that come together depends on how its libzmq was built.
    if (made.type === 'XPUB' || this.#random.chance(0.35)) return this.#say({ op: 'drain', socket: made.name })
    const as = this.#label()
    if (made.type === 'ROUTER') this.#asked = as
    this.#say({ op: 'recv', socket: made.name, timeout: this.#pick([0, 100]), as })
  }

  #label(): string {
    return `r${(this.#labels += 1)}`
  }
  #pause(tcpMs = SOON_MS): void {
    this.#say({ op: 'wait', ms: this.#transport === 'tcp' ? tcpMs : SOON_MS / 4 })
  }
  #say(step: Step): void {
    this.steps.push(step)
  }
  #pick<T>(from: readonly T[]): T {
    return from[this.#random.integer(from.length)]!
  }
}

export function randomScript(seed: number, theme: Theme): Recording {
  const steps = new Writer(seed, theme).write()
  const unordered = steps.flatMap(({ op, socket, type }) => (op === 'socket' && type === 'XPUB' ? [String(socket)] : []))
  return { id: `zeromq-random-${theme}-${seed}`, system: 'zeromq', title: `random ${theme} ${seed}`, steps, unordered, observed: {} }
}
