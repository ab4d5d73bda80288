import { chatRedis, chatStreams } from '../../../systems/redis/scenarios.ts'
import type { Channel, Config, Topology, TopologyNode } from '../../../topology/document.ts'
import { container, exponential, line, node, topology } from '../draw.ts'
import { outcomes, value, type Measured, type Scenario } from '../expectation.ts'
import { eachSeed, Stage } from '../stage.ts'

/** The chat in its four guises. Two users a server; nobody writes but by hand. */
const SILENT = { rate: 0 }
/** Loopback, as the path of one message was recorded: about half a millisecond a hop, never twice the same. */
const hop = { latency: exponential(0.5) }
const THREE = ['S1', 'S2', 'S3']
const SIX = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6']
const SEEDS = 20

const usersOf = (server: number): readonly string[] => [`C${server * 2 + 1}`, `C${server * 2 + 2}`]

function servers(ids: readonly string[], config: Config = {}): { readonly nodes: readonly TopologyNode[]; readonly channels: readonly Channel[] } {
  return {
    nodes: ids.flatMap((id, n) => [...usersOf(n).map((user, m) => node('chat.user', user, { column: 0, row: n * 2 + m }, SILENT)), node('chat.server', id, { column: 1, row: n * 2 }, config)]),
    channels: ids.flatMap((id, n) => usersOf(n).map(user => line('websocket.connection', user, id, hop))),
  }
}

export function islands(): Topology {
  const { nodes, channels } = servers(['S1', 'S2'])
  return topology('Two chat servers without integration', nodes, channels)
}

/** Each server publishes on a bound socket; every other one connects to it. */
export function mesh(): Topology {
  const { nodes, channels } = servers(THREE, { ownUsers: 'directly' })
  const links = THREE.flatMap(from => THREE.filter(to => to !== from).map(to => line('zeromq.pub-sub', from, to, hop)))
  return topology('Chat servers as a mesh of PUB/SUB sockets', nodes, [...channels, ...links])
}

/** A queue of its own for each server, gone with its connection; a durable one for the history, which servers ask when a user joins. */
export function amqpChat(ids: readonly string[]): Topology {
  const { nodes, channels } = servers(ids, { onJoin: 'history' })
  const queues = ids.map((id, n) => node('amqp.queue', `chat_srv_${id}`, { column: 1, row: n }, { durable: false, exclusive: true }))
  const broker = container('amqp.broker', 'rabbitmq', { column: 2, row: 0 }, { columns: 2, rows: 5 }, [node('amqp.exchange', 'chat', { column: 0, row: 1 }, { exchangeType: 'fanout' }), ...queues, node('amqp.queue', 'chat_history', { column: 1, row: 3 })])
  const lines = ids.flatMap(id => [line('amqp.publish', id, 'chat', hop), line('amqp.binding', 'chat', `chat_srv_${id}`, { latency: exponential(0.1) }), line('amqp.consume', `chat_srv_${id}`, id, { ...hop, noAck: true }), line('http.request', id, 'history', hop)])
  return topology(
    'Chat over a fanout exchange, with a history service',
    [...nodes, ...broker, node('chat.history', 'history', { column: 4.5, row: 2 }, { storeTime: exponential(0.5), readTime: exponential(2) })],
    [...channels, ...lines, line('amqp.binding', 'chat', 'chat_history', { latency: exponential(0.1) }), line('amqp.consume', 'chat_history', 'history', hop)],
  )
}

/** Every client says three things, 25 ms apart, one client after the other. */
function oneByOne(stage: Stage, users: readonly string[]): void {
  stage.go(500)
  for (let n = 0; n < 3; n += 1) for (const user of users) stage.say(user).go(25)
  stage.go(1000)
}

interface Burst {
  readonly orders: readonly (readonly string[])[]
}

/** Every client says twenty things at once. */
function burst(stage: Stage, users: readonly string[]): Burst {
  stage.go(500)
  const fromMs = stage.nowMs
  for (let n = 0; n < 20; n += 1) for (const user of users) stage.say(user)
  stage.go(1500)
  return { orders: users.map(user => stage.names('delivered', user, fromMs)) }
}

const distinct = (orders: Burst['orders']): number => new Set(orders.map(order => order.join(' '))).size

