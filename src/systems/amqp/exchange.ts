import type { ChannelContext, NodeContext } from '../../contract/context.ts'
import { LASTING_KEYS, type Handle, type Headers, type Messages } from '../../contract/message.ts'
import { topicWords } from '../../messaging/topic-match.ts'
import { TopicTrie } from '../../messaging/topic-trie.ts'
import type { Config } from '../../topology/document.ts'
import { moreKeys } from './envelope.ts'
import { headersMatch } from './headers-match.ts'
import type { AnyQueue } from './queue.ts'

export interface ExchangeFlags {
  readonly type: string
  readonly durable: boolean
  readonly autoDelete: boolean
  readonly internal: boolean
  readonly arguments: Config
  /** What its policy says besides; an argument wins. */
  readonly alternate: string | null
}

export interface Binding {
  readonly to: AnyQueue | Exchange
  readonly key: string
  readonly words: readonly string[]
  readonly arguments: Config
  /** The drawn line a copy travels, or null for one that only a client declared. */
  readonly via: ChannelContext | null
}

/** A way of a message: the queue it leads to, and the first step of a shortest way there. */
export interface Route {
  readonly queue: AnyQueue
  readonly via: ChannelContext | null
  readonly to: AnyQueue | Exchange
}

/** What exchanges need to know of the broker: which exchange has a name, and whether anything changed. */
export interface RoutingTable {
  readonly version: number
  findExchange(virtualHost: string, name: string): Exchange | undefined
}

/** Keys of which the ways are remembered; more are forgotten all at once. */
const REMEMBERED_MAX = 65_536
const NO_HEADERS: Headers = {}

export class Exchange {
  name: string
  virtualHost: string
  flags: ExchangeFlags
  readonly node: NodeContext
  readonly drawn: boolean
  #bindings: Binding[] = []
  /** Places of bindings by their patterns; made when a key is first looked for. */
  #trie: TopicTrie<number> | null = null
  /** When its bindings changed last: who asks later why a message went where it went has to know. */
  changedNs = 0
  hadBinding = false
  /** Interned name: what a copy came through. */
  via: number
  readonly slots: { readonly in: number; readonly routed: number; readonly unroutable: number }
  /** Further nodes that it is drawn as: they show the same figures. */
  others: readonly NodeContext[] = []
  readonly #table: RoutingTable
  /** By interned key. */
  #routes: (readonly Route[] | undefined)[] = []
  /** Where headers decide: by the headers, then by the key. */
  #byHeaders = new WeakMap<Headers, (readonly Route[] | undefined)[]>()
  #remembered = 0
  #version = -1

  constructor(options: { name: string; virtualHost: string; flags: ExchangeFlags; node: NodeContext; drawn: boolean; table: RoutingTable }) {
    this.name = options.name
    this.virtualHost = options.virtualHost
    this.flags = options.flags
    this.node = options.node
    this.drawn = options.drawn
    this.#table = options.table
    this.via = options.node.messages.intern(options.name)
    const slot = (id: string): number => (options.drawn ? options.node.probe(id) : 0)
    this.slots = { in: slot('in'), routed: slot('routed'), unroutable: slot('unroutable') }
  }

  count(what: 'in' | 'routed' | 'unroutable', by = 1): void {
    if (!this.drawn) return
    this.node.count(this.slots[what], by)
    for (const other of this.others) other.count(this.slots[what], by)
  }

