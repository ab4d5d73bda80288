import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'

/** The chapter's Redis topologies, as its programs were wired: what is expected of them is in `scenarios.test.ts`. */
const constant = (value: number): Config => ({ law: 'constant', value })

function node(type: string, id: string, x: number, y: number, config: Config = {}): TopologyNode {
  return { id, type, label: id, at: { x, y }, config, ...(/^redis\.(channel|list|stream)$/.test(type) ? { within: 'redis' } : {}) }
}
const server = (x: number, y: number, width: number, height: number): TopologyNode => ({ id: 'redis', type: 'redis.server', label: 'Redis', at: { x, y }, size: { width, height }, config: { persistence: 'none' } })

function line(type: string, from: string, to: string, config: Config = {}): Channel {
  return { id: `${from}-${to}`, type, from, to, config: { latency: constant(1), ...config } }
}
const topology = (title: string, nodes: readonly TopologyNode[], channels: readonly Channel[]): Topology => ({ format: 1, title, seed: 1, nodes, channels })

const SERVERS = ['S1', 'S2', 'S3']
/** Two users a server. */
const usersOf = (index: number): readonly string[] => [`C${index * 2 + 1}`, `C${index * 2 + 2}`]

function chat(title: string, servers: readonly string[], user: Config, inside: TopologyNode, lines: (server: string) => readonly Channel[]): Topology {
  const users = servers.flatMap((_, index) => usersOf(index).map((id, n) => node('chat.user', id, 0, index * 200 + n * 90, user)))
  const relays = servers.map((id, index) => node('chat.server', id, 260, index * 200 + 45, inside.type === 'redis.stream' ? { onJoin: 'history' } : {}))
  return topology(
    title,
    [...users, ...relays, server(520, 100, 300, 260), inside],
    [...servers.flatMap((id, index) => usersOf(index).map(one => line('websocket.connection', one, id, { latency: { law: 'exponential', mean: 1 } }))), ...servers.flatMap(lines)],
  )
}

/** chat-redis: each server publishes to one channel and subscribes to it, over two connections. */
export function chatRedis(user: Config = { rate: 20 }): Topology {
  return chat('Chat over Redis Pub/Sub', SERVERS, user, node('redis.channel', 'chat_messages', 60, 90), id => [
    line('redis.publish', id, 'chat_messages', { latency: { law: 'exponential', mean: 1 } }),
    line('redis.subscribe', 'chat_messages', id, { latency: { law: 'exponential', mean: 1 } }),
  ])
}

/** redis-outage: two servers whose publishing and subscribing connections come back at times of their own. */
export function redisOutage(reconnect: { readonly publish: Config; readonly subscribe: Config }): Topology {
  return chat('Redis goes away under the chat', SERVERS.slice(0, 2), { rate: 0 }, node('redis.channel', 'chat_messages', 60, 90), id => [
    line('redis.publish', id, 'chat_messages', { reconnect: reconnect.publish[id]! }),
    line('redis.subscribe', 'chat_messages', id, { reconnect: reconnect.subscribe[id]! }),
  ])
}

/** chat-streams: the channel is a log; each server adds to it, reads it from now on, and reads all of it when a user joins. */
export function chatStreams(user: Config = { rate: 20 }, servers = 2): Topology {
  return chat('Chat over a Redis stream', SERVERS.slice(0, servers), user, node('redis.stream', 'chat_stream', 60, 90), id => [line('redis.add', id, 'chat_stream'), line('redis.read', 'chat_stream', id, { command: 'XREAD', start: '$' }), { ...line('redis.range', id, 'chat_stream'), id: `${id}-history` }])
}

/** The cracker on streams: one producer, workers in a group, one collector. 48 tasks. */
export function crackerStreams(workers: readonly string[], options: { readonly serviceMs: number; readonly producer?: Config; readonly worker?: Config; readonly producerLatencyMs?: number }): Topology {
  return topology(
    'Hashsum cracker over Redis streams',
    [
      node('app.producer', 'producer', 0, 150, { rate: 1000, arrival: 'regular', limit: 48, body: '{n}', messageType: 'command', ...options.producer }),
      server(260, 60, 300, 360),
      node('redis.stream', 'tasks_stream', 60, 60),
      node('redis.stream', 'results_stream', 60, 220),
      ...workers.map((id, n) => node('app.service', id, 680, n * 120, { serviceTime: constant(options.serviceMs) })),
      node('app.consumer', 'collector', 0, 340, { serviceTime: constant(1) }),
    ],
    [
      line('redis.add', 'producer', 'tasks_stream', { latency: constant(options.producerLatencyMs ?? 5) }),
      ...workers.flatMap(id => [line('redis.read', 'tasks_stream', id, { command: 'XREADGROUP', group: 'workers_group', start: '$', ...options.worker }), line('redis.add', id, 'results_stream')]),
      line('redis.read', 'results_stream', 'collector', { command: 'XREAD', start: '$' }),
    ],
  )
}

/** Request and reply on streams: requesters add to one stream, repliers share it as a group, each requester reads a stream of its own for replies. */
export function requestReplyStreams(requesters: readonly string[], repliers: readonly string[], requests: number): Topology {
  return topology(
    'Request and reply on streams',
    [
      ...requesters.map((id, n) => node('app.requester', id, 0, n * 140, { rate: 50, arrival: 'regular', limit: requests })),
      server(260, 40, 300, 200 + requesters.length * 100),
      node('redis.stream', 'requests', 60, 60),
      ...requesters.map((id, n) => node('redis.stream', `replies:${id}`, 60, 160 + n * 100)),
      ...repliers.map((id, n) => node('app.replier', id, 680, n * 140, { serviceTime: { law: 'uniform', min: 5, max: 60 } })),
    ],
    [
      ...requesters.flatMap(id => [line('redis.add', id, 'requests'), line('redis.read', `replies:${id}`, id, { command: 'XREAD', start: '$' })]),
      ...repliers.flatMap(id => [line('redis.read', 'requests', id, { command: 'XREADGROUP', group: 'repliers', start: '0' }), ...requesters.map(one => line('redis.add', id, `replies:${one}`))]),
    ],
  )
}

/** filters: one publisher of seven topics, a subscriber for each pattern; '' subscribes to chat.room1 by name. */
export function filters(patterns: readonly string[]): Topology {
  const topics = ['chat', 'chat.room1', 'chat.room2', 'chat.room1.typing', 'chatter', 'news.room1', 'Chat.room1']
  return topology(
    'Subscription filters',
    [
      node('app.producer', 'producer', 0, 200, { rate: 10, arrival: 'regular', limit: 7, key: topics.join('\n'), body: '{n}' }),
      server(260, 120, 300, 220),
      node('redis.channel', 'chat.room1', 60, 60),
      ...patterns.map((_, n) => node('app.consumer', `subscriber ${n + 1}`, 680, n * 120, { serviceTime: constant(1) })),
    ],
    [line('redis.publish', 'producer', 'chat.room1', { channelFrom: 'key', latency: constant(10) }), ...patterns.map((pattern, n) => line('redis.subscribe', 'chat.room1', `subscriber ${n + 1}`, { pattern }))],
  )
}
