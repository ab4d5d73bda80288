import type { Config, ConfigValue } from '../../topology/document.ts'
import { accessRefused, notAllowed, Refused } from './refused.ts'

/** Everybody who says nothing else connects as this user, who may do everything where no permission says otherwise. */
export const GUEST = 'guest'
/** The default exchange, as permissions name it. */
const DEFAULT_EXCHANGE = 'amq.default'

export type Right = 'configure' | 'write' | 'read'

/** What somebody may do in one virtual host. */
interface Grant {
  readonly configure: RegExp
  readonly write: RegExp
  readonly read: RegExp
  /** By name of the exchange: keys that may be published there. */
  readonly topics: ReadonlyMap<string, RegExp>
}

/** Who may do what: permissions and topic permissions of a broker (claims amqp.access.*). Users are those that permissions name. */
export class Permissions {
  readonly #users: ReadonlySet<string>
  /** By user and virtual host. */
  readonly #grants = new Map<string, Grant>()

  constructor(config: Config) {
    const topics = rowsOf(config['topicPermissions'])
    const rows = rowsOf(config['permissions'])
    this.#users = new Set([GUEST, ...[...rows, ...topics].map(row => String(row['user']))])
    for (const row of rows) {
      const [user, host] = [String(row['user']), String(row['vhost'] ?? '/')]
      const own = topics.filter(one => one['user'] === user && (one['vhost'] ?? '/') === host)
      this.#grants.set(keyOf(user, host), {
        configure: patternOf(row['configure']),
        write: patternOf(row['write']),
        read: patternOf(row['read']),
        topics: new Map(own.map(one => [String(one['exchange']), patternOf(expanded(String(one['write']), user, host))])),
      })
    }
  }

  /** Who may do everything in a virtual host (claim amqp.access.guest). */
  isUnlimited(user: string, virtualHost: string): boolean {
    const grant = this.#grants.get(keyOf(user, virtualHost))
    if (grant === undefined) return user === GUEST
    return grant.topics.size === 0 && [grant.configure, grant.write, grant.read].every(one => one.source === '.*')
  }

  /** Claims amqp.access.login and amqp.access.vhost: throws what RabbitMQ says to somebody who connects. */
  checkLogin(user: string, virtualHost: string): void {
    if (this.isUnlimited(user, virtualHost)) return
    if (!this.#users.has(user)) throw new Refused(403, 'ACCESS_REFUSED', 'Login was refused using authentication mechanism PLAIN. For details see the broker logfile.', 'connection')
    if (!this.#grants.has(keyOf(user, virtualHost))) throw notAllowed(`access to vhost '${virtualHost}' refused for user '${user}'`)
  }

  /** Claims amqp.access.*: throws what RabbitMQ says when the pattern for this right doesn't match the name. */
  check(asked: { readonly user: string; readonly virtualHost: string; readonly right: Right; readonly what: 'queue' | 'exchange'; readonly name: string }): void {
    const { user, virtualHost, right, what } = asked
    if (this.isUnlimited(user, virtualHost)) return
    const name = asked.name === '' && what === 'exchange' ? DEFAULT_EXCHANGE : asked.name
    if (this.#grants.get(keyOf(user, virtualHost))?.[right].test(name) !== true) throw accessRefused(`access to ${what} '${name}' in vhost '${virtualHost}' refused for user '${user}'`)
  }

  /** Keys that somebody may publish to a topic exchange; null where all are allowed. */
  topicsOf(user: string, virtualHost: string, exchange: string): RegExp | null {
    return this.#grants.get(keyOf(user, virtualHost))?.topics.get(exchange) ?? null
  }
}

function keyOf(user: string, virtualHost: string): string {
  return `${user}\n${virtualHost}`
}

/** Variables that RabbitMQ puts into the patterns of topic permissions. */
function expanded(pattern: string, user: string, virtualHost: string): string {
  return pattern.replaceAll('{username}', user).replaceAll('{vhost}', virtualHost)
}

/** An empty pattern is nothing, as in RabbitMQ; one that can't be read here matches nothing either. */
function patternOf(text: ConfigValue | undefined): RegExp {
  try {
    return new RegExp(typeof text === 'string' && text !== '' ? text : '^$')
  } catch {
    return /^\b$/
  }
}

function rowsOf(value: ConfigValue | undefined): readonly Config[] {
  return Array.isArray(value) ? (value as readonly ConfigValue[]).filter(isConfig) : []
}

function isConfig(value: ConfigValue): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
