import type { Run } from '../../../engine/run.ts'
import { CELL_SCRATCH, type Memory } from '../../../kernel/memory.ts'
import { load } from '../contestants/engine.ts'
import { Document } from '../contestants/engine-topologies.ts'
import { KernelRun } from '../contestants/kernel-run.ts'

export interface InFlight {
  readonly messages: number
  /** Of the linear memory, each. */
  readonly bytes: number
  /** What the heap grew by, and the linear memory. */
  readonly megabytes: number
}

const MESSAGES = 1_000_000
const CHANNELS = 100

/** A million messages in flight: `kernel` with a pending event each, `engine` on the wires of a topology. */
export function inFlight(what: string): InFlight {
  collect()
  const before = heap()
  let kept: KernelRun | Run
  let memory: Memory
  let used: number
  let messages = MESSAGES
  if (what === 'kernel') {
    const run = new KernelRun(1, CHANNELS)
    for (let n = 0; n < MESSAGES; n += 1) {
      run.memory.f[CELL_SCRATCH] = 1e9 + ((n * 7919) % 1e6)
      run.schedule(n % CHANNELS, 0, run.create())
    }
    used = run.memory.used
    memory = run.memory
    kept = run
  } else {
    const run = load(wires())
    const empty = run.core.memory.used
    run.advance(1e9)
    messages = run.core.messages.live
    used = run.core.memory.used - empty
    memory = run.core.memory
    kept = run
  }
  collect()
  // The linear memory may be WebAssembly's, which no figure of the process tells.
  const megabytes = (heap() - before + memory.f.byteLength) / 1e6
  return { messages, bytes: (used * 8) / messages, megabytes: kept === undefined ? NaN : megabytes }
}

/** A hundred producers whose wires take a minute. */
function wires() {
  const document = new Document().node('amqp.broker', 'broker').node('amqp.queue', 'queue', {}, 'broker')
  for (let n = 0; n < CHANNELS; n += 1) {
    document.node('app.producer', `producer-${n}`, { rate: MESSAGES / CHANNELS, arrival: 'regular', body: '' })
    document.channel('amqp.publish', `producer-${n}`, 'queue', { latency: { law: 'constant', value: 60_000 } })
  }
  return document.topology('a million in flight', 1)
}

function collect(): void {
  ;(globalThis as { gc?: () => void }).gc?.()
}

function heap(): number {
  return process.memoryUsage().heapUsed
}