function keepsOrderOfSenders({ orders }: Burst): boolean {
  return orders.every(order => SIX.every(user => isRising(order.filter(name => name.startsWith(`${user}#`)).map(name => Number(name.slice(name.indexOf('#') + 1))))))
}
const isRising = (numbers: readonly number[]): boolean => numbers.every((one, n) => n === 0 || one > numbers[n - 1]!)

/** Pairs of messages that the two saw in different order. */
function invertedPairs(one: readonly string[], other: readonly string[]): number {
  const place = new Map(other.map((name, n) => [name, n] as const))
  let inverted = 0
  for (let a = 0; a < one.length; a += 1) for (let b = a + 1; b < one.length; b += 1) if (place.get(one[a]!)! > place.get(one[b]!)!) inverted += 1
  return inverted
}

/** The bodies a program is given, from now on. */
function textsReadBy(stage: Stage, id: string): readonly string[] {
  const read: string[] = []
  const { behaviour, node: at } = stage.run.parts.applications.get(id)!
  const deliver = behaviour.deliver.bind(behaviour)
  behaviour.deliver = (endpoint, message, tag) => {
    read.push(at.messages.body(message))
    deliver(endpoint, message, tag)
  }
  return read
}

/** Whether what a user reads of its own has been at that node before. */
function echoPasses(stage: Stage, user: string, through: string, verb: 'published' | 'routed' | 'delivered'): boolean {
  const own = stage.facts('delivered', user).filter(fact => stage.run.parts.nodeList[fact.origin]?.id === user)
  const passed = stage.facts(verb, through)
  return own.length > 0 && own.every(echo => passed.some(fact => fact.origin === echo.origin && fact.serial === echo.serial && fact.atNs <= echo.atNs))
}

const chatIslands: Scenario = {
  id: 'chat-islands',
  measure: () => {
    const stage = new Stage(islands())
    const users = ['C1', 'C2', 'C3', 'C4']
    oneByOne(stage, users)
    const read = users.map(user => stage.names('delivered', user))
    const across = [read[0]!, read[1]!].flat().filter(name => /^C[34]/.test(name)).length + [read[2]!, read[3]!].flat().filter(name => /^C[12]/.test(name)).length
    const said = users.flatMap(user => [1, 2, 3].map(n => `${user}#${n}`))
    return {
      'deliveries per message': outcomes(said.map(name => read.flat().filter(one => one === name).length)),
      'deliveries across servers': value(across),
      'sender receives own message': value(users.every((user, n) => read[n]!.filter(name => name.startsWith(user)).length === 3)),
      'total deliveries': value(read.flat().length),
    }
  },
}

const overRedis: Scenario = {
  id: 'chat-redis',
  measure: () => {
    const stage = new Stage(chatRedis(SILENT))
    oneByOne(stage, SIX)
    const read = SIX.flatMap(user => stage.names('delivered', user))
    const bursts = eachSeed(SEEDS, seed => burst(new Stage(chatRedis(SILENT), { seed }), SIX))
    return {
      'deliveries per message': outcomes(SIX.flatMap(user => [1, 2, 3].map(n => read.filter(one => one === `${user}#${n}`).length))),
      'total deliveries sequential': value(read.length),
      'distinct orders over all clients in a burst': outcomes(bursts.map(one => distinct(one.orders))),
      'per sender order kept everywhere': outcomes(bursts.map(keepsOrderOfSenders)),
      'echo path of the sender passes through the broker': value(SIX.every(user => echoPasses(stage, user, 'chat_messages', 'routed'))),
      'links to the broker': value(stage.probe('redis', 'connections')),
    }
  },
}

const overMesh: Scenario = {
  id: 'chat-p2p-mesh',
  measure: () => {
    const stage = new Stage(mesh())
    oneByOne(stage, SIX)
    const read = SIX.flatMap(user => stage.names('delivered', user))
    const bursts = eachSeed(SEEDS * 5, seed => burst(new Stage(mesh(), { seed, check: seed === 1 }), SIX))
    const others: Readonly<Record<string, string>> = { C1: 'S2', C2: 'S3', C3: 'S1', C4: 'S3', C5: 'S1', C6: 'S2' }
    return {
      'deliveries per message': outcomes(SIX.flatMap(user => [1, 2, 3].map(n => read.filter(one => one === `${user}#${n}`).length))),
      'distinct orders over all clients in a burst': outcomes(bursts.map(one => distinct(one.orders))),
      'clients of one server agree': outcomes(bursts.map(({ orders }) => [0, 2, 4].every(n => distinct([orders[n]!, orders[n + 1]!]) === 1))),
      'inverted pairs first against last client, of 7140': outcomes(bursts.map(({ orders }) => invertedPairs(orders[0]!, orders[5]!))),
      'per sender order kept everywhere': outcomes(bursts.map(keepsOrderOfSenders)),
      'sender echo passes through the mesh': value(SIX.some(user => echoPasses(stage, user, others[user]!, 'delivered'))),
      'number of links': value(stage.run.topology.channels.filter(one => one.type.startsWith('zeromq.')).length),
    }
  },
}

