import { getViewportForBounds, useReactFlow, useStore as useFlowStore, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { findNode, type NodeId, type Topology } from '../topology/document.ts'
import type { Box } from '../app/node-sizes.ts'
import { isAnother } from './another-document.ts'
import { besideControls, type View } from './beside-controls.ts'
import { canvasUi } from './canvas-ui.ts'
import { seesCorner, shiftInto } from './reveal.ts'
import type { Scene } from './scene.ts'

export const ZOOM_MIN = 0.1
export const ZOOM_MAX = 2.5
/** The whole is shown no larger than this, with room around it. */
const FIT_ZOOM_MAX = 1.15
/** From the last row it is seen larger, below a title and above the speaker's controls. */
const PRESENT_ZOOM_MAX = 2
const PRESENT_PADDING = { top: '110px', right: '40px', bottom: '76px', left: '40px' } as const
/** The controls stand at the left, the switch of views at the top: nothing is under them. */
const FIT_PADDING = { top: '64px', right: '22px', bottom: '22px', left: '60px' } as const
/** Where there is little room, the controls and the switch have a margin only if something would be under them: all ways to leave some of them one. */
const FIT_PADDINGS_NARROW = [56, 14].flatMap(top => [22, 52].flatMap(left => [22, 52].map(bottom => ({ top: `${top}px`, right: '22px', bottom: `${bottom}px`, left: `${left}px` }) as const)))
/** Of what is large every pixel counts: it goes to the edge, behind the switch of views. */
const FAR_ZOOM = 0.5
const FAR_PADDING = { top: '22px', right: '22px', bottom: '22px', left: '50px' } as const
const NARROW_PX = 700
const LOW_PX = 320
/** Around some nodes there is more to see, as a share of the view. */
const SOME_PADDING = 0.25
const GLIDE_MS = 240

/** Where the camera looks: at everything when a document is opened, and at what is selected when that is out of sight. */
export function useCamera(scene: Scene): { readonly fit: () => void; readonly moved: () => void } {
  const reduced = useStore(app().session, session => session.motion === 'reduced')
  const byHandRef = useRef(false)
  const show = useShowAll(scene)
  const fit = useCallback(() => {
    byHandRef.current = false
    show(reduced ? 0 : GLIDE_MS)
  }, [show, reduced])
  useFitOnResize(byHandRef, show)
  useFitOnOpen(scene.topology, byHandRef, show)
  useReveal(scene, reduced)
  useEffect(() => {
    const onShow = (event: Event): void => {
      const nodes = (event as CustomEvent<readonly string[] | null>).detail
      if (!nodes) return fit()
      byHandRef.current = true
      show(reduced ? 0 : GLIDE_MS, nodes)
    }
    window.addEventListener('relayground:show', onShow)
    return () => window.removeEventListener('relayground:show', onShow)
  }, [fit, show, reduced])
  const moved = useCallback(() => {
    byHandRef.current = true
  }, [])
  return { fit, moved }
}

/** Shows the whole topology, or some of its nodes. From their boxes: what is out of sight is no element, so React Flow doesn't know it. */
function useShowAll(scene: Scene): (durationMs: number, nodes?: readonly NodeId[]) => void {
  const flow = useReactFlow()
  const store = useStoreApi()
  const latest = useRef(scene)
  useEffect(() => {
    latest.current = scene
  }, [scene])
  return useCallback((duration, nodes) => {
    const { width, height } = store.getState()
    const { boxes } = latest.current
    const presenting = app().session.getState().presenting !== null
    const bounds = extentOf(nodes ? new Map(nodes.flatMap(id => (boxes.has(id) ? [[id, boxes.get(id)!]] : []))) : boxes)
    if (!bounds || width === 0) return
    const from = (padding: Parameters<typeof getViewportForBounds>[5]) => getViewportForBounds(bounds, width, height, ZOOM_MIN, presenting ? PRESENT_ZOOM_MAX : FIT_ZOOM_MAX, padding)
    const whole = (): View => {
      if (width < NARROW_PX || height < LOW_PX) return besideControls(FIT_PADDINGS_NARROW.map(from), boxes.values(), controlsOver())
      const view = from(FIT_PADDING)
      return view.zoom < FAR_ZOOM ? from(FAR_PADDING) : view
    }
    void flow.setViewport(presenting ? from(PRESENT_PADDING) : nodes ? from(SOME_PADDING) : whole(), { duration })
    canvasUi.setState({ framed: true })
  }, [flow, store])
}

/** Where controls stand over the canvas, in px from its corner. */
function controlsOver(): Box[] {
  const canvas = document.querySelector('.cv-canvas')?.getBoundingClientRect()
  if (!canvas) return []
  return [...document.querySelectorAll('[data-over-canvas]')].map(one => {
    const { x, y, width, height } = one.getBoundingClientRect()
    return { x: x - canvas.x, y: y - canvas.y, width, height }
  })
}

/** The box around all of them; null when there are none. */
export function extentOf(boxes: ReadonlyMap<NodeId, Box>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes.values()) {
    left = Math.min(left, box.x)
    top = Math.min(top, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return right < left ? null : { x: left, y: top, width: right - left, height: bottom - top }
}

/** Until someone moves the camera, the whole topology stays in view when panels open and close. */
function useFitOnResize(byHandRef: React.RefObject<boolean>, show: (durationMs: number) => void): void {
  const width = useFlowStore(state => state.width)
  const height = useFlowStore(state => state.height)
  useEffect(() => {
    const kept = app().document.getState().topology.viewport !== undefined
    if (kept && width > 0) canvasUi.setState({ framed: true })
    if (width > 0 && height > 0 && !byHandRef.current && !kept) show(0)
  }, [show, width, height, byHandRef])
}

function useFitOnOpen(topology: Topology, byHandRef: React.RefObject<boolean>, show: (durationMs: number) => void): void {
  const flow = useReactFlow()
  const before = useRef(topology)
  useEffect(() => {
    const other = isAnother(before.current, topology)
    before.current = topology
    if (!other) return
    byHandRef.current = false
    if (topology.viewport) void flow.setViewport(topology.viewport)
    else show(0)
  }, [flow, topology, byHandRef, show])
}

/** Brings a newly selected node into view, wherever it was selected, and one that was placed all of it. */
function useReveal(scene: Scene, reduced: boolean): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  const latest = useRef(scene)
  useEffect(() => {
    latest.current = scene
  }, [scene])
  useEffect(() => {
    let known = app().document.getState().topology
    const reveal = (id: NodeId, isNew: boolean) => {
      const box = latest.current.boxes.get(id)
      const { width, height, transform } = store.getState()
      if (!box || width === 0) return
      const [x, y, zoom] = transform
      const onScreen = { x: box.x * zoom + x, y: box.y * zoom + y, width: box.width * zoom, height: box.height * zoom }
      const shift = isNew ? shiftInto(onScreen, { width, height }) : null
      const duration = reduced ? 0 : GLIDE_MS
      if (shift && (shift.x !== 0 || shift.y !== 0)) void flow.setViewport({ x: x + shift.x, y: y + shift.y, zoom }, { duration })
      else if (!seesCorner(onScreen, { width, height })) void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration })
    }
    return app().session.subscribe((session, last) => {
      if (session.selection === last.selection) return
      const [only, ...more] = session.selection.nodes
      const { topology } = app().document.getState()
      const isNew = only !== undefined && findNode(known, only) === undefined && !isAnother(known, topology)
      known = topology
      if (only === undefined || more.length > 0) return
      // The document may just have got this node: look after it has been laid out.
      requestAnimationFrame(() => reveal(only, isNew))
    })
  }, [flow, store, reduced])
}
