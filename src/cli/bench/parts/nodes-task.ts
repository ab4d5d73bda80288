import { load, advance } from '../contestants/engine.ts'
import { Document } from '../contestants/engine-topologies.ts'
import { measured, pause } from '../measure.ts'

const EVENTS = 1_200_000
/** Messages a second of each of the small lines that a topology is made of. */
const RATE = 80

export interface Grown {
  readonly nodes: number
  readonly nanosecondsPerEvent: number
  /** From the text of the document to a run that can begin. */
  readonly loadMs: number
}

/** A topology of about so many nodes: lines of producer, queue and consumer, in one broker; every wire takes time. */
export async function grown(count: number): Promise<Grown> {
  const lines = Math.max(1, Math.floor((count - 1) / 3))
  const wire = { latency: { law: 'constant', value: 1 } }
  const document = new Document().node('amqp.broker', 'broker')
  for (let n = 0; n < lines; n += 1) {
    document.node('app.producer', `producer-${n}`, { rate: RATE, body: '' })
    document.node('amqp.queue', `queue-${n}`, {}, 'broker')
    document.node('app.consumer', `consumer-${n}`, { serviceTime: { law: 'exponential', mean: 10 } })
    document.channel('amqp.publish', `producer-${n}`, `queue-${n}`, wire)
    document.channel('amqp.consume', `queue-${n}`, `consumer-${n}`, { ...wire, prefetch: 10 })
  }
  const topology = document.topology(`${count} nodes`, 1)
  const startMs = performance.now()
  const run = load(topology)
  const loadMs = performance.now() - startMs
  const until = (events: number): void => void advance(run, RATE * lines * 5, events, () => run.events)
  until(EVENTS / 3)
  await pause(50)
  const before = run.events
  const { cost } = await measured(() => until(before + EVENTS))
  return { nodes: document.nodes.length, nanosecondsPerEvent: (cost.userSeconds / (run.events - before)) * 1e9, loadMs }
}