  get bindings(): readonly Binding[] {
    return this.#bindings
  }
  set bindings(bindings: readonly Binding[]) {
    if (bindings.length !== this.#bindings.length) this.changedNs = this.node.nowNs()
    this.#bindings = [...bindings]
    this.#trie = null
  }

  bind(binding: Omit<Binding, 'words'>): void {
    if (this.find(binding)) return
    this.bindings = [...this.#bindings, { ...binding, words: topicWords(binding.key) }]
    this.hadBinding = true
  }

  find(like: { readonly to: AnyQueue | Exchange; readonly key: string; readonly arguments: Config }): Binding | undefined {
    const args = sorted(like.arguments)
    return this.bindings.find(one => one.to === like.to && one.key === like.key && sorted(one.arguments) === args)
  }

  /** Ways of a message, each queue once (claims amqp.route.once, amqp.e2e.once, amqp.e2e.cycle); remembered until anything changes. */
  routes(messages: Messages, message: Handle): readonly Route[] {
    if (this.#version !== this.#table.version) this.#forget()
    const keyId = messages.keyId(message)
    const headers = messages.headers(message)
    const more = headers === null && messages.properties(message) === null ? null : moreKeys(messages, message)
    if (more !== null) return this.#search([messages.key(message), ...more], headers).routes
    const known = this.#routes[keyId] ?? this.#byHeaders.get(headers ?? NO_HEADERS)?.[keyId]
    return known ?? this.#remember(messages.key(message), keyId, headers)
  }

  #remember(key: string, keyId: number, headers: Headers | null): readonly Route[] {
    const { routes, byHeaders } = this.#search([key], headers)
    if (keyId >= LASTING_KEYS) return routes
    this.#remembered += 1
    if (this.#remembered > REMEMBERED_MAX) this.#forget()
    if (!byHeaders) this.#routes[keyId] = routes
    else {
      const known = this.#byHeaders.get(headers ?? NO_HEADERS) ?? []
      known[keyId] = routes
      this.#byHeaders.set(headers ?? NO_HEADERS, known)
    }
    return routes
  }

  #forget(): void {
    this.#version = this.#table.version
    this.#routes = []
    this.#byHeaders = new WeakMap()
    this.#remembered = 0
  }

  /** Breadth first, so that a copy travels one of its shortest ways. */
  #search(keys: readonly string[], headers: Headers | null): { routes: readonly Route[]; byHeaders: boolean } {
    let byHeaders = false
    const words = keys.map(topicWords)
    const found = new Map<AnyQueue, Route>()
    const visited = new Set<Exchange>([this])
    let frontier: { exchange: Exchange; first: Pick<Route, 'via' | 'to'> | null }[] = [{ exchange: this, first: null }]
    const visit = (exchange: Exchange, first: Pick<Route, 'via' | 'to'>, next: typeof frontier): void => {
      if (visited.has(exchange)) return
      visited.add(exchange)
      next.push({ exchange, first })
    }
    while (frontier.length > 0) {
      const next: typeof frontier = []
      for (const { exchange, first } of frontier) {
        byHeaders ||= exchange.flags.type === 'headers'
        let matched = false
        for (const binding of exchange.matching(keys, words, headers)) {
          matched = true
          const start = first ?? binding
          if (binding.to instanceof Exchange) visit(binding.to, start, next)
          else if (!found.has(binding.to)) found.set(binding.to, { queue: binding.to, via: start.via, to: start.to })
        }
        // Claims amqp.ae.*: what an exchange itself can't route goes to its alternate, if there is one now.
        const alternate = matched ? undefined : exchange.alternate()
        if (alternate) visit(alternate, first ?? { via: null, to: alternate }, next)
      }
      frontier = next
    }
    return { routes: [...found.values()], byHeaders }
  }

  alternate(): Exchange | undefined {
    const named = this.flags.arguments['alternate-exchange'] ?? this.flags.alternate
    return typeof named === 'string' ? this.#table.findExchange(this.virtualHost, named) : undefined
  }

  /** Bindings that match, in the order they were made. */
  matching(keys: readonly string[], words: readonly (readonly string[])[], headers: Headers | null): readonly Binding[] {
    switch (this.flags.type) {
      case 'fanout':
        return this.#bindings
      case 'topic':
        return this.#matchingTopics(words)
      case 'headers':
        return this.#bindings.filter(binding => headersMatch(binding.arguments, headers))
      default:
        // Claim amqp.route.direct; types of plug-ins route like direct.
        return this.#bindings.filter(binding => keys.includes(binding.key))
    }
  }

  #matchingTopics(words: readonly (readonly string[])[]): readonly Binding[] {
    if (this.#trie === null) {
      this.#trie = new TopicTrie()
      for (const [place, binding] of this.#bindings.entries()) this.#trie.add(binding.words, place)
    }
    const places = new Set<number>()
    for (const one of words) this.#trie.match(one, places)
    return [...places].sort((a, b) => a - b).map(place => this.#bindings[place]!)
  }
}

/** Arguments as a text that doesn't depend on their order. */
function sorted(args: Config): string {
  return JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)))
}
