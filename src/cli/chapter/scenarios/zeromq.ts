import type { Config, Topology } from '../../../topology/document.ts'
import { answersTo, done, FINDS, TASKS } from '../cracker.ts'
import { constant, exponential, line, node, topology, upTo } from '../draw.ts'
import { outcomes, value, type Json, type Scenario } from '../expectation.ts'
import { eachSeed, Stage } from '../stage.ts'

/** Loopback: about half a millisecond. */
const hop = { latency: exponential(0.5) }
const SEEDS = 200
/** Sends waits for a peer, and can't be made: what the program keeps itself is not accepted. */
const ACCEPTED_ONLY = { waitingMax: 0 }
/** How long a program that doesn't read is busy with its first message. */
const SLEEP_MS = 4000

const producer = (id: string, row: number, config: Config) => node('app.producer', id, { column: 0, row }, { arrival: 'regular', body: '{n}', ...config })
const consumer = (id: string, row: number, serviceMs: number, config: Config = {}) => node('app.consumer', id, { column: 2, row }, { serviceTime: constant(serviceMs), ...config })

/** A publisher that says something every millisecond. */
const ticking = (): Topology => topology('A publisher and one that joins late', [producer('P', 0, { rate: 1000 }), consumer('S', 0, 0)], [line('zeromq.pub-sub', 'P', 'S', hop)])

/** The subscriber starts while the publisher speaks: how many it missed from then on, and whether any after its first. */
function joins(seed: number): { readonly lost: number; readonly whole: boolean } {
  const stage = new Stage(ticking(), { seed, check: seed === 1 }).crash('S').go(200)
  const startMs = stage.nowMs
  stage.restart('S').go(100)
  const heard = stage.numbers('delivered', 'S', startMs)
  const said = stage.numbers('published', 'P', startMs)
  return { lost: heard.length === 0 ? said.length : said.findIndex(n => n === heard[0]), whole: heard.every((n, place) => place === 0 || n === heard[place - 1]! + 1) }
}

/** The subscriber has long been trying when the publisher starts: how long until it hears. */
function window(seed: number): number {
  const stage = new Stage(ticking(), { seed, check: seed === 1 }).crash('P').go(1000)
  const startMs = stage.nowMs
  stage.restart('P').go(400)
  const [first] = stage.facts('delivered', 'S', startMs)
  return first ? first.atNs / 1e6 - startMs : Infinity
}

const slowJoiner: Scenario = {
  id: 'slow-joiner',
  measure: () => {
    const all = eachSeed(SEEDS, joins)
    return {
      'lost prefix, messages': outcomes(all.map(one => one.lost)),
      'no gap after the first received': outcomes(all.map(one => one.whole)),
      'if the subscriber was first: window ms (reconnect 100 ms)': outcomes(eachSeed(SEEDS, window)),
    }
  },
}

/** A PUSH and the one that will pull; two thousand sends while that one is away. */
function pushes(bind: 'from' | 'to'): { readonly accepted: number; readonly delivered: number } {
  const drawn = topology('PUSH without PULL', [producer('P', 0, { rate: 2000, batchSize: 2000, limit: 2000 }), consumer('Z', 0, 0)], [line('zeromq.push-pull', 'P', 'Z', { ...hop, ...ACCEPTED_ONLY, bind })])
  const stage = new Stage(drawn).crash('Z').go(3000)
  const accepted = stage.probe('P', 'sent')
  return { accepted, delivered: stage.restart('Z').go(3000).probe('Z', 'processed') }
}

const pushBlocks: Scenario = {
  id: 'push-blocks',
  measure: () => {
    const [bound, connecting] = [pushes('from'), pushes('to')]
    return {
      'bound PUSH accepts before blocking': value(bound.accepted),
      'connecting PUSH accepts before blocking': value(connecting.accepted),
      'delivered when the peer appears': value(connecting.delivered),
    }
  },
}

const SENT = 60_000
/** What Linux holds in the buffers of a loopback connection, beside the high-water marks. */
const KERNEL_BYTES = 2_900_000

const pubDrops: Scenario = {
  id: 'pub-drops',
  measure: () => {
    const drawn = topology(
      'A subscriber that sleeps',
      [producer('P', 0, { rate: 100_000, limit: SENT, body: 'x'.repeat(208) }), consumer('S', 0, SLEEP_MS)],
      [line('zeromq.pub-sub', 'P', 'S', { latency: constant(0.05), kernelBytes: KERNEL_BYTES })],
    )
    const stage = new Stage(drawn, { check: false }).go(20)
    const [first] = stage.numbers('started', 'S')
    stage.go(2000)
    const blocked = stage.probe('P', 'sent') < SENT
    // When its sleep is over it reads on without a pause.
    stage.configure('S', { serviceTime: constant(0) }).go(SLEEP_MS)
    return { 'publisher blocks': value(blocked), 'received when it wakes': value(stage.probe('S', 'received')), 'oldest kept first': value((first ?? 0) - 1) }
  },
}

