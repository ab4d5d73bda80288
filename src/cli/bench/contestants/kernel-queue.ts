import type { Draw } from '../../../kernel/draw.ts'
import { CELL_NOW, CELL_SCRATCH } from '../../../kernel/memory.ts'
import { randomStream, type RandomStream } from '../../../kernel/random.ts'
import { Histogram } from '../../../stats/histogram.ts'
import { CONSUMERS, FAILURE_RATE, HOP, KEYS, PREFETCH, PRODUCER_RATE, PRODUCERS, UNIT_NS, type Outcome } from '../workload.ts'
import { BORN, FLAGS, KEY, KernelRun, NEXT, NUMBER } from './kernel-run.ts'

const HOP_NS = HOP * UNIT_NS
const PUBLISH = 0
const ENQUEUE = 1
const RECEIVE = 2
const DONE = 3
const ACKNOWLEDGE = 4
const REQUEUE = 5
const REDELIVERED = 1
const ATTEMPT = 256

/** The queue and its consumers: who is next, and who has how many unacknowledged messages. */
class Queue {
  readonly #run: KernelRun
  readonly #unacknowledged = new Int32Array(CONSUMERS)
  /** Cells: time-weighted sum of the length, and when it changed last. */
  readonly #area: number
  #first = 0
  #last = 0
  #length = 0
  #turn = 0

  constructor(run: KernelRun) {
    this.#run = run
    this.#area = run.memory.reserve(2)
  }

