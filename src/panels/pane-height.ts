import { createStore } from 'zustand/vanilla'

const KEY = 'relayground.pane-height'
/** Room for the tabs and a few lines below them. */
export const PANE_HEIGHT_LEAST = 140
/** So much of the canvas stays in sight. */
export const CANVAS_LEAST = 110
const STEP = 16
const PAGE = 96

/** How high, in pixels, what is open below the canvas is; null as long as nobody has chosen. This browser remembers it. */
export const paneHeight = createStore<{ readonly chosen: number | null }>(() => ({ chosen: stored() }))

paneHeight.subscribe(({ chosen }) => {
  try {
    if (chosen === null) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, String(chosen))
  } catch {
    // Storage is denied in some frames: the height lasts as long as the page.
  }
})

function stored(): number | null {
  try {
    return readHeight(localStorage.getItem(KEY))
  } catch {
    return null
  }
}

/** What was kept, if it is a height that could have been chosen. */
export function readHeight(kept: string | null): number | null {
  const height = Number(kept)
  return kept !== null && Number.isInteger(height) && height >= PANE_HEIGHT_LEAST ? height : null
}

interface Reach {
  readonly now: number
  /** Of the canvas and the pane together. */
  readonly room: number
}

/** The nearest height that leaves room for both. */
export function heightWithin(wanted: number, room: number): number {
  return Math.round(Math.max(PANE_HEIGHT_LEAST, Math.min(wanted, room - CANVAS_LEAST)))
}

/** What a key at the edge makes of the height: null gives it back to the page, undefined is no key of the edge. */
export function heightByKey(key: string, { now, room }: Reach): number | null | undefined {
  const by: Readonly<Record<string, number>> = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: PAGE, PageDown: -PAGE, Home: -Infinity, End: Infinity }
  if (key === 'Enter') return null
  const step = by[key]
  return step === undefined ? undefined : heightWithin(now + step, room)
}
