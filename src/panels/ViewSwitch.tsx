import { ListTree, Network, TextCursorInput } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { walkRow } from '../ui/walk-row.ts'

const VIEWS = [
  ['canvas', 'Canvas', Network],
  ['outline', 'Outline', ListTree],
  ['text', 'Text', TextCursorInput],
] as const

/** The same topology as a picture, as a table, as text. */
export function ViewSwitch() {
  const view = useStore(app().session, state => state.view)
  return (
    <div role="radiogroup" className="pn-views" data-over-canvas aria-label="View" tabIndex={-1} onKeyDown={walkRow}>
      {VIEWS.map(([id, title, Icon]) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a view is chosen by pressing it, not by walking past it
        <button key={id} type="button" role="radio" aria-checked={view === id} data-state={view === id ? 'on' : 'off'} tabIndex={view === id ? 0 : -1} className="ui-segment" aria-label={title} title={title} onClick={() => app().commands.patchSession({ view: id })}>
          <Icon aria-hidden="true" />
          <span>{title}</span>
        </button>
      ))}
    </div>
  )
}
