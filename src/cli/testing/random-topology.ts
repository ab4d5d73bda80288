import type { LiveInput } from '../../contract/input.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Channel, Config, Topology, TopologyNode } from '../../topology/document.ts'
import { removalOf } from '../../topology/edit.ts'
import { pick } from './pick.ts'

/** Topologies of every kind of part, drawn by lot: the same stream, the same topology. */
export function randomTopology(random: RandomStream, seed: number): Topology {
  const drawing = new Drawing(random)
  const brokers = Array.from({ length: 1 + random.integer(2) }, (_, n) => drawing.add('amqp.broker', `b${n}`, {}))
  drawing.addObjects(brokers)
  drawing.bind()
  for (let n = 1 + random.integer(4); n > 0; n -= 1) drawing.addProducer(`p${n}`)
  for (let n = 1 + random.integer(4); n > 0; n -= 1) drawing.addReader(n)
  drawing.addChats()
  return { format: 1, title: `random ${seed}`, seed, nodes: drawing.nodes, channels: drawing.channels }
}

class Drawing {
  readonly nodes: TopologyNode[] = []
  readonly channels: Channel[] = []
  readonly #random: RandomStream
  #exchanges: readonly string[] = []
  #queues: readonly string[] = []

  constructor(random: RandomStream) {
    this.#random = random
  }

  add(type: string, id: string, config: Config, within?: string): string {
    this.nodes.push({ id, type, label: id, at: { x: 0, y: 0 }, config, ...(within === undefined ? {} : { within }) })
    return id
  }

  addObjects(brokers: readonly string[]): void {
    const random = this.#random
    this.#exchanges = brokers.flatMap(broker => Array.from({ length: random.integer(4) }, (_, n) => this.add('amqp.exchange', `${broker}x${n}`, { exchangeType: pick(random, ['direct', 'fanout', 'topic', 'headers']), durable: random.chance(0.7), autoDelete: random.chance(0.15) }, broker)))
    this.#queues = brokers.flatMap(broker => Array.from({ length: 1 + random.integer(3) }, (_, n) => this.add('amqp.queue', `${broker}q${n}`, { durable: random.chance(0.6), exclusive: random.chance(0.2), autoDelete: random.chance(0.2), ...this.#limits() }, broker)))
  }

