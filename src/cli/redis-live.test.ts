import { afterAll, describe, expect, it } from 'vitest'
import { randomStream, type RandomStream } from '../kernel/random.ts'
import { Player } from '../systems/redis/conformance/player.ts'
import type { Recording, Step } from '../systems/redis/conformance/recording.ts'
import { askLive, playLive } from './redis-live.ts'
import { pick } from './testing/pick.ts'

/**
 * The model against a real Redis: random scripts, played on both, must come out alike. Runs where a Redis answers on this machine and its
 * database 15 is empty; `REDIS_PORT` names another port, `REDIS_SCRIPTS=500` looks further.
 */
const PORT = Number(process.env['REDIS_PORT'] ?? 6379)
const SCRIPTS = Number(process.env['REDIS_SCRIPTS'] ?? 6)
const FIRST = Number(process.env['REDIS_FIRST'] ?? 1)

/** Pub/Sub reaches across databases: one comparison at a time. The lock lets go by itself should this process die. */
const LOCK = ['relayground:comparing', '14'] as const
const LOCK_MS = 60_000 + SCRIPTS * 1000

async function ready(): Promise<string> {
  if ((await askLive(PORT, '15', ['PING'])) !== 'PONG') return `no Redis answers on port ${PORT}`
  if ((await askLive(PORT, LOCK[1], ['SET', LOCK[0], '1', 'NX', 'PX', String(LOCK_MS)])) !== 'OK') return 'somebody else compares right now'
  if ((await askLive(PORT, '15', ['DBSIZE'])) === 0) return ''
  await askLive(PORT, LOCK[1], ['DEL', LOCK[0]])
  return `database 15 of the Redis on port ${PORT} is not empty`
}
const obstacle = await ready()
if (obstacle !== '') console.info(`The model is not compared with a live Redis: ${obstacle}.`)

const CLIENTS = ['a', 'b', 'c', 'd']

const many = <T>(random: RandomStream, most: number, make: () => T): T[] => Array.from({ length: 1 + random.integer(most) }, make)

