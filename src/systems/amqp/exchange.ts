import type { ChannelContext, Headers, NodeContext } from '../../contract/model.ts'
import { topicMatches, topicWords } from '../../messaging/topic-match.ts'
import type { Config } from '../../topology/document.ts'
import { headersMatch } from './headers-match.ts'
import type { Queue } from './queue.ts'

export interface ExchangeFlags {
  readonly type: string
  readonly durable: boolean
  readonly autoDelete: boolean
  readonly internal: boolean
  readonly arguments: Config
}

export interface Binding {
  readonly to: Queue | Exchange
  readonly key: string
  readonly words: readonly string[]
  readonly arguments: Config
  /** The drawn line a copy travels, or null for one that only a client declared. */
  readonly via: ChannelContext | null
}

/** Where a message goes from an exchange: a queue, and the first binding on a shortest way to it. */
export interface Route {
  readonly queue: Queue
  readonly first: Binding
}

export class Exchange {
  readonly name: string
  readonly virtualHost: string
  flags: ExchangeFlags
  readonly node: NodeContext
  readonly drawn: boolean
  bindings: Binding[] = []
  hadBinding = false
  readonly #routes = new Map<string, readonly Route[]>()
  #version = -1

  constructor(options: { name: string; virtualHost: string; flags: ExchangeFlags; node: NodeContext; drawn: boolean }) {
    this.name = options.name
    this.virtualHost = options.virtualHost
    this.flags = options.flags
    this.node = options.node
    this.drawn = options.drawn
  }

  bind(binding: Omit<Binding, 'words'>): void {
    if (this.find(binding)) return
    this.bindings.push({ ...binding, words: topicWords(binding.key) })
    this.hadBinding = true
  }

  find(like: { readonly to: Queue | Exchange; readonly key: string; readonly arguments: Config }): Binding | undefined {
    const args = JSON.stringify(like.arguments)
    return this.bindings.find(one => one.to === like.to && one.key === like.key && JSON.stringify(one.arguments) === args)
  }

  /** Routes of a key, each queue once (claims amqp.route.once, amqp.e2e.once, amqp.e2e.cycle); cached until any binding changes. */
  routes(key: string, headers: Headers | null, version: number): readonly Route[] {
    if (version !== this.#version) {
      this.#routes.clear()
      this.#version = version
    }
    let routes = this.#routes.get(key)
    if (!routes) {
      const search = this.#findRoutes(key, headers)
      routes = search.routes
      // Where headers decide, the key says nothing.
      if (!search.byHeaders) this.#routes.set(key, routes)
    }
    return routes
  }

  /** Breadth first, so that a copy travels one of its shortest ways. */
  #findRoutes(key: string, headers: Headers | null): { routes: readonly Route[]; byHeaders: boolean } {
    let byHeaders = false
    const words = topicWords(key)
    const found = new Map<Queue, Route>()
    const visited = new Set<Exchange>([this])
    let frontier: { exchange: Exchange; first: Binding | null }[] = [{ exchange: this, first: null }]
    while (frontier.length > 0) {
      const next: typeof frontier = []
      for (const { exchange, first } of frontier) {
        byHeaders ||= exchange.flags.type === 'headers'
        for (const binding of exchange.bindings) {
          if (!exchange.matches(binding, key, words, headers)) continue
          const start = first ?? binding
          if (binding.to instanceof Exchange) {
            if (visited.has(binding.to)) continue
            visited.add(binding.to)
            next.push({ exchange: binding.to, first: start })
          } else if (!found.has(binding.to)) found.set(binding.to, { queue: binding.to, first: start })
        }
      }
      frontier = next
    }
    return { routes: [...found.values()], byHeaders }
  }

  matches(binding: Binding, key: string, words: readonly string[], headers: Headers | null): boolean {
    switch (this.flags.type) {
      case 'fanout':
        return true
      case 'direct':
        return binding.key === key
      case 'topic':
        return topicMatches(binding.words, words)
      case 'headers':
        return headersMatch(binding.arguments, headers)
      default:
        return false
    }
  }
}
