import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Channel } from '../topology/document.ts'
import { pointOn } from './edge-paths.ts'
import { PAUSE_NAMES, pauseAt } from './pause-marks.ts'
import type { Scene } from './scene.ts'
import './PauseLayer.css'

/** Beside the middle, where a channel's label stands. */
const ALONG = 0.28

/** The dots of breakpoints on channels; those on nodes belong to them. Screen readers hear of both by the names of the parts. */
export function PauseLayer({ scene, channels }: { readonly scene: Scene; readonly channels: readonly Channel[] }) {
  const watching = useStore(app().watching)
  return channels.map(({ id }) => {
    const pauses = pauseAt(watching, { part: 'channel', id })
    const curve = scene.curves.get(id)
    if (pauses === undefined || !curve) return null
    const { x, y } = pointOn(curve, ALONG)
    return <span key={id} className="cv-pause cv-pause--channel" data-pause={pauses} title={PAUSE_NAMES[pauses]} aria-hidden="true" style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }} />
  })
}
