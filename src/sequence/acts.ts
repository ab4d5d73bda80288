import type { App } from '../app/app.ts'
import type { Crossing } from '../contract/sequence.ts'
import { filtered } from './filter.ts'
import { look, sequenceStore, wish, type SequenceState } from './sequence-store.ts'
import { newest, panned, zoomed } from './time.ts'
import { walked, type Step } from './walk.ts'
import { crossingText } from './words.ts'

export function openAs({ commands }: App, mode: SequenceState['mode']): void {
  commands.patchSession({ pane: 'sequence', chartsOpen: false, drawer: 'none' })
  wish({ mode, table: false })
}

/** Those in sight, in order of departure. */
function crossingsInSight(): readonly Crossing[] {
  const { sequence, filter, hidden, view } = sequenceStore.getState()
  if (!sequence) return []
  return filtered(sequence, filter).crossings.filter(one => one.departNs <= view.toNs && one.endNs >= view.fromNs && !hidden.has(one.from) && !hidden.has(one.to))
}

export function walk({ commands, figures }: App, step: Step): void {
  const { sequence, filter, hidden, active, view } = sequenceStore.getState()
  if (!sequence) return
  // Home and End stay in sight; steps go on to what is known beyond, and the view follows.
  const known = step === 'first' || step === 'last' || active === null ? crossingsInSight() : filtered(sequence, filter).crossings.filter(one => !hidden.has(one.from) && !hidden.has(one.to))
  const crossing = walked(known, active, step)
  if (!crossing) return commands.announce(known.length === 0 ? 'No messages in sight' : 'No further crossing of this message is known')
  sequenceStore.setState({ active: crossing, follow: false })
  commands.announce(crossingText(sequence, crossing))
  const nowNs = figures.nowNs()
  const span = view.toNs - view.fromNs
  if (crossing.departNs < view.fromNs) look(panned(view, { byNs: crossing.departNs - view.fromNs - span * 0.2, nowNs }))
  else if (crossing.departNs > view.toNs) look(panned(view, { byNs: crossing.departNs - view.toNs + span * 0.2, nowNs }))
}

export function openActive({ commands }: App): void {
  const { active } = sequenceStore.getState()
  if (active) commands.showCrossing(active)
}

/** Nearer or farther, around what is active or else the middle. */
export function zoom({ figures }: App, by: number, aroundNs?: number): void {
  const { view, active } = sequenceStore.getState()
  const at = aroundNs ?? (active && active.departNs >= view.fromNs && active.departNs <= view.toNs ? active.departNs : (view.fromNs + view.toNs) / 2)
  look(zoomed(view, { by, aroundNs: at, nowNs: figures.nowNs() }))
}

export function pan({ figures }: App, share: number): void {
  const { view } = sequenceStore.getState()
  look(panned(view, { byNs: (view.toNs - view.fromNs) * share, nowNs: figures.nowNs() }))
}

export function showNewest({ figures }: App, spanNs: number): void {
  sequenceStore.setState({ spanNs, view: newest(spanNs, figures.nowNs()), follow: true })
}

export function toggleFollow(): void {
  sequenceStore.setState(({ follow }) => ({ follow: !follow }))
}

export function leave({ commands, session }: App): void {
  const { active } = sequenceStore.getState()
  sequenceStore.setState({ active: null })
  if (session.getState().message !== null) commands.closeMessage()
  else if (active === null) commands.patchSession({ pane: 'none' })
}
