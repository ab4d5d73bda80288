import { CONSUMERS, FAILURE_RATE, HOP, KEYS, PREFETCH, PRODUCER_RATE, PRODUCERS, STATIONS, SUBSCRIBERS, SUBSCRIBER_QUEUE_MAX, ARRIVAL_RATE, type Kernels, type Outcome } from '../workload.ts'
import { UnitHistogram } from './peer-tools.ts'

/** The parts of SIM.JS that are used; its package has no types, and its bundle exports nothing but sets window.Sim. */
interface SimJs {
  readonly Sim: new () => Simulation
  readonly Entity: new () => Entity
  readonly Facility: FacilityClass
  readonly Random: new (seed: number) => { exponential(rate: number): number; random(): number }
}
interface FacilityClass {
  new (name: string, discipline?: number, servers?: number, queueMax?: number): object
  readonly FCFS: number
}
interface Simulation {
  readonly queue: { readonly order: number; readonly data: { readonly length: number } }
  addEntity(kind: new () => Entity, name: string): Entity
  time(): number
  step(): boolean
}
interface Request {
  readonly callbackMessage?: number
  done(callback: (this: Request) => void): Request
}
interface Entity {
  setTimer(delay: number): Request
  useFacility(facility: object, duration: number): Request
}

const page = globalThis as { window?: unknown; Sim?: SimJs }
page.window ??= globalThis
// @ts-expect-error -- the package has no types
await import('simjs')
const { Sim, Entity, Facility, Random } = (page.window as { Sim: SimJs }).Sim
class Actor extends Entity {
  start(): void {}
  onMessage(): void {}
}
const REFUSED = -1

const taken = (sim: Simulation): number => sim.queue.order - sim.queue.data.length

/** W1 to W3: a facility is a server with its queue. */
function stations(options: { messages: number; seed: number; count: number; queueMax: number; sideBySide: boolean }): Outcome {
  const { messages, seed, count, queueMax, sideBySide } = options
  const sim = new Sim()
  const actor = sim.addEntity(Actor, 'actor')
  const facilities = Array.from({ length: count }, (_, n) => new Facility(`facility-${n}`, Facility.FCFS, 1, queueMax))
  const randoms = Array.from({ length: count + 1 }, (_, n) => new Random(seed * 1000 + n))
  const waits = Array.from({ length: count }, () => new UnitHistogram())
  const all = new UnitHistogram()
  let done = 0
  let refused = 0
  let published = 0
  const visit = (n: number, born: number): void => {
    const came = sim.time()
    const service = randoms[n + 1]!.exponential(1)
    actor.useFacility(facilities[n]!, service).done(function () {
      if (this.callbackMessage === REFUSED) {
        refused += 1
        return
      }
      const wait = Math.max(0, sim.time() - came - service)
      waits[sideBySide ? 0 : n]!.record(wait < 1e-9 ? 0 : wait)
      if (!sideBySide && n < count - 1) return visit(n + 1, born)
      done += 1
      all.record(sim.time() - born)
    })
  }
  const arrive = (): void => {
    actor.setTimer(randoms[0]!.exponential(ARRIVAL_RATE)).done(arrive)
    published += 1
    for (let n = 0; n < (sideBySide ? count : 1); n += 1) visit(n, sim.time())
  }
  actor.setTimer(randoms[0]!.exponential(ARRIVAL_RATE)).done(arrive)
  while (done < messages && sim.step());
  const result = count === 1 || sideBySide ? waits[0]! : all
  return { messages: done, events: taken(sim), mean: result.mean(), p99: result.p99(), share: refused / (published * count) }
}

interface Message {
  readonly number: number
  readonly key: string
  readonly headers: { 'x-attempt': number; tenant: number; 'content-type': string }
  redelivered: boolean
  readonly born: number
}

function competing(messages: number, seed: number): Outcome {
  const sim = new Sim()
  const actor = sim.addEntity(Actor, 'actor')
  const producers = Array.from({ length: PRODUCERS }, (_, n) => new Random(seed * 100 + n))
  const consumers = Array.from({ length: CONSUMERS }, (_, n) => new Random(seed * 100 + 50 + n))
  const facilities = consumers.map((_, n) => new Facility(`consumer-${n}`))
  const unacknowledged = consumers.map(() => 0)
  const sojourn = new UnitHistogram()
  const ready: Message[] = []
  let turn = 0
  let done = 0
  let requeued = 0
  let number = 0
  let area = 0
  let changedAt = 0
  const changed = (): void => {
    area += (sim.time() - changedAt) * ready.length
    changedAt = sim.time()
  }
  const dispatch = (): void => {
    while (ready.length > 0) {
      let tried = 0
      while (tried < CONSUMERS && unacknowledged[turn]! >= PREFETCH) {
        turn = (turn + 1) % CONSUMERS
        tried += 1
      }
      if (tried === CONSUMERS) return
      const consumer = turn
      turn = (turn + 1) % CONSUMERS
      unacknowledged[consumer]! += 1
      changed()
      const message = ready.shift()!
      actor.setTimer(HOP).done(() => actor.useFacility(facilities[consumer]!, consumers[consumer]!.exponential(1)).done(() => finish(consumer, message)))
    }
  }
  const finish = (consumer: number, message: Message): void => {
    const failed = consumers[consumer]!.random() < FAILURE_RATE
    actor.setTimer(HOP).done(() => settle(consumer, message, failed))
  }
  const settle = (consumer: number, message: Message, failed: boolean): void => {
    unacknowledged[consumer]! -= 1
    if (failed) {
      requeued += 1
      message.redelivered = true
      message.headers['x-attempt'] += 1
      changed()
      ready.unshift(message)
    } else {
      done += 1
      sojourn.record(sim.time() - message.born)
    }
    dispatch()
  }
  const produce = (random: (typeof producers)[number]): void => {
    actor.setTimer(random.exponential(PRODUCER_RATE)).done(() => {
      produce(random)
      const message: Message = { number, key: KEYS[number & 7]!, headers: { 'x-attempt': 0, tenant: number & 15, 'content-type': 'application/json' }, redelivered: false, born: sim.time() }
      number += 1
      actor.setTimer(HOP).done(() => {
        changed()
        ready.push(message)
        dispatch()
      })
    })
  }
  producers.forEach(produce)
  while (done < messages && sim.step());
  return { messages: done, events: taken(sim), mean: sojourn.mean(), p99: sojourn.p99(), share: requeued / (requeued + done) }
}

export const kernels: Kernels = {
  W1: (messages, seed) => stations({ messages, seed, count: 1, queueMax: -1, sideBySide: false }),
  W2: (messages, seed) => stations({ messages, seed, count: STATIONS, queueMax: -1, sideBySide: false }),
  W3: (messages, seed) => stations({ messages, seed, count: SUBSCRIBERS, queueMax: SUBSCRIBER_QUEUE_MAX, sideBySide: true }),
  W4: competing,
}