const pullFair: Scenario = {
  id: 'pull-fair',
  measure: () => {
    // Z has one message of A in hand while both queues fill.
    const drawn = topology(
      'One PULL reads from two PUSH sockets',
      [producer('A', 0, { rate: 0 }), producer('B', 1, { rate: 0 }), consumer('Z', 0, 1000)],
      ['A', 'B'].map(id => line('zeromq.push-pull', id, 'Z', { latency: constant(0.5), bind: 'to' })),
    )
    const stage = new Stage(drawn).go(100)
    stage.say('A').go(50)
    for (let n = 0; n < 99; n += 1) stage.say('A')
    for (let n = 0; n < 20; n += 1) stage.say('B')
    stage.go(200).configure('Z', { serviceTime: constant(1) }).go(5000)
    const order = stage.names('finished', 'Z').map(name => name.slice(0, 1))
    const last = order.lastIndexOf('B')
    return { 'last B at position': value(last + 1), 'alternates while both have messages': value(order.slice(0, last + 1).every((one, n) => one === (n % 2 === 0 ? 'A' : 'B'))) }
  },
}

interface Pipeline {
  readonly workers: readonly string[]
  readonly serviceMs: number
  readonly tasks?: number
  readonly line?: Config
}

/** Ventilator and sink are bound, workers connect to both. The tasks are handed over at once, a second after the start. */
export function pipeline({ workers, serviceMs, tasks = TASKS, line: config = {} }: Pipeline): Topology {
  return topology(
    'Hashsum cracker over PUSH and PULL',
    [
      producer('ventilator', 1, { rate: tasks, batchSize: tasks, limit: tasks, messageType: 'command' }),
      ...workers.map((id, n) => node('app.service', id, { column: 1, row: n }, { serviceTime: constant(serviceMs) })),
      consumer('sink', 1, 0),
    ],
    workers.flatMap(id => [line('zeromq.push-pull', 'ventilator', id, { ...hop, ...config }), line('zeromq.push-pull', id, 'sink', { ...hop, bind: 'to' })]),
  )
}
const named = (count: number): string[] => upTo(count).map(n => `W${n}`)

const roundRobin: Scenario = {
  id: 'cracker-round-robin',
  measure: () => {
    const plays = [1, 2, 4].map(count => ({ workers: named(count), stage: new Stage(pipeline({ workers: named(count), serviceMs: 20 })).go(5000) }))
    return {
      tasks: outcomes(plays.map(({ stage, workers }) => done(stage, workers).size)),
      'per worker with 1,2,4 workers': value(plays.map(({ stage, workers }) => stage.probes(workers, 'sent'))),
      'strict alternation': value(plays.every(({ stage, workers }) => workers.every(id => steps(stage.numbers('finished', id)).every(step => step === workers.length)))),
      results: outcomes(plays.map(({ stage, workers }) => answersTo(stage, FINDS, workers, 'sink'))),
    }
  },
}
const steps = (numbers: readonly number[]): number[] => numbers.slice(1).map((one, n) => one - numbers[n]!)

/** Workers run before the ventilator, which sends without waiting for them. */
function firstJoiner(workers: readonly string[], tasks: number, seed: number): Stage {
  const drawn = pipeline({ workers, serviceMs: 1, tasks })
  const eager = { ...drawn, nodes: drawn.nodes.map(one => (one.id === 'ventilator' ? { ...one, config: { ...one.config, rate: 48_000 } } : one)) }
  return new Stage(eager, { seed, check: false }).crash('ventilator').go(1000).restart('ventilator').go(tasks * 2 + 2000)
}

function firstBurst(seed: number): number {
  const workers = named(2)
  const stage = firstJoiner(workers, 4000, seed)
  const other = Math.max(...workers.map(id => stage.numbers('started', id)[0] ?? Infinity))
  return Math.min(other - 1, 4000)
}

const firstJoinerScenario: Scenario = {
  id: 'cracker-first-joiner',
  measure: () => {
    const shares = [2, 4].flatMap(count => eachSeed(20, seed => firstJoiner(named(count), TASKS, seed).probes(named(count), 'sent')))
    return {
      'workers that get tasks': outcomes(shares.map(all => all.filter(one => one > 0).length)),
      'tasks of that worker': outcomes(shares.map(all => Math.max(...all))),
      '4000 tasks: first burst to one worker': outcomes(eachSeed(5, firstBurst)),
    }
  },
}

export interface ZeromqCrash {
  readonly done: number
  readonly missing: readonly number[]
  readonly results: number
}

