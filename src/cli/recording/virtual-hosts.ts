import type { Recording } from '../../systems/amqp/conformance/recording.ts'
import { call, connect, type LiveConnection, type METHODS } from './live-client.ts'

/**
 * A recording needs a broker without its names in it: by the management API it gets a virtual host of its own; without that it plays in the one
 * of the address, if none of its names is taken there, and its names are deleted afterwards.
 */
export class VirtualHosts {
  readonly url: string
  readonly #management: URL | null
  #number = 0
  #host = ''

  constructor(url: string, management: string | undefined) {
    this.url = url
    this.#management = management === undefined ? null : new URL(management)
  }

  /** The address to connect to. */
  async prepare(recording: Recording): Promise<string> {
    if (!this.#management) {
      const taken = await this.#takenName(recording)
      if (taken !== null) throw new Error(`“${taken}” is there already: give --mgmt, or the address of an empty virtual host`)
      return this.url
    }
    this.#number += 1
    this.#host = `relayground-${process.pid}-${this.#number}`
    await this.#manage('PUT', `vhosts/${this.#host}`)
    const user = decodeURIComponent(new URL(this.url).username || 'guest')
    await this.#manage('PUT', `permissions/${this.#host}/${user}`, { configure: '.*', write: '.*', read: '.*' })
    const own = new URL(this.url)
    own.pathname = `/${this.#host}`
    return own.href
  }

  async clear(recording: Recording): Promise<void> {
    if (this.#management) await this.#manage('DELETE', `vhosts/${this.#host}`)
    else await this.#deleteNames(recording)
  }

  async #manage(method: string, path: string, body?: object): Promise<void> {
    const { username, password, origin } = this.#management!
    const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username || 'guest')}:${decodeURIComponent(password || 'guest')}`).toString('base64')}`
    const answer = await fetch(`${origin}/api/${path}`, { method, headers: { authorization, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
  }

  async #takenName(recording: Recording): Promise<string | null> {
    const connection = await connect(this.url)
    connection.on('error', () => {})
    const probe = { type: 'direct', passive: true, durable: false, autoDelete: false, internal: false, exclusive: false, arguments: {} }
    let taken: string | null = null
    for (const [what, name] of namesOf(recording)) if (await this.#did(connection, what === 'queue' ? 'queueDeclare' : 'exchangeDeclare', { [what]: name, ...probe })) taken ??= name
    await connection.close()
    return taken
  }

  async #deleteNames(recording: Recording): Promise<void> {
    const connection = await connect(this.url)
    connection.on('error', () => {})
    for (const [what, name] of namesOf(recording)) await this.#did(connection, what === 'queue' ? 'queueDelete' : 'exchangeDelete', { [what]: name, ifUnused: false, ifEmpty: false })
    await connection.close()
  }

  async #did(connection: LiveConnection, method: keyof typeof METHODS, fields: object): Promise<boolean> {
    const channel = await connection.createChannel()
    channel.on('error', () => {})
    return call(channel, method, fields).then(
      () => channel.close().then(() => true),
      () => false,
    )
  }
}

/** Queues and exchanges that a recording declares, but for those whose names the broker makes or has. */
function namesOf(recording: Recording): readonly (readonly ['queue' | 'exchange', string])[] {
  const found = new Map<string, readonly ['queue' | 'exchange', string]>()
  for (const step of recording.steps) {
    const name = step['name']
    if (typeof name !== 'string' || name === '' || name.startsWith('$') || name.startsWith('amq.')) continue
    const what = step.op === 'declareQueue' ? 'queue' : step.op === 'declareExchange' ? 'exchange' : null
    if (what !== null) found.set(`${what} ${name}`, [what, name])
  }
  return [...found.values()]
}
