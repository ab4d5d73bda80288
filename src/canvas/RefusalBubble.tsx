import { useStore } from 'zustand'
import { canvasUi } from './canvas-ui.ts'
import './RefusalBubble.css'

/** Why a channel can't be drawn here, beside where it was dropped. The live region says it too. */
export function RefusalBubble() {
  const refusal = useStore(canvasUi, ui => ui.refusal)
  if (!refusal) return null
  const left = Math.min(Math.max(refusal.x, 150), window.innerWidth - 150)
  return (
    <button type="button" className="cv-refusal" style={{ left, top: refusal.y + 18 }} title="Dismiss" onClick={() => canvasUi.setState({ refusal: null })}>
      {refusal.says}
    </button>
  )
}
