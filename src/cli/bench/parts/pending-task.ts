import { EventList } from '../../../kernel/event-list.ts'
import { CELL_EVENT_COUNTER, CELL_EVENT_TIME, Memory } from '../../../kernel/memory.ts'
import { randomStream } from '../../../kernel/random.ts'
import { measured, pause } from '../measure.ts'

const TURNS = 1_500_000
const SOURCES = 32
const DELAYS = 65_536
const MEAN_NS = 1e7

/** Nanoseconds of user CPU to take the earliest of so many events and to schedule it anew, after an exponential time. */
export async function hold(pending: number): Promise<{ readonly nanoseconds: number; readonly bytes: number }> {
  const memory = new Memory()
  const events = new EventList(memory)
  const random = randomStream(1, 'delays')
  const delays = Float64Array.from({ length: DELAYS }, () => 1 + Math.floor(random.exponential() * MEAN_NS))
  for (let source = 0; source < SOURCES; source += 1) events.setRank(source, source)
  for (let n = 0; n < pending; n += 1) {
    memory.f[CELL_EVENT_TIME] = delays[(n * 7919) % DELAYS]!
    memory.f[CELL_EVENT_COUNTER] = n
    events.add(n % SOURCES, 1, 0, 0)
  }
  const bytes = (memory.used * 8) / pending
  turn(memory, events, delays, Math.max(TURNS / 4, pending))
  await pause(50)
  const { cost } = await measured(() => turn(memory, events, delays, TURNS))
  return { nanoseconds: (cost.userSeconds / TURNS) * 1e9, bytes }
}

function turn(memory: Memory, events: EventList, delays: Float64Array, turns: number): void {
  for (let n = 0; n < turns; n += 1) {
    const now = events.nextTime()
    events.take()
    const { f } = memory
    f[CELL_EVENT_TIME] = now + delays[n % DELAYS]!
    f[CELL_EVENT_COUNTER]! += 1
    events.add(n % SOURCES, 1, 0, 0)
  }
}
