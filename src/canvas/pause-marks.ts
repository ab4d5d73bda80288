import type { WatchingState } from '../app/app.ts'
import type { Hit } from '../worker/api.ts'

/** How a part is marked: a run pauses at it, doesn't any more because that is turned off, or stands there now. */
export type PauseMark = 'on' | 'off' | 'here'

export const PAUSE_NAMES: Readonly<Record<PauseMark, string>> = { on: 'breakpoint', off: 'breakpoint, off', here: 'stopped at a breakpoint' }

export function pauseAt({ breakpoints, stoppedAt }: WatchingState, { part, id }: Hit['part']): PauseMark | undefined {
  const own = breakpoints.filter(({ when }) => (part === 'channel' ? when.watch === 'packet' && when.channel === id : when.watch !== 'packet' && when.node === id))
  if (own.length === 0) return undefined
  if (own.some(one => stoppedAt.some(hit => hit.breakpoint === one.id))) return 'here'
  return own.some(one => one.on) ? 'on' : 'off'
}
