import { app } from '../app/current.ts'
import { findChannel, findNode, type NodeId } from '../topology/document.ts'
import { canvasUi } from './canvas-ui.ts'

/** Further back than that nobody remembers where the keyboard was. */
const NODES_MAX = 20

/** When what the keyboard is at goes, by an undo or a deletion, it is at the last node before that is still there. Returns the way to stop. */
export function keepPlace(): () => void {
  /** Newest first. */
  let visited: readonly NodeId[] = []
  const stopWatching = canvasUi.subscribe(({ active }, before) => {
    if (active?.part === 'node' && active !== before.active) visited = [active.id, ...visited.filter(id => id !== active.id)].slice(0, NODES_MAX)
  })
  const stopKeeping = app().document.subscribe(({ topology }) => {
    const { active } = canvasUi.getState()
    if (!active || (active.part === 'node' ? findNode(topology, active.id) : findChannel(topology, active.id))) return
    const id = visited.find(one => findNode(topology, one))
    canvasUi.setState({ active: id === undefined ? null : { part: 'node', id } })
  })
  return () => {
    stopWatching()
    stopKeeping()
  }
}