  append(message: number): void {
    const { i } = this.#run.memory
    i[message * 2 + NEXT] = 0
    if (this.#first === 0) this.#first = message
    else i[this.#last * 2 + NEXT] = message
    this.#last = message
    this.#changed(1)
  }

  prepend(message: number): void {
    const { i } = this.#run.memory
    i[message * 2 + NEXT] = this.#first
    if (this.#first === 0) this.#last = message
    this.#first = message
    this.#changed(1)
  }

  settled(consumer: number): void {
    this.#unacknowledged[consumer]! -= 1
  }

  dispatch(): void {
    while (this.#first !== 0) {
      let consumer = this.#turn
      let tried = 0
      while (tried < CONSUMERS && this.#unacknowledged[consumer]! >= PREFETCH) {
        consumer = (consumer + 1) % CONSUMERS
        tried += 1
      }
      if (tried === CONSUMERS) return
      this.#turn = (consumer + 1) % CONSUMERS
      this.#unacknowledged[consumer]! += 1
      const message = this.#first
      this.#first = this.#run.memory.i[message * 2 + NEXT]!
      this.#changed(-1)
      this.#run.memory.f[CELL_SCRATCH] = HOP_NS
      this.#run.schedule(PRODUCERS, RECEIVE + consumer * 8, message)
    }
  }

  #changed(by: number): void {
    const { f } = this.#run.memory
    const now = f[CELL_NOW]!
    f[this.#area]! += (now - f[this.#area + 1]!) * this.#length
    f[this.#area + 1] = now
    this.#length += by
  }
}

/** A signal is a verb and, above it, a producer or consumer. */
class Competing {
  readonly run: KernelRun
  readonly sojourn: Histogram
  done = 0
  requeued = 0
  readonly #queue: Queue
  readonly #arrivals: readonly Draw[]
  readonly #services: readonly Draw[]
  readonly #failures: readonly RandomStream[]
  /** Each consumer's own line: a ring of sixteen places. */
  readonly #lines = new Int32Array(CONSUMERS * 16)
  readonly #heads = new Int32Array(CONSUMERS)
  readonly #lengths = new Int32Array(CONSUMERS)
  readonly #handled = new Float64Array(CONSUMERS)
  readonly #keys = new Float64Array(KEYS.length)
  #number = 0

  constructor(seed: number) {
    const run = new KernelRun(seed, PRODUCERS + 1 + CONSUMERS)
    this.run = run
    this.sojourn = new Histogram(run.memory)
    this.#queue = new Queue(run)
    this.#arrivals = Array.from({ length: PRODUCERS }, (_, n) => run.exponential(`producer-${n}`, 1 / PRODUCER_RATE))
    this.#services = Array.from({ length: CONSUMERS }, (_, n) => run.exponential(`consumer-${n}/service`, 1))
    this.#failures = Array.from({ length: CONSUMERS }, (_, n) => randomStream(seed, `consumer-${n}/failure`, run.memory))
    for (let n = 0; n < PRODUCERS; n += 1) this.#produce(n)
  }

  step(): void {
    const { run } = this
    const signal = run.next()
    const who = signal >> 3
    const message = run.events.datum
    switch (signal & 7) {
      case PUBLISH:
        this.#produce(who)
        return this.#publish(who)
      case ENQUEUE:
        this.#keys[run.memory.i[message * 2 + KEY]! & 7]! += 1
        this.#queue.append(message)
        return this.#queue.dispatch()
      case RECEIVE:
        return this.#receive(who, message)
      case DONE:
        return this.#finish(who, message)
      default:
        return this.#settle(who, message, signal & 7)
    }
  }

  #produce(producer: number): void {
    this.#arrivals[producer]!.toScratch()
    this.run.schedule(producer, PUBLISH + producer * 8, 0)
  }

  #publish(producer: number): void {
    const { run } = this
    const message = run.create()
    const { f, i } = run.memory
    f[message + NUMBER] = this.#number
    i[message * 2 + FLAGS] = 0
    i[message * 2 + KEY] = (this.#number & 7) | ((this.#number & 15) << 16)
    this.#number += 1
    f[CELL_SCRATCH] = HOP_NS
    run.schedule(producer, ENQUEUE, message)
  }

  #receive(consumer: number, message: number): void {
    if (this.#lengths[consumer] === 0) this.#serve(consumer, message)
    this.#lines[consumer * 16 + ((this.#heads[consumer]! + this.#lengths[consumer]!) & 15)] = message
    this.#lengths[consumer]! += 1
  }

  #serve(consumer: number, message: number): void {
    this.#services[consumer]!.toScratch()
    this.run.schedule(PRODUCERS + 1 + consumer, DONE + consumer * 8, message)
  }

  #finish(consumer: number, message: number): void {
    this.#handled[consumer]! += 1
    const verb = this.#failures[consumer]!.chance(FAILURE_RATE) ? REQUEUE : ACKNOWLEDGE
    this.run.memory.f[CELL_SCRATCH] = HOP_NS
    this.run.schedule(PRODUCERS + 1 + consumer, verb + consumer * 8, message)
    this.#heads[consumer] = (this.#heads[consumer]! + 1) & 15
    this.#lengths[consumer]! -= 1
    if (this.#lengths[consumer]! > 0) this.#serve(consumer, this.#lines[consumer * 16 + this.#heads[consumer]]!)
  }

  #settle(consumer: number, message: number, verb: number): void {
    const { run } = this
    const { f, i } = run.memory
    this.#queue.settled(consumer)
    if (verb === ACKNOWLEDGE) {
      this.done += 1
      f[CELL_SCRATCH] = f[CELL_NOW]! - f[message + BORN]!
      this.sojourn.recordScratch()
      run.release(message)
    } else {
      this.requeued += 1
      i[message * 2 + FLAGS] = (i[message * 2 + FLAGS]! | REDELIVERED) + ATTEMPT
      this.#queue.prepend(message)
    }
    this.#queue.dispatch()
  }
}

/** W4. */
export function competing(messages: number, seed: number): Outcome {
  const whole = new Competing(seed)
  while (whole.done < messages) whole.step()
  const { run, sojourn, done, requeued } = whole
  return { messages: done, events: run.fired, mean: sojourn.mean() / UNIT_NS, p99: sojourn.percentile(0.99) / UNIT_NS, share: requeued / (requeued + done) }
}
