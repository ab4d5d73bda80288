import type { Breakpoint } from '../worker/api.ts'

/** Breakpoints by id of the topology, in this browser: they are how somebody looks at it, and no part of it. */
const KEY = 'relayground.breakpoints'
/** Topologies whose breakpoints are kept, those changed last. */
const TOPOLOGIES_MAX = 50

export function keptBreakpoints(topology: string): readonly Breakpoint[] {
  return readAll().find(([id]) => id === topology)?.[1] ?? []
}

export function keepBreakpoints(topology: string, breakpoints: readonly Breakpoint[]): void {
  const others = readAll().filter(([id]) => id !== topology)
  const all = breakpoints.length === 0 ? others : [...others, [topology, breakpoints] as const].slice(-TOPOLOGIES_MAX)
  try {
    localStorage.setItem(KEY, JSON.stringify(all))
  } catch {
    // Denied or full: they last as long as the page.
  }
}

type Kept = readonly (readonly [string, readonly Breakpoint[]])[]

function readAll(): Kept {
  try {
    const text = localStorage.getItem(KEY)
    return text === null ? [] : (JSON.parse(text) as Kept) // written by keepBreakpoints
  } catch {
    return []
  }
}
