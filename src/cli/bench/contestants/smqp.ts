import { Broker, type Message } from 'smqp'
import { CONSUMERS, FAILURE_RATE, HOP, KEYS, PREFETCH, PRODUCER_RATE, PRODUCERS, type Kernels, type Outcome } from '../workload.ts'
import { Loop, stream, UnitHistogram } from './peer-tools.ts'

/**
 * smqp has no clock: it routes, keeps credit, acknowledges and requeues inside our loop of objects. It does not take turns, but fills the first consumer up to
 * its prefetch, then the next: so its mean is twice what the others agree on.
 */
type What =
  | { readonly verb: 'publish'; readonly producer: number }
  | { readonly verb: 'enqueue'; readonly number: number; readonly born: number }
  | { readonly verb: 'receive' | 'done' | 'acknowledge' | 'requeue'; readonly consumer: number; readonly message: Message }

function competing(messages: number, seed: number): Outcome {
  const loop = new Loop<What>()
  const broker = new Broker()
  const sojourn = new UnitHistogram()
  const arrivals = Array.from({ length: PRODUCERS }, (_, n) => stream(seed, `producer-${n}`))
  const services = Array.from({ length: CONSUMERS }, (_, n) => stream(seed, `consumer-${n}`))
  const lines: Message[][] = services.map(() => [])
  const busy = services.map(() => false)
  let number = 0
  let done = 0
  let requeued = 0
  broker.assertExchange('events', 'topic')
  broker.assertQueue('work', { durable: false, autoDelete: false })
  broker.bindQueue('work', 'events', '#')
  for (let consumer = 0; consumer < CONSUMERS; consumer += 1) {
    broker.consume('work', (_key, message) => loop.schedule(HOP, { verb: 'receive', consumer, message }), { prefetch: PREFETCH, consumerTag: `consumer-${consumer}` })
  }
  const produce = (producer: number): void => loop.schedule(arrivals[producer]!.exponential() / PRODUCER_RATE, { verb: 'publish', producer })
  const serve = (consumer: number, message: Message): void => loop.schedule(services[consumer]!.exponential(), { verb: 'done', consumer, message })
  for (let producer = 0; producer < PRODUCERS; producer += 1) produce(producer)
  while (done < messages) {
    const what = loop.take()
    switch (what.verb) {
      case 'publish':
        produce(what.producer)
        loop.schedule(HOP, { verb: 'enqueue', number, born: loop.now })
        number += 1
        break
      case 'enqueue':
        broker.publish('events', KEYS[what.number & 7]!, what.born, { messageId: String(what.number), headers: { 'x-attempt': 0, tenant: what.number & 15, 'content-type': 'application/json' } })
        break
      case 'receive':
        if (busy[what.consumer]) lines[what.consumer]!.push(what.message)
        else {
          busy[what.consumer] = true
          serve(what.consumer, what.message)
        }
        break
      case 'done': {
        const { consumer, message } = what
        loop.schedule(HOP, { verb: services[consumer]!.chance(FAILURE_RATE) ? 'requeue' : 'acknowledge', consumer, message })
        const next = lines[consumer]!.shift()
        if (next) serve(consumer, next)
        else busy[consumer] = false
        break
      }
      case 'acknowledge':
        done += 1
        sojourn.record(loop.now - Number(what.message.content))
        what.message.ack()
        break
      case 'requeue':
        requeued += 1
        what.message.nack(false, true)
    }
  }
  return { messages: done, events: loop.taken, mean: sojourn.mean(), p99: sojourn.p99(), share: requeued / (requeued + done) }
}

export const kernels: Kernels = { W4: competing }
