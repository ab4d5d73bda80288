import { app } from '../app/current.ts'
import { formOf, type DrawnForm } from '../app/node-sizes.ts'
import type { NodeId } from '../topology/document.ts'
import { CURVE_NUMBERS, type Card } from './painter/protocol.ts'
import type { StageClient } from './stage-client.ts'

/** Tells the painter where channels run and, in map mode, what nodes there are: at most once a frame, and only what changed. */
export function followScene(stage: StageClient): () => void {
  const { geometry, run, document } = app()
  const now = () => ({ ...geometry.getState(), layout: run.getState().layout, topology: document.getState().topology })
  let asked = 0
  let told: ReturnType<typeof now> | null = null
  const send = (): void => {
    asked = 0
    const { curves, boxes, map, layout, topology } = now()
    const begun = layout !== told?.layout
    if (begun || curves !== told?.curves) stage.setCurves(readCurves())
    if (map !== told?.map) stage.setMap(map)
    // A thousand cards are copied to the painter: not when the pointer lifts a node, nor in the midst of panning.
    if (map && (begun || !told?.map || boxes !== told.boxes || topology !== told.topology)) sendMap(stage)
    told = now()
  }
  const ask = (): void => {
    if (asked === 0) asked = requestAnimationFrame(send)
  }
  ask()
  const stops = [
    geometry.subscribe(ask),
    run.subscribe((state, before) => state.layout !== before.layout && ask()),
    document.subscribe((state, before) => state.topology !== before.topology && ask()),
    followMarks(stage),
  ]
  return () => {
    cancelAnimationFrame(asked)
    for (const stop of stops) stop()
  }
}

/** The curves by channel number, CURVE_NUMBERS each; not a number where there is none. */
function readCurves(): Float32Array<ArrayBuffer> {
  const { geometry, run } = app()
  const { curves } = geometry.getState()
  const { layout } = run.getState()
  const channels = [...layout.channels, ...layout.ways]
  const numbers = channels.reduce((most, { index }) => Math.max(most, index + 1), 0)
  const out = new Float32Array(numbers * CURVE_NUMBERS).fill(NaN)
  for (const { id, index } of channels) {
    const curve = curves.get(id)
    if (curve) out.set([curve.from.x, curve.from.y, curve.bend.x, curve.bend.y, curve.bendTo.x, curve.bendTo.y, curve.to.x, curve.to.y], index * CURVE_NUMBERS)
  }
  return out
}

/** Notes are no part of a run: the painter never meets them. */
function cardForm(form: DrawnForm): Card['form'] {
  return form === 'group' || form === 'comment' ? 'unknown' : form
}

function sendMap(stage: StageClient): void {
  const { catalogue, document, geometry, run } = app()
  const { layout } = run.getState()
  const { boxes } = geometry.getState()
  const { topology } = document.getState()
  const nodes = new Map(topology.nodes.map(node => [node.id, node]))
  const cards = layout.nodes.flatMap(({ id }): Card[] => {
    const node = nodes.get(id)
    const box = boxes.get(id)
    // A node that is gone but still in the figures keeps its place among them.
    return [{ ...(box ?? NOWHERE), form: node ? cardForm(formOf(catalogue, node)) : 'unknown', system: catalogue.familyOf(node?.type ?? '')?.colour ?? 'application', label: node?.label ?? '' }]
  })
  const dashed: boolean[] = []
  const types = new Map(topology.channels.map(channel => [channel.id, channel.type]))
  for (const { id, index } of layout.channels) dashed[index] = catalogue.channel(types.get(id) ?? '')?.form === 'dashed'
  stage.setCards({ layout: layout.version, cards, dashed, dead: layout.ways.map(({ index }) => index) })
}

/** Which nodes grow, are selected, or are elements of the page: told when it changes. */
function followMarks(stage: StageClient): () => void {
  const { figures, geometry, run, session } = app()
  let told = ''
  const send = (): void => {
    if (!geometry.getState().map) return
    const places = new Map(run.getState().layout.nodes.map(({ id }, place) => [id, place]))
    const placesOf = (ids: Iterable<NodeId>): number[] => [...ids].flatMap(id => places.get(id) ?? [])
    const marks = { growing: placesOf(figures.growing()), lifted: placesOf(geometry.getState().lifted), selected: placesOf(session.getState().selection.nodes), carried: [...geometry.getState().colours].flatMap(([id, colour]): [number, number][] => (places.has(id) ? [[places.get(id)!, colour]] : [])) }
    const text = JSON.stringify(marks)
    if (text !== told) stage.setMarked(marks)
    told = text
  }
  let seen = 0
  const stops = [
    geometry.subscribe(send),
    session.subscribe((state, before) => state.selection !== before.selection && send()),
    // Growth shows over seconds: once a second is soon enough.
    figures.subscribe(() => {
      seen += 1
      if (seen % FIGURES_A_LOOK === 0) send()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

const FIGURES_A_LOOK = 10
const NOWHERE = { x: 1e9, y: 1e9, width: 0, height: 0 }
