import type { Crossing } from '../contract/sequence.ts'
import { isSame } from './sequence-store.ts'

export type Step = 'next' | 'previous' | 'onward' | 'back' | 'first' | 'last'

/** The crossing that the keyboard goes to: in order of departure, or (onward, back) along the same message. */
export function walked(crossings: readonly Crossing[], active: Crossing | null, step: Step): Crossing | undefined {
  const at = crossings.findIndex(one => isSame(one, active))
  if (step === 'first' || (at < 0 && (step === 'next' || step === 'onward'))) return crossings[0]
  if (step === 'last' || at < 0) return crossings.at(-1)
  const identity = crossings[at]!.identity
  switch (step) {
    case 'next':
      return crossings[Math.min(at + 1, crossings.length - 1)]
    case 'previous':
      return crossings[Math.max(at - 1, 0)]
    case 'onward':
      return crossings.find((one, index) => index > at && one.identity === identity)
    case 'back':
      return crossings.findLast((one, index) => index < at && one.identity === identity)
  }
}
