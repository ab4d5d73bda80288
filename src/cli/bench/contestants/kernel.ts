import { randomStream } from '../../../kernel/random.ts'
import { Histogram } from '../../../stats/histogram.ts'
import { ARRIVAL_RATE, CONSUMERS, PRODUCER_RATE, PRODUCERS, STATIONS, SUBSCRIBER_QUEUE_MAX, SUBSCRIBERS, UNIT_NS, type Kernels, type Outcome } from '../workload.ts'
import { KernelCode } from './kernel/code.ts'
import { KernelRun } from './kernel-run.ts'

/** No queue gets as long. */
const UNBOUNDED = 2_147_483_647

/** Ours: the kernel alone as the machine has it (event list, draws, histograms), written per workload, with the statistics of the workloads' rules. */
export const kernels: Kernels = {
  W1: (messages, seed) => {
    const { code, waits } = stations({ seed, count: 1, queueMax: UNBOUNDED, histograms: 1 })
    code.untilDone(messages, code.steps.single)
    return outcome(code, messages, waits[0]!)
  },
  W2: (messages, seed) => {
    const { code, run } = stations({ seed, count: STATIONS, queueMax: UNBOUNDED, histograms: STATIONS })
    const whole = new Histogram(run.memory)
    code.untilDone(messages, (most, budget) => code.steps.series(most, budget, whole.at))
    return outcome(code, messages, whole)
  },
  W3: (messages, seed) => {
    const { code, waits } = stations({ seed, count: SUBSCRIBERS, queueMax: SUBSCRIBER_QUEUE_MAX, histograms: 1 })
    code.untilDone(messages, code.steps.fanOut)
    return { ...outcome(code, messages, waits[0]!), share: code.steps.refusedShare() }
  },
  W4: (messages, seed) => {
    const run = new KernelRun(seed, PRODUCERS + 1 + CONSUMERS)
    const code = new KernelCode(run)
    const sojourn = new Histogram(run.memory)
    code.steps.beginQueue(sojourn.at)
    for (let n = 0; n < CONSUMERS; n += 1) code.steps.setConsumer(n, code.exponential(`consumer-${n}/service`, 1), randomStream(seed, `consumer-${n}/failure`, run.memory).at)
    for (let n = 0; n < PRODUCERS; n += 1) code.steps.setProducer(n, code.exponential(`producer-${n}`, 1 / PRODUCER_RATE))
    code.untilDone(messages, code.steps.competing)
    const requeued = code.steps.requeued()
    return { ...outcome(code, messages, sojourn), share: requeued / (requeued + messages) }
  },
}

/** Stations of one server each, fed by one source; as many histograms of their waits as stations, or one for all. */
function stations({ seed, count, queueMax, histograms }: { seed: number; count: number; queueMax: number; histograms: number }): { run: KernelRun; code: KernelCode; waits: readonly Histogram[] } {
  const run = new KernelRun(seed, count + 1)
  const code = new KernelCode(run)
  const waits = Array.from({ length: histograms }, () => new Histogram(run.memory))
  code.steps.beginStations(count, queueMax, code.exponential('source', 1 / ARRIVAL_RATE))
  for (let n = 0; n < count; n += 1) code.steps.setStation(n, code.exponential(`station-${n}`, 1), waits[n % histograms]!.at)
  return { run, code, waits }
}

function outcome(code: KernelCode, messages: number, histogram: Histogram): Outcome {
  return { messages, events: code.steps.fired(), mean: histogram.mean() / UNIT_NS, p99: histogram.percentile(0.99) / UNIT_NS }
}