/** Words of a command, now and then wrong in a way that people get wrong. */
function command(random: RandomStream, kind: string): string[] {
  const list = (): string => pick(random, ['l1', 'l2', 'l3'])
  const stream = (): string => pick(random, ['s1', 's1', 's2', random.chance(0.1) ? 'l1' : 's1'])
  const group = (): string => pick(random, ['g', 'g', 'h', random.chance(0.1) ? 'none' : 'g'])
  const consumer = (): string => pick(random, ['x', 'y', 'z'])
  const id = (): string => `${1 + random.integer(12)}-${random.integer(3)}`
  const side = (): string => pick(random, ['LEFT', 'RIGHT'])
  const number = (): string => String(random.integer(7) - 3)
  const word = (): string => pick(random, ['u', 'v', 'w'])
  const trimming = (): string[] => (random.chance(0.3) ? [pick(random, ['MAXLEN', 'MINID']), ...(random.chance(0.5) ? [pick(random, ['=', '~'])] : []), String(random.integer(6))] : [])
  const channel = (): string => pick(random, ['n.a', 'n.b', 'n.a.c', 'm'])
  const pattern = (): string => pick(random, ['n.*', 'n.?', 'n.[ab]', '*'])
  const lists: (() => string[])[] = [
    () => [pick(random, ['LPUSH', 'RPUSH', 'LPUSH', 'RPUSH', 'LPUSHX']), list(), ...many(random, 3, word)],
    () => [pick(random, ['LPOP', 'RPOP']), list(), ...(random.chance(0.3) ? [String(random.integer(4))] : [])],
    () => [pick(random, ['BLPOP', 'BRPOP']), ...many(random, 2, list), '0'],
    () => ['LMOVE', list(), list(), side(), side()],
    () => ['BLMOVE', list(), list(), side(), side(), '0'],
    () => ['RPOPLPUSH', list(), list()],
    () => ['LREM', list(), number(), word()],
    () => ['LTRIM', list(), number(), number()],
    () => ['LRANGE', list(), number(), number()],
    () => ['LLEN', pick(random, [list(), stream()])],
    () => ['DEL', list()],
    () => ['EXISTS', list(), stream()],
  ]
  const streams: (() => string[])[] = [
    () => ['XADD', stream(), ...(random.chance(0.1) ? ['NOMKSTREAM'] : []), ...trimming(), pick(random, [id(), `${3 + random.integer(20)}-*`, `${5 + random.integer(30)}`]), ...many(random, 2, () => [pick(random, ['k', 'j']), word()]).flat()],
    () => ['XADD', stream(), `${10 + random.integer(60)}-*`, 'k', word()],
    () => ['XREAD', ...(random.chance(0.5) ? ['COUNT', String(1 + random.integer(3))] : []), ...(random.chance(0.5) ? ['BLOCK', '0'] : []), 'STREAMS', ...(random.chance(0.3) ? ['s1', 's2', pick(random, ['$', id()]), pick(random, ['$', '0'])] : [stream(), pick(random, ['$', '0', id(), id()])])],
    () => ['XREADGROUP', 'GROUP', group(), consumer(), ...(random.chance(0.6) ? ['COUNT', String(1 + random.integer(3))] : []), ...(random.chance(0.5) ? ['BLOCK', '0'] : []), ...(random.chance(0.15) ? ['NOACK'] : []), 'STREAMS', ...(random.chance(0.2) ? ['s1', 's2', '>', pick(random, ['>', '0'])] : [stream(), pick(random, ['>', '>', '>', '0', id(), '$'])])],
    () => ['XGROUP', 'CREATE', stream(), group(), pick(random, ['0', '$', id()]), ...(random.chance(0.7) ? ['MKSTREAM'] : []), ...(random.chance(0.15) ? ['ENTRIESREAD', String(random.integer(4))] : [])],
    () => ['XGROUP', 'SETID', stream(), group(), pick(random, ['0', '$', id()])],
    () => ['XGROUP', pick(random, ['DESTROY', 'DELCONSUMER', 'CREATECONSUMER']), stream(), group(), consumer()],
    () => ['XGROUP', 'DESTROY', stream(), group()],
    () => ['XACK', stream(), group(), ...many(random, 3, id)],
    () => ['XPENDING', stream(), group(), ...(random.chance(0.6) ? ['-', '+', '10', ...(random.chance(0.3) ? [consumer()] : [])] : [])],
    () => ['XCLAIM', stream(), group(), consumer(), pick(random, ['0', '0', '100000']), ...many(random, 3, id), ...(random.chance(0.3) ? [pick(random, ['JUSTID', 'FORCE'])] : []), ...(random.chance(0.2) ? ['RETRYCOUNT', '5'] : []), ...(random.chance(0.1) ? ['LASTID', id()] : [])],
    () => ['XAUTOCLAIM', stream(), group(), consumer(), pick(random, ['0', '0', '100000']), pick(random, ['0', '-', id()]), ...(random.chance(0.4) ? ['COUNT', String(1 + random.integer(2))] : []), ...(random.chance(0.2) ? ['JUSTID'] : [])],
    () => ['XDEL', stream(), ...many(random, 2, id)],
    () => ['XTRIM', stream(), pick(random, ['MAXLEN', 'MINID']), ...(random.chance(0.4) ? [pick(random, ['=', '~'])] : []), String(random.integer(6))],
    () => ['XINFO', 'GROUPS', stream()],
    () => [pick(random, ['XRANGE', 'XREVRANGE']), stream(), pick(random, ['-', '+', id(), `(${id()}`]), pick(random, ['-', '+', id(), `(${id()}`]), ...(random.chance(0.3) ? ['COUNT', number()] : [])],
    () => ['XLEN', stream()],
    () => ['DEL', stream()],
  ]
  const pubsub: (() => string[])[] = [
    () => ['PUBLISH', channel(), word()],
    () => ['PUBLISH', channel(), word()],
    () => ['SPUBLISH', channel(), word()],
    () => [pick(random, ['SUBSCRIBE', 'SSUBSCRIBE']), ...many(random, 2, channel)],
    () => ['PSUBSCRIBE', pattern()],
    () => [pick(random, ['UNSUBSCRIBE', 'SUNSUBSCRIBE']), ...(random.chance(0.6) ? many(random, 2, channel) : [])],
    () => ['PUNSUBSCRIBE', ...(random.chance(0.6) ? [pattern()] : [])],
    () => ['PUBSUB', 'NUMSUB', channel(), channel()],
    () => ['PUBSUB', 'SHARDNUMSUB', channel()],
    () => ['PUBSUB', 'NUMPAT'],
    () => ['PING', ...(random.chance(0.4) ? ['hi'] : [])],
  ]
  return pick(random, kind === 'list' ? lists : kind === 'stream' ? streams : kind === 'pubsub' ? pubsub : [...lists, ...streams])()
}

