import type { StoreApi } from 'zustand/vanilla'
import type { Topology } from '../topology/document.ts'
import type { Problem } from '../topology/problem.ts'
import type { RunState, Selection } from './app.ts'

/** More than these at once are told in the inspector only: a wall of notices hides what it speaks of. */
const TOLD_AT_ONCE = 2

/** Keeps what products refuse now, and tells of what has just come up. */
export function tellTroubles(run: StoreApi<RunState>, troubles: readonly Problem[], notify: (problem: Problem) => void): void {
  const before = run.getState().troubles
  run.setState({ troubles })
  const fresh = troubles.filter(one => !before.some(old => old.part === one.part && old.says === one.says))
  for (const problem of fresh.slice(0, TOLD_AT_ONCE)) notify(problem)
}

/** The part as a selection: a node, a channel, or nothing where it is gone. */
export function selectionOf(topology: Topology, part: string | undefined): Selection {
  return { nodes: topology.nodes.filter(node => node.id === part).map(node => node.id), channels: topology.channels.filter(channel => channel.id === part).map(channel => channel.id) }
}
