import { useReactFlow, useStore as useFlowStore, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { NodeId, Topology } from '../topology/document.ts'
import { isAnother } from './another-document.ts'
import type { Scene } from './scene.ts'

export const ZOOM_MIN = 0.1
export const ZOOM_MAX = 2.5
export const FIT = { padding: '22px', maxZoom: 1.15, minZoom: ZOOM_MIN } as const

/** Where the camera looks: at everything when a document is opened, and at what is selected when that is out of sight. */
export function useCamera(scene: Scene): { readonly fit: () => void; readonly moved: () => void } {
  const flow = useReactFlow()
  const reduced = useStore(app().session, session => session.motion === 'reduced')
  const byHandRef = useRef(false)
  const fit = useCallback(() => {
    byHandRef.current = false
    void flow.fitView({ ...FIT, duration: reduced ? 0 : 240 })
  }, [flow, reduced])
  useFitOnResize(byHandRef)
  useFitOnOpen(scene.topology, byHandRef)
  useReveal(scene, reduced)
  useEffect(() => {
    const show = (event: Event): void => {
      const nodes = (event as CustomEvent<readonly string[] | null>).detail
      if (!nodes) return fit()
      byHandRef.current = true
      void flow.fitView({ ...FIT, nodes: nodes.map(id => ({ id })), padding: 0.25, duration: reduced ? 0 : 240 })
    }
    window.addEventListener('relayground:show', show)
    return () => window.removeEventListener('relayground:show', show)
  }, [fit, flow, reduced])
  const moved = useCallback(() => {
    byHandRef.current = true
  }, [])
  return { fit, moved }
}

/** Until someone moves the camera, the whole topology stays in view when panels open and close. */
function useFitOnResize(byHandRef: React.RefObject<boolean>): void {
  const flow = useReactFlow()
  const width = useFlowStore(state => state.width)
  const height = useFlowStore(state => state.height)
  useEffect(() => {
    const kept = app().document.getState().topology.viewport !== undefined
    if (width > 0 && height > 0 && !byHandRef.current && !kept) void flow.fitView(FIT)
  }, [flow, width, height, byHandRef])
}

function useFitOnOpen(topology: Topology, byHandRef: React.RefObject<boolean>): void {
  const flow = useReactFlow()
  const before = useRef(topology)
  useEffect(() => {
    const other = isAnother(before.current, topology)
    before.current = topology
    if (!other) return
    byHandRef.current = false
    if (topology.viewport) void flow.setViewport(topology.viewport)
    else void flow.fitView(FIT)
  }, [flow, topology, byHandRef])
}

/** Brings a newly selected node into view, wherever it was selected. */
function useReveal(scene: Scene, reduced: boolean): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  const latest = useRef(scene)
  useEffect(() => {
    latest.current = scene
  }, [scene])
  useEffect(() => {
    const reveal = (id: NodeId) => {
      const box = latest.current.boxes.get(id)
      const { width, height, transform } = store.getState()
      if (!box || width === 0) return
      const [x, y, zoom] = transform
      const left = box.x * zoom + x
      const top = box.y * zoom + y
      const sees = left + box.width * zoom > 24 && top + box.height * zoom > 24 && left < width - 24 && top < height - 24
      if (!sees) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: reduced ? 0 : 240 })
    }
    return app().session.subscribe((session, last) => {
      const [only, ...more] = session.selection.nodes
      if (session.selection === last.selection || only === undefined || more.length > 0) return
      // The document may just have got this node: look after it has been laid out.
      requestAnimationFrame(() => reveal(only))
    })
  }, [flow, store, reduced])
}
