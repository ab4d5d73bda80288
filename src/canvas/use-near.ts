import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { canvasUi } from './canvas-ui.ts'
import { nodeAt } from './pick.ts'
import type { Scene } from './scene.ts'

/** Smaller than this on the screen a node can't be grabbed: a press there moves the camera. */
const GRABBED_PX_LEAST = 20

/** In map mode the node under the pointer becomes an element, so that it can be dragged, connected and asked like any other. */
export function useNear(scene: Scene, map: boolean): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  useEffect(() => {
    const pane = store.getState().domNode
    if (!map || !pane) return
    const look = (event: PointerEvent): void => {
      if (event.buttons !== 0) return
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false })
      const id = nodeAt(scene, at)
      const box = id === null || scene.containers.has(id) ? undefined : scene.boxes.get(id)
      const near = box && box.height * flow.getZoom() >= GRABBED_PX_LEAST ? id : null
      if (canvasUi.getState().near !== near) canvasUi.setState({ near })
    }
    pane.addEventListener('pointermove', look)
    return () => {
      pane.removeEventListener('pointermove', look)
      canvasUi.setState({ near: null })
    }
  }, [scene, map, flow, store])
}
