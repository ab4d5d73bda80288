import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, CELL_NOW } from '../../../kernel/memory.ts'
import { randomStream } from '../../../kernel/random.ts'
import { KernelCode, STRETCH } from '../contestants/kernel/code.ts'
import { KernelRun } from '../contestants/kernel-run.ts'
import { measured, pause } from '../measure.ts'

/** Whose steps are measured, on one and the same list. */
export const PENDING_LISTS = ['machine', 'typescript'] as const
export type PendingList = (typeof PENDING_LISTS)[number]

const TURNS = 1_600_000
const SOURCES = 32
const DELAYS = 65_536
const MEAN_NS = 1e7

/** Nanoseconds of user CPU to take the earliest of so many events and to schedule it anew, after an exponential time. */
export async function hold(list: PendingList, pending: number): Promise<{ readonly nanoseconds: number; readonly bytes: number }> {
  const run = new KernelRun(1, SOURCES)
  const { memory, events } = run
  const random = randomStream(1, 'delays')
  const delays = memory.reserve(DELAYS)
  for (let n = 0; n < DELAYS; n += 1) memory.f[delays + n] = 1 + Math.floor(random.exponential() * MEAN_NS)
  const used = memory.used
  for (let n = 0; n < pending; n += 1) {
    memory.f[CELL_EVENT_TIME] = memory.f[delays + ((n * 7919) % DELAYS)]!
    memory.f[CELL_EVENT_COUNTER] = n
    events.add(n % SOURCES, 1, 0, 0)
  }
  const bytes = ((memory.used - used) * 8) / pending
  const turns = list === 'machine' ? turnsOfMachine(run, delays) : (count: number): void => turn(run, delays, count)
  turns(Math.max(TURNS / 4, pending))
  await pause(50)
  const { cost } = await measured(() => turns(TURNS))
  return { nanoseconds: (cost.userSeconds / TURNS) * 1e9, bytes }
}

function turnsOfMachine(run: KernelRun, delays: number): (turns: number) => void {
  const code = new KernelCode(run)
  return turns => {
    for (let left = turns; left > 0; left -= STRETCH) code.steps.hold(Math.min(left, STRETCH), SOURCES, delays, DELAYS)
  }
}

function turn({ memory, events }: KernelRun, delays: number, turns: number): void {
  for (let n = 0; n < turns; n += 1) {
    events.take()
    const { f } = memory
    f[CELL_NOW] = f[CELL_EVENT_TIME]!
    f[CELL_EVENT_TIME]! += f[delays + (n % DELAYS)]!
    f[CELL_EVENT_COUNTER]! += 1
    events.add(n % SOURCES, 1, 0, 0)
  }
}
