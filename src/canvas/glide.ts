import type { StoreApi } from 'zustand/vanilla'
import type { DocumentState } from '../app/app.ts'
import type { Topology } from '../topology/document.ts'
import type { Place } from '../topology/edit.ts'
import { isAnother } from './another-document.ts'
import { canvasUi } from './canvas-ui.ts'

/** Long enough to be followed, short enough not to be waited for. */
const GLIDE_MS = 260
/** More nodes than this are drawn where they go at once: a slow glide is worse than none. */
const GLIDING_MAX = 200

/** Nodes that are moved by an undo, a layout or an alignment glide to their place. Returns the way to stop. */
export function installGlide(document: StoreApi<DocumentState>, still: () => boolean): () => void {
  let frame = 0
  const stop = (): void => {
    cancelAnimationFrame(frame)
    if (canvasUi.getState().glide.length > 0) canvasUi.setState({ glide: [] })
  }
  const unsubscribe = document.subscribe((state, before) => {
    if (state.topology === before.topology) return
    stop()
    if (still() || canvasUi.getState().dropping) return
    const moves = movesBetween(before.topology, state.topology)
    if (moves.length === 0 || moves.length > GLIDING_MAX) return
    const start = performance.now()
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - start) / GLIDE_MS))
      if (share === 1) return stop()
      canvasUi.setState({ glide: moves.map(move => between(move, eased(share))) })
      frame = requestAnimationFrame(step)
    }
    canvasUi.setState({ glide: moves.map(move => move.from) })
    frame = requestAnimationFrame(step)
  })
  return () => {
    unsubscribe()
    stop()
  }
}

interface Move {
  readonly from: Place
  readonly to: Place
}

/** Nodes of both topologies that stand elsewhere in the same container; none between two documents, in which the same id is no more than a coincidence. */
export function movesBetween(before: Topology, after: Topology): readonly Move[] {
  if (isAnother(before, after)) return []
  const old = new Map(before.nodes.map(node => [node.id, node]))
  return after.nodes.flatMap(node => {
    const was = old.get(node.id)
    if (!was || was === node || was.within !== node.within) return []
    const moved = was.at.x !== node.at.x || was.at.y !== node.at.y
    const resized = was.size?.width !== node.size?.width || was.size?.height !== node.size?.height
    if (!moved && !resized) return []
    return [{ from: { id: node.id, at: was.at, size: was.size ?? node.size, within: node.within }, to: { id: node.id, at: node.at, size: node.size, within: node.within } }]
  })
}

function between({ from, to }: Move, share: number): Place {
  const mix = (a: number, b: number): number => a + (b - a) * share
  const size = from.size && to.size ? { width: mix(from.size.width, to.size.width), height: mix(from.size.height, to.size.height) } : to.size
  return { ...to, at: { x: mix(from.at.x, to.at.x), y: mix(from.at.y, to.at.y) }, size }
}

/** Starts fast, arrives gently. */
function eased(share: number): number {
  return 1 - (1 - share) ** 3
}