/** B, the second to connect, is killed at work on its fourth task. */
export function pipelineWorkerDies(): ZeromqCrash {
  const workers = ['A', 'B']
  const stage = new Stage(pipeline({ workers, serviceMs: 20 }))
  let begun = 0
  stage.goUntil((fact, id) => fact.verb === 'started' && id === 'B' && (begun += 1) === 4)
  stage.go(10).crash('B').go(5000)
  const all = done(stage, workers)
  return { done: all.size, missing: upTo(TASKS).filter(task => !all.has(task)), results: answersTo(stage, FINDS, workers, 'sink') }
}

/** Workers ask a ventilator for tasks, which it leases to them: its ROUTER is bound, their DEALERs connect. */
export function leasing(workers: readonly string[], leaseMs: number): Topology {
  return topology(
    'Tasks with leases over ROUTER and DEALER',
    [
      node('app.ventilator', 'ventilator', { column: 0, row: 1 }, { to: TASKS * 10_000, taskSize: 10_000, handsOut: 'asked', lease: leaseMs, startAfter: 500 }),
      ...workers.map((id, n) => node('app.worker', id, { column: 1, row: n }, { serviceTime: constant(20), takes: 'asks', finds: 'range', target: FINDS * 10_000 })),
      consumer('sink', 1, 0),
    ],
    workers.flatMap(id => [line('zeromq.dealer-router', id, 'ventilator', hop), line('zeromq.push-pull', id, 'sink', { ...hop, bind: 'to' })]),
  )
}

/** B dies at work on its fourth task: how many tasks are done in the end, each counted once. */
export function leasedWorkerDies(leaseMs = 250): { readonly done: number; readonly again: number } {
  const stage = new Stage(leasing(['A', 'B'], leaseMs))
  let begun = 0
  stage.goUntil((fact, id) => fact.verb === 'started' && id === 'B' && (begun += 1) === 4)
  stage.go(10).crash('B').go(5000)
  return { done: stage.probe('ventilator', 'done'), again: stage.probe('ventilator', 'late') }
}

/** Results that come to a sink which starts when all is done; it has the address. */
export function sinkLate(): number {
  const stage = new Stage(pipeline({ workers: ['W1'], serviceMs: 5 })).crash('sink').go(4000)
  return stage.restart('sink').go(3000) && answersTo(stage, FINDS, ['W1'], 'sink')
}

/** Tasks that left the ventilator before its first worker was there. */
export function ventilatorFirst(): number {
  const stage = new Stage(pipeline({ workers: ['W1'], serviceMs: 5, line: ACCEPTED_ONLY })).crash('W1').go(3000)
  return stage.probe('ventilator', 'sent')
}

interface Stages {
  readonly a: number
  readonly b: number
}

/** Two stages: those of the first connect to the second by way of a device, as sockets of both would have to know each other otherwise. */
function twoStages({ a, b }: Stages): Topology {
  const first = upTo(a).map(n => `A${n}`)
  const second = upTo(b).map(n => `B${n}`)
  return topology(
    'Two-stage pipeline',
    [
      producer('ventilator', 1, { rate: 120, batchSize: 120, limit: 120, messageType: 'command' }),
      ...first.map((id, n) => node('app.service', id, { column: 1, row: n }, { serviceTime: constant(10) })),
      node('zeromq.proxy', 'between', { column: 2, row: 1 }),
      ...second.map((id, n) => node('app.service', id, { column: 3, row: n }, { serviceTime: constant(20) })),
      { ...consumer('sink', 1, 0), at: { x: 1120, y: 120 } },
    ],
    [
      ...first.flatMap(id => [line('zeromq.push-pull', 'ventilator', id, hop), line('zeromq.push-pull', id, 'between', { ...hop, bind: 'to' })]),
      ...second.flatMap(id => [line('zeromq.push-pull', 'between', id, hop), line('zeromq.push-pull', id, 'sink', { ...hop, bind: 'to' })]),
    ],
  )
}

function throughput(stages: Stages): number {
  const stage = new Stage(twoStages(stages)).go(8000)
  const ends = stage.facts('finished', 'sink')
  const begins = stage.facts('published', 'ventilator')
  return ends.length === 120 ? 120 / ((ends.at(-1)!.atNs - begins[0]!.atNs) / 1e9) : 0
}

const bottleneck: Scenario = {
  id: 'pipeline-bottleneck',
  measure: () => ({ 'throughput per s': value([{ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }, { a: 2, b: 4 }, { a: 4, b: 2 }].map(throughput) satisfies Json) }),
}

export const scenarios: readonly Scenario[] = [slowJoiner, pushBlocks, pubDrops, pullFair, roundRobin, firstJoinerScenario, bottleneck]
