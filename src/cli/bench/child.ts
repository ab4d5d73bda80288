import { CONTESTANTS } from './contestants.ts'
import { measured, pause, type Cost } from './measure.ts'
import type { PendingList } from './parts/pending-task.ts'
import type { Outcome, Workload } from './workload.ts'

/** Tasks of child processes: each prints one line of JSON. Their modules are loaded when they are asked for, so that nobody pays for another's. */
const TASKS: Readonly<Record<string, (args: readonly string[]) => Promise<unknown>>> = {
  contest: ([name, workload, messages, seed]) => contest(name!, workload as Workload, Number(messages), Number(seed)),
  pending: async ([list, pending]) => (await import('./parts/pending-task.ts')).hold(list as PendingList, Number(pending)),
  memory: async ([what]) => (await import('./parts/memory-task.ts')).inFlight(what!),
  nodes: async ([count]) => (await import('./parts/nodes-task.ts')).grown(Number(count)),
}

export async function runTask([task, ...args]: readonly string[]): Promise<void> {
  console.log(JSON.stringify(await TASKS[task!]!(args)))
}

/** Warm-up pieces, with pauses so that compilation in the background ends. */
const WARM_UPS = 4
const WARM_UP_SHARE = 1 / 40

async function contest(name: string, workload: Workload, messages: number, seed: number): Promise<Outcome & Cost> {
  const { start } = CONTESTANTS.find(one => one.name === name)!
  if (start.by !== 'node') throw new Error(`${name} does not run in Node`)
  const kernel = (await start.load()).kernels[workload]!
  for (let n = 1; n <= WARM_UPS; n += 1) {
    await kernel(Math.ceil(messages * WARM_UP_SHARE), seed + n)
    await pause(40)
  }
  const { result, cost } = await measured(() => kernel(messages, seed))
  return { ...result, ...cost }
}