  bind(): void {
    const random = this.#random
    const within = (id: string): string => id.slice(0, 2)
    for (const exchange of this.#exchanges) {
      for (let n = random.integer(4); n > 0; n -= 1) {
        const to = pick(random, [...this.#queues, ...this.#exchanges].filter(id => within(id) === within(exchange)))
        this.#join('amqp.binding', exchange, to, { routingKey: pick(random, ['', 'a.b', 'a.*', '#']), latency: { law: 'constant', value: pick(random, [0, 3]) } })
      }
    }
  }

  addProducer(id: string): void {
    const random = this.#random
    const producer = this.add('app.producer', id, { ...this.#arrivals(), batchSize: 1 + random.integer(3), key: 'a.b\na.c\nz', persistent: random.chance(0.5), outlets: pick(random, ['every', 'turns']) })
    for (let m = 1 + random.integer(2); m > 0; m -= 1) this.#join('amqp.publish', producer, this.#target(), { ...this.#wire(), whileDisconnected: pick(random, ['drop', 'buffer']) })
  }

  addReader(n: number): void {
    const random = this.#random
    const service = random.chance(0.25)
    const common = { serviceTime: this.#law(pick(random, [2, 20])), failureRate: pick(random, [0, 0.3]), concurrency: 1 + random.integer(3) }
    const reader = service
      ? this.add('app.service', `s${n}`, { ...common, acknowledge: pick(random, ['after', 'before']) })
      : this.add('app.consumer', `c${n}`, { ...common, acknowledge: pick(random, ['after', 'before', 'never']), onFailure: pick(random, ['requeue', 'reject']) })
    for (let m = 1 + random.integer(2); m > 0; m -= 1) this.#join('amqp.consume', pick(random, this.#queues), reader, { ...this.#wire(), prefetch: pick(random, [0, 1, 5]), noAck: random.chance(0.3) })
    if (service) this.#join('amqp.publish', reader, this.#target(), this.#wire())
  }

  addChats(): void {
    const random = this.#random
    const servers = Array.from({ length: random.integer(3) }, (_, n) => this.add('chat.server', `w${n}`, {}))
    for (const server of servers) {
      for (let n = 1 + random.integer(2); n > 0; n -= 1) this.#join('websocket.connection', this.add('chat.user', `${server}u${n}`, { rate: 20 }), server, this.#wire())
      if (random.chance(0.6)) this.#join('amqp.publish', server, this.#target(), this.#wire())
      if (random.chance(0.6)) this.#join('amqp.consume', pick(random, this.#queues), server, { ...this.#wire(), noAck: random.chance(0.5) })
    }
  }

  #join(type: string, from: string, to: string, config: Config): void {
    this.channels.push({ id: `${from}>${to}#${this.channels.length}`, type, from, to, config })
  }

  #target(): string {
    return pick(this.#random, [...this.#exchanges, ...this.#queues])
  }

  #wire(): Config {
    const random = this.#random
    return {
      latency: pick<Config>(random, [{ law: 'constant', value: 0 }, { law: 'constant', value: 5 }, { law: 'exponential', mean: 8 }]),
      heartbeat: pick(random, [20, 60_000]),
      reconnect: pick(random, [0, 1, 30]),
      ...(random.chance(0.2) ? { bandwidth: 5000 } : {}),
      ...(random.chance(0.2) ? { loss: pick(random, [5, 60]) } : {}),
    }
  }

  /** Any law of this mean, more or less. */
  #law(mean: number): Config {
    const random = this.#random
    return pick<Config>(random, [
      { law: 'constant', value: mean },
      { law: 'exponential', mean },
      { law: 'uniform', min: 0, max: 2 * mean },
      { law: 'normal', mean, deviation: mean },
      { law: 'lognormal', mean, scv: 4 },
      { law: 'erlang', mean, shape: 3 },
      { law: 'hyperexponential', mean, scv: 9 },
      { law: 'pareto', mean, shape: 1.5 },
      { law: 'empirical', values: [0, mean, mean * 2] },
      { law: 'trace', values: [mean, 0, mean * 3, mean / 2] },
    ])
  }

  #arrivals(): Config {
    const random = this.#random
    const arrival = pick(random, ['poisson', 'regular', 'uniform', 'steady', 'bursts', 'law', 'on-off', 'ramp', 'schedule', 'trace'])
    const rate = pick(random, [20, 100])
    return {
      arrival,
      rate,
      gap: this.#law(1000 / rate),
      onRate: rate * 4,
      onTime: this.#law(30),
      offTime: this.#law(60),
      rampFrom: pick(random, [0, rate]),
      rampTo: pick(random, [0, rate * 3]),
      rampTime: pick(random, [0, 100, 1000]),
      schedule: Array.from({ length: 20 }, (_, n) => `${n * 17}ms`).join(' '),
      trace: `time,key\n${Array.from({ length: 20 }, (_, n) => `${n * 0.013},${pick(random, ['a.b', ''])}`).join('\n')}`,
    }
  }

  #limits(): Config {
    const random = this.#random
    if (random.chance(0.6)) return {}
    return { maxLength: 1 + random.integer(5), overflow: pick(random, ['drop-head', 'reject-publish']), ...(random.chance(0.3) ? { messageTtl: 50 } : {}), ...(random.chance(0.3) ? { maxPriority: 3 } : {}) }
  }
}

export function randomInput(random: RandomStream, topology: Topology): LiveInput {
  const dice = random.uniform()
  const node = pick(random, topology.nodes)
  if (dice < 0.3) return { input: 'fault', fault: { fault: pick(random, ['crash', 'restart'] as const), node: node.id } }
  if (dice < 0.45) return { input: 'fault', fault: { fault: 'restart', node: node.id } }
  if (dice < 0.7 && topology.channels.length > 0) return { input: 'fault', fault: { fault: pick(random, ['cut', 'heal'] as const), channel: pick(random, topology.channels).id } }
  if (dice < 0.75) return { input: 'send', node: node.id }
  if (dice < 0.85) return { input: 'edit', edits: [removalOf(topology, { nodes: [node.id], channels: [] })] }
  if (dice < 0.9 && topology.channels.length > 0) return { input: 'edit', edits: [{ edit: 'remove', nodes: [], channels: [pick(random, topology.channels).id] }] }
  const config = node.type === 'amqp.queue' ? { ...node.config, durable: random.chance(0.5), exclusive: random.chance(0.3) } : node.type === 'amqp.exchange' ? { ...node.config, exchangeType: pick(random, ['fanout', 'topic']) } : { ...node.config, rate: 10, concurrency: 2 }
  return { input: 'edit', edits: [{ edit: 'configure', of: 'node', id: node.id, config }] }
}
