import type { Config, Topology } from '../../../topology/document.ts'
import { constant, line, node, topology, upTo } from '../draw.ts'
import { value, type Scenario } from '../expectation.ts'
import { Stage } from '../stage.ts'

/** What the neighbouring chapter adds: who answers is chosen by somebody between. */
const hop = { latency: constant(0.5) }
/** One asks, waits for the answer, and asks again. */
const CLIENT = { arrival: 'think', thinkTime: constant(1), concurrency: 1 }
const BY_HAND = { arrival: 'regular', rate: 0 }
const SERVICE_MS = 2

const named = (name: string, count: number): string[] => upTo(count).map(n => `${name}${n}`)

interface Draft {
  readonly title: string
  readonly servers: readonly string[]
  readonly client: Config
  readonly balancer: Config
  /** Of the client's line. */
  readonly line?: Config
}

function balanced({ title, servers, client, balancer, line: config = {} }: Draft): Topology {
  return topology(
    title,
    [
      node('app.requester', 'client', { column: 0, row: 1 }, client),
      node('app.balancer', 'balancer', { column: 1, row: 1 }, balancer),
      ...servers.map((id, n) => node('app.replier', id, { column: 2, row: n }, { serviceTime: constant(SERVICE_MS) })),
    ],
    [line('http.request', 'client', 'balancer', { ...hop, ...config }), ...servers.map(id => line('http.request', 'balancer', id, hop))],
  )
}

/** Processes behind one port: the primary deals connections out. */
export function cluster(requests: number, keepAlive: boolean): readonly number[] {
  const servers = named('W', 4)
  const drawn = balanced({ title: 'A cluster of four', servers, client: { ...CLIENT, limit: requests }, balancer: { deals: 'connections' }, line: { keepAlive, socketsMax: 1 } })
  return new Stage(drawn).go(requests * 10 + 1000).probes(servers, 'replies')
}

const REGISTERED = { upstreams: 'registered', begins: 'second', whenFailed: 'error' }

/** Instances of a service that register, and a balancer that asks the registry before each request. */
export function registered(instances: readonly string[], balancer: Config = {}): Topology {
  const drawn = balanced({ title: 'A registry and a balancer', servers: instances, client: BY_HAND, balancer: { ...REGISTERED, ...balancer } })
  return {
    ...drawn,
    nodes: [...drawn.nodes.map(one => (one.type === 'app.replier' ? { ...one, config: { ...one.config, service: 'api' } } : one)), node('app.registry', 'registry', { column: 1, row: 3 })],
    channels: [...drawn.channels, ...['balancer', ...instances].map(id => line('http.request', id, 'registry', hop))],
  }
}

/** So many requests, one after the other: who answered each, by place; nobody is −1. */
function askAll(stage: Stage, servers: readonly string[], count: number): readonly number[] {
  return upTo(count).map(() => {
    const before = stage.probes(servers, 'replies')
    stage.say('client').go(50)
    return stage.probes(servers, 'replies').findIndex((replies, n) => replies > before[n]!)
  })
}

const PLACES = ['first instance', 'second instance', 'third instance']

/** With three instances: the first to answer, who answers when the second has stopped, and when the first is killed besides. */
function withRegistry(): { readonly first: number; readonly afterStop: readonly number[]; readonly stillThere: boolean } {
  const instances = named('api', 3)
  const stage = new Stage(registered(instances)).go(500)
  const first = askAll(stage, instances, 3)[0]!
  const afterStop = askAll(stage.stop('api2').go(10), instances, 8)
  const afterKill = askAll(stage.crash('api1').go(10), instances, 8)
  return { first, afterStop, stillThere: stage.probe('registry', 'registered') === 2 && afterKill.includes(-1) && stage.probe('balancer', 'errors') === afterKill.filter(one => one < 0).length }
}

const UPSTREAMS = named('P', 4)
/** A request every twenty milliseconds. */
const EVERY_20_MS = { arrival: 'regular', rate: 50, concurrency: null }

/** One of four dies under way and comes back at once: what clients notice, and when it serves again. */
function proxied(): { readonly errors: number; readonly backAfterS: number } {
  const stage = new Stage(balanced({ title: 'A reverse proxy', servers: UPSTREAMS, client: EVERY_20_MS, balancer: {} })).go(1000)
  stage.crash('P2').goWhile(() => stage.probe('balancer', 'aside') === 0)
  const failedMs = stage.nowMs
  stage.go(500).restart('P2')
  const before = stage.probe('P2', 'replies')
  stage.goWhile(() => stage.probe('P2', 'replies') === before)
  const backAfterS = (stage.nowMs - failedMs) / 1000
  return { errors: stage.go(1000).probe('client', 'errors'), backAfterS }
}

const balancing: Scenario = {
  id: 'balancing',
  measure: () => {
    const registry = withRegistry()
    const proxy = proxied()
    return {
      'cluster, new connection per request': value(cluster(80, false)),
      'cluster, one keep-alive connection': value(cluster(40, true).filter(count => count > 0)),
      'registry balancer starts with': value(PLACES[registry.first] ?? 'nobody'),
      'graceful stop removes the instance at once': value(registry.afterStop.every(one => one === 0 || one === 2)),
      'killed instance stays in the registry': value(registry.stillThere),
      'reverse proxy with one dead upstream: client errors': value(proxy.errors),
      'dead upstream is tried again after s': value(proxy.backAfterS),
    }
  },
}

export const scenarios: readonly Scenario[] = [balancing]
