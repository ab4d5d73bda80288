import type { Box } from '../app/node-sizes.ts'

export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The largest of some views in which no box lies under any of the controls, which are in px from the corner of the canvas; the first where there is none. */
export function besideControls(views: readonly View[], boxes: Iterable<Box>, controls: readonly Box[]): View {
  const all = [...boxes]
  const free = views.filter(view => !all.some(box => controls.some(control => covers(control, onScreen(box, view)))))
  return free.reduce((best, view) => (view.zoom > best.zoom ? view : best), free[0] ?? views[0]!)
}

function onScreen(box: Box, { x, y, zoom }: View): Box {
  return { x: box.x * zoom + x, y: box.y * zoom + y, width: box.width * zoom, height: box.height * zoom }
}

function covers(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height
}
