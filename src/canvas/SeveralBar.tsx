import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { endSeveral } from '../app/select-several.ts'
import { Button } from '../ui/Button.tsx'
import './SeveralBar.css'

/** While several nodes are chosen one by one: how many there are, and the ways on. */
export function SeveralBar() {
  const { commands, session } = app()
  const on = useStore(session, state => state.several)
  const count = useStore(session, state => state.selection.nodes.length + state.selection.channels.length)
  if (!on) return null
  return (
    <div className="cv-several nopan nokey" role="toolbar" aria-label="Select several">
      <span>{count === 0 ? 'Tap what belongs together' : `${count} selected`}</span>
      {count > 1 ? <Button onClick={() => commands.patchSession({ drawer: 'inspector' })}>Settings</Button> : null}
      <Button look="primary" onClick={() => endSeveral(app())}>
        Done
      </Button>
    </div>
  )
}