const inBand: Scenario = {
  id: 'chat-topic-in-band',
  measure: () => {
    const drawn = mesh()
    const configs: Readonly<Record<string, Config>> = { 'chat.server': { framing: 'spaces' }, 'chat.user': { payload: 'text' } }
    const stage = new Stage({ ...drawn, nodes: drawn.nodes.map(one => ({ ...one, config: { ...one.config, ...configs[one.type] } })) }).go(500)
    const read = SIX.map(user => textsReadBy(stage, user))
    stage.say('C1', { body: 'three word message' }).go(1000)
    const texts = (users: readonly (readonly string[])[]): Measured => outcomes(users.map(all => all.join(', ')))
    return { 'text at clients of the same server': texts(read.slice(0, 2)), 'text at clients of other servers': texts(read.slice(2)) }
  },
}

/** The last server is killed, five things are said, it starts again and a new client joins it. Clients of the chapter do not come back. */
function killed(drawn: Topology): { readonly disconnected: boolean; readonly others: readonly number[]; readonly newcomer: number } {
  const stage = new Stage({ ...drawn, channels: drawn.channels.map(one => (one.type === 'websocket.connection' ? { ...one, config: { ...one.config, reconnect: 0 } } : one)) })
  const count = drawn.nodes.filter(one => one.type === 'chat.server').length
  const last = `S${count}`
  const stay = SIX.slice(0, count * 2 - 2)
  stage.go(500).crash(last).go(100)
  for (let n = 0; n < 5; n += 1) stage.say('C1').go(50)
  stage.restart(last).go(3000)
  const disconnected = stage.probe(last, 'clients') === 0
  const newcomer = node('chat.user', 'C7', { column: 0, row: 7 }, SILENT)
  stage.edit({ edit: 'add-nodes', nodes: [newcomer] }, { edit: 'add-channels', channels: [line('websocket.connection', 'C7', last, hop)] }).go(2000)
  return { disconnected, others: stage.probes(stay, 'received'), newcomer: stage.probe('C7', 'received') }
}

const serverKilled: Scenario = {
  id: 'chat-server-killed',
  measure: () => {
    const all = [chatRedis(SILENT), mesh(), amqpChat(['S1', 'S2']), chatStreams(SILENT)].map(killed)
    return {
      'its clients are disconnected': outcomes(all.map(one => one.disconnected)),
      'other clients receive all 5': outcomes(all.flatMap(one => one.others)),
      'new client of the restarted server gets of the 5': value({ redis_pubsub: all[0]!.newcomer, zmq: all[1]!.newcomer, amqp_with_history: all[2]!.newcomer, redis_stream: all[3]!.newcomer }),
    }
  },
}

/** One says something every millisecond; after a while another joins: what it reads twice, and what it never reads. */
function joinWhileOthersTalk(seed: number): { readonly duplicates: number; readonly missing: number } {
  const drawn = chatStreams(SILENT, 1)
  const stage = new Stage({ ...drawn, channels: drawn.channels.map(one => ({ ...one, config: { ...one.config, ...hop } })) }, { seed, check: seed === 1 })
  stage.crash('C2').configure('C1', { rate: 1000, arrival: 'regular' }).go(60)
  stage.restart('C2').go(500).configure('C1', { rate: 0 }).go(1000)
  const read = stage.names('delivered', 'C2')
  const once = new Set(read)
  return { duplicates: read.length - once.size, missing: stage.names('published', 'C1').filter(name => !once.has(name)).length }
}

const liveRace: Scenario = {
  id: 'history-live-race',
  measure: () => {
    const all = eachSeed(10, joinWhileOthersTalk)
    return { 'joins with at least one duplicate, of 10': value(all.filter(one => one.duplicates > 0).length), 'missing messages': outcomes(all.map(one => one.missing)) }
  },
}

export const scenarios: readonly Scenario[] = [chatIslands, overRedis, overMesh, inBand, serverKilled, liveRace]
