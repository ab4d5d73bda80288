import type { StoreApi } from 'zustand/vanilla'
import type { Topology } from '../topology/document.ts'
import type { Problem } from '../topology/problem.ts'
import type { Notice, RunState, Selection, SessionState } from './app.ts'

/** One notice speaks of all troubles: a wall of them would hide what they speak of. */
const NOTICE_ID = -1

export interface TroublesContext {
  readonly run: StoreApi<RunState>
  readonly session: StoreApi<SessionState>
  show(problem: Problem): void
}

/** Keeps what products refuse now, tells of what has just come up, and takes it back when all works. */
export function tellTroubles({ run, session, show }: TroublesContext, troubles: readonly Problem[]): void {
  const before = run.getState().troubles
  run.setState({ troubles })
  const fresh = troubles.filter(one => !before.some(old => old.part === one.part && old.says === one.says))
  const notices = session.getState().notices.filter(one => one.id !== NOTICE_ID)
  const newest = fresh.at(-1)
  if (newest) session.setState({ notices: [...notices, noticeOf(newest, troubles.length, show)] })
  else if (troubles.length === 0 && before.length > 0) session.setState({ notices })
}

function noticeOf(problem: Problem, count: number, show: (problem: Problem) => void): Notice {
  const more = count === 1 ? '' : ` (One of ${count} problems.)`
  return { id: NOTICE_ID, tone: 'problem', says: `${problem.says}${more}`, action: { label: 'Show', run: () => show(problem) } }
}

/** The part as a selection: a node, a channel, or nothing where it is gone. */
export function selectionOf(topology: Topology, part: string | undefined): Selection {
  return { nodes: topology.nodes.filter(node => node.id === part).map(node => node.id), channels: topology.channels.filter(channel => channel.id === part).map(channel => channel.id) }
}
