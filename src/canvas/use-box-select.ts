import { useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { app } from '../app/current.ts'
import { overlaps, type Box } from '../app/node-sizes.ts'
import type { NodeId } from '../topology/document.ts'
import type { Scene } from './scene.ts'

/** Where nodes are painted, React Flow knows a few of them only: a box that is drawn around others selects by where the document has them. */
export function useBoxSelect(scene: Scene, map: boolean): void {
  const store = useStoreApi()
  useEffect(() => {
    if (!map) return
    return store.subscribe((state, before) => {
      const rect = before.userSelectionRect
      if (!rect || state.userSelectionRect || !before.userSelectionActive) return
      const [x, y, zoom] = state.transform
      const nodes = nodesIn(scene, { x: (rect.x - x) / zoom, y: (rect.y - y) / zoom, width: rect.width / zoom, height: rect.height / zoom })
      // After what React Flow makes of the few that it knows.
      queueMicrotask(() => app().commands.select({ nodes, channels: [] }))
    })
  }, [store, scene, map])
}

/** Nodes that a box touches; what holds others only when all of it is inside, or every box within a broker would mean the broker. */
export function nodesIn(scene: Pick<Scene, 'boxes' | 'containers' | 'topology'>, box: Box): readonly NodeId[] {
  return scene.topology.nodes.flatMap(({ id }) => {
    const own = scene.boxes.get(id)
    if (!own) return []
    const whole = own.x >= box.x && own.y >= box.y && own.x + own.width <= box.x + box.width && own.y + own.height <= box.y + box.height
    return whole || (!scene.containers.has(id) && overlaps(own, box)) ? [id] : []
  })
}