/** Waits end and entries become idle after a second; what happens in between takes much less. */
const TIME_MS = 1000
const WAIT_MS = 1600

/** The same command with a time-out instead of for ever, and with an idle time that a wait reaches. */
function withTime(args: readonly string[]): string[] {
  const verb = args[0]!
  if (/^(BLPOP|BRPOP|BLMOVE)$/.test(verb)) return [...args.slice(0, -1), String(TIME_MS / 1000)]
  const block = args.indexOf('BLOCK')
  if (block >= 0) return args.with(block + 1, String(TIME_MS))
  return verb === 'XCLAIM' || verb === 'XAUTOCLAIM' ? args.with(4, String(TIME_MS)) : [...args]
}

function script(seed: number): Recording {
  const random = randomStream(seed, 'redis')
  const kind = pick(random, ['list', 'stream', 'stream', 'pubsub', 'mixed', 'timed'])
  const timed = kind === 'timed'
  const steps: Step[] = CLIENTS.map(client => ({ op: 'connect', client }))
  const held = new Set<string>()
  for (let n = 0; n < (timed ? 30 : 60); n += 1) {
    // Whoever waited with a time-out is free afterwards, served or not.
    if (timed && random.chance(0.12)) {
      steps.push({ op: 'wait', ms: WAIT_MS })
      held.clear()
      continue
    }
    const client = pick(random, CLIENTS)
    if (!timed && random.chance(0.02)) {
      steps.push({ op: 'kill', client })
      held.delete(client)
      if (random.chance(0.5)) steps.push({ op: 'connect', client })
      continue
    }
    if (random.chance(0.05)) {
      // A transaction as a whole, by one who isn't held.
      const who = CLIENTS.find(one => !held.has(one))
      if (!who) continue
      steps.push({ op: 'call', client: who, args: ['MULTI'], as: `m${n}` })
      for (let m = 1 + random.integer(3); m > 0; m -= 1) steps.push({ op: 'call', client: who, args: kind === 'pubsub' ? ['PUBLISH', 'n.a', 'w'] : command(random, kind), as: `q${n}x${m}` })
      steps.push({ op: 'call', client: who, args: [random.chance(0.9) ? 'EXEC' : 'DISCARD'], as: `e${n}` })
      continue
    }
    const args = timed ? withTime(command(random, 'mixed')) : command(random, kind)
    const blocks = /^(BLPOP|BRPOP|BLMOVE)$/.test(args[0]!) || args.includes('BLOCK')
    // One that may be held says nothing more: what it would say is not heard until it is served.
    if (held.has(client)) continue
    if (blocks) {
      if (held.size >= 2) continue
      held.add(client)
    }
    steps.push({ op: 'call', client, args, as: `r${n}`, ...(blocks ? { blocking: true } : {}) })
  }
  return { id: `random-${seed}`, system: `redis-${kind}`, title: `random ${seed}`, rules: [], steps, observed: {}, unordered: CLIENTS }
}

describe.runIf(obstacle === '')('the model and a live Redis', () => {
  afterAll(() => askLive(PORT, LOCK[1], ['DEL', LOCK[0]]))
  const seeds = Array.from({ length: SCRIPTS }, (_, n) => FIRST + n)
  it.each(seeds)('script %i comes out alike', async seed => {
    const recording = script(seed)
    const live = await playLive(recording, PORT)
    const model = new Player(recording).play()
    const sorted = (lists: Readonly<Record<string, readonly unknown[]>>): unknown => Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.map(one => JSON.stringify(one)).sort()]))
    expect({ replies: model.replies, deliveries: sorted(model.deliveries), end: model.end }).toEqual({ replies: live.replies, deliveries: sorted(live.deliveries), end: live.end })
  }, 30_000)
})
