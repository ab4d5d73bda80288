import { X } from 'lucide-react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { emptyTopology } from '../topology/document.ts'
import { Button, IconButton } from '../ui/Button.tsx'

/** One quiet card on the first visit: what can be done here. Gone with the first edit or a click. */
export function Welcome() {
  const welcome = useStore(app().session, state => state.welcome)
  const untouched = useStore(app().document, state => state.past.length === 0)
  const { commands } = app()
  if (!welcome || !untouched) return null
  const close = (): void => commands.patchSession({ welcome: false })
  return (
    <section className="pn-welcome" aria-label="Welcome">
      <p>
        Everything is live: drag, connect, <span className="ui-by-mouse">right-click</span>
        <span className="ui-by-touch">press and hold</span> to break.
      </p>
      <Button onClick={() => commands.patchSession({ dialog: { dialog: 'palette', search: 'open ' } })}>Pick a starter</Button>
      <Button
        onClick={() => {
          close()
          commands.open(emptyTopology(), { title: 'blank start' })
        }}
      >
        Start blank
      </Button>
      <Button onClick={() => commands.patchSession({ dialog: { dialog: 'import' } })}>Import</Button>
      <IconButton name="Close" onClick={close}>
        <X />
      </IconButton>
    </section>
  )
}
