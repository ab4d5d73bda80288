import { SendHorizontal } from 'lucide-react'
import { app } from '../app/current.ts'
import './SendButton.css'

/** Sends one message by the node's own template. The same is in the node's menu, for the keyboard. */
export function SendButton({ id, label }: { readonly id: string; readonly label: string }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className="cv-send nodrag nopan nokey"
      aria-label={`Send one message from ${label}`}
      title="Send one message"
      // The keyboard stays where it was: on the canvas.
      onMouseDown={event => event.preventDefault()}
      onDoubleClick={event => event.stopPropagation()}
      onClick={event => {
        event.stopPropagation()
        void app().commands.send(id)
      }}
    >
      <SendHorizontal size={14} strokeWidth={2} aria-hidden="true" />
    </button>
  )
}
