import { newest, type View } from './time.ts'

export interface Asking {
  readonly view: View
  /** The view goes along with the run, so long: it moves to the newest stretch when that has been told. */
  readonly follow: boolean
  readonly spanNs: number
  /** How far the run has come. */
  readonly nowNs: number
  /** What was asked for last, whether it was answered or not; null before the first time. */
  readonly asked: View | null
  readonly busy: boolean
  /** From when on the answer knows everything; later than asked for when there was too much. */
  readonly toldFromNs: number
}

/** Which stretch has to be asked for so that the view has something to show; null when nothing has. */
export function nextAsk({ view, follow, spanNs, nowNs, asked, busy, toldFromNs }: Asking): View | null {
  const seen = follow ? newest(spanNs, nowNs) : view
  const need = { fromNs: seen.fromNs, toNs: Math.min(seen.toNs, nowNs) }
  const isAsked = asked !== null && asked.fromNs <= need.fromNs && asked.toNs >= need.toNs
  if (follow) {
    // One after the other: who always asks anew is never answered.
    return busy || isAsked ? null : need
  }
  if (!isAsked) {
    // Its beginning is about to be told; the end of what is seen may just move on with the run.
    if (busy && asked !== null && asked.fromNs <= need.fromNs && asked.toNs > need.fromNs) return null
    // Somewhat more than is seen, so that moving on finds something.
    const margin = (need.toNs - need.fromNs) / 2
    return { fromNs: Math.max(0, Math.round(need.fromNs - margin)), toNs: Math.min(nowNs, Math.round(need.toNs + margin)) }
  }
  // The answer had too much to tell for what is seen, not for what was asked for around it.
  const isWider = asked.fromNs < need.fromNs || asked.toNs > need.toNs
  return !busy && toldFromNs > need.fromNs && isWider ? need : null
}
