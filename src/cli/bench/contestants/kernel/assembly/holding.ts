import { getF } from '../../../../../machine/assembly/memory'
import { next, schedule } from './happening'

/** Takes the earliest event and schedules one anew, so many times, after one delay after the other; sources take turns. */
export function hold(turns: i32, sources: i32, delays: i32, count: i32): void {
  for (let n = 0; n < turns; n += 1) {
    next()
    schedule(getF(delays, n % count), n % sources, 0, 0)
  }
}
