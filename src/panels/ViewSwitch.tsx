import { ListTree, Network, TextCursorInput } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useStore } from 'zustand'
import type { SessionState } from '../app/app.ts'
import { app } from '../app/current.ts'

const VIEWS = [
  ['canvas', 'Canvas', Network],
  ['outline', 'Outline', ListTree],
  ['text', 'Text', TextCursorInput],
] as const

/** The same topology as a picture, as a table, as text. */
export function ViewSwitch() {
  const view = useStore(app().session, state => state.view)
  return (
    <ToggleGroup.Root type="single" className="pn-views" aria-label="View" value={view} onValueChange={value => value !== '' && app().commands.patchSession({ view: value as SessionState['view'] })}>
      {VIEWS.map(([id, title, Icon]) => (
        <ToggleGroup.Item key={id} value={id} className="pn-view" aria-label={title} title={title}>
          <Icon aria-hidden="true" />
          <span>{title}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
