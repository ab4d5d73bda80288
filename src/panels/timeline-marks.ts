import type { Mark } from '../worker/api.ts'

/** So many places the strip has; marks of one kind at one place are one. */
const PLACES = 160

export interface ShownMark {
  /** The newest of those at this place. */
  readonly mark: Mark
  readonly count: number
}

/** What of the marks is drawn on a strip of so much time: one of each kind at each place, so that no crash gives way to losses that came after it. */
export function shownMarks(marks: readonly Mark[], spanNs: number): readonly ShownMark[] {
  const at = new Map<string, { mark: Mark; count: number }>()
  for (const mark of marks) {
    const place = `${Math.floor((mark.atNs / spanNs) * PLACES)} ${mark.mark}`
    const there = at.get(place)
    if (there) Object.assign(there, { mark, count: there.count + 1 })
    else at.set(place, { mark, count: 1 })
  }
  return [...at.values()]
}
