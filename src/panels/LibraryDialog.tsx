import './library.css'
import { Copy, Trash2 } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { KeptTopology } from '../app/commands.ts'
import { app } from '../app/current.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

/** The topologies that this browser keeps: to open, to duplicate, to delete. */
export function LibraryDialog({ onClose }: { readonly onClose: () => void }) {
  const { commands } = app()
  const [{ kept, now }, setRead] = useState<{ readonly kept: readonly KeptTopology[] | null; readonly now: number }>({ kept: null, now: 0 })
  const read = useCallback(async () => {
    const found = await commands.keptTopologies()
    setRead({ kept: found, now: Date.now() })
  }, [commands])
  useEffect(() => {
    void read()
    // Another tab may have changed some meanwhile.
    const again = (): void => void read()
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [read])
  return (
    <Dialog title="Your topologies" description="Kept in this browser, each with what can be undone. To have one elsewhere, save it to a file or share it as a link." onClose={onClose}>
      {kept?.length === 0 ? <p className="ui-muted">None yet: what you change is kept here by itself.</p> : null}
      <ul className="pn-library">
        {kept?.map(one => (
          <Line
            key={one.id}
            kept={one}
            now={now}
            onOpen={() => {
              onClose()
              void commands.openKept(one.id)
            }}
            onChange={async change => {
              await change
              await read()
            }}
          />
        ))}
      </ul>
      <div className="pn-row">
        <Button
          look="outline"
          onClick={() => {
            onClose()
            app().actions.find(action => action.id === 'new')?.run(app())
          }}
        >
          Start blank
        </Button>
      </div>
    </Dialog>
  )
}

function Line({ kept, now, onOpen, onChange }: { readonly kept: KeptTopology; readonly now: number; readonly onOpen: () => void; readonly onChange: (change: Promise<void>) => Promise<void> }) {
  const { commands } = app()
  const where = { here: 'open here', elsewhere: 'open in another tab', nowhere: '' }[kept.open]
  return (
    <li className="pn-library-line" data-open={kept.open}>
      <button type="button" className="pn-library-open" disabled={kept.open === 'here'} onClick={onOpen}>
        <strong>{kept.title}</strong>
        <small>{[`${kept.nodes} nodes`, ago(now - kept.savedAt), where].filter(text => text !== '').join(' · ')}</small>
      </button>
      <IconButton name={`Duplicate ${kept.title}`} onClick={() => void onChange(commands.duplicateKept(kept.id))}>
        <Copy />
      </IconButton>
      <IconButton name={`Delete ${kept.title}`} look="danger" disabled={kept.open !== 'nowhere'} hint={kept.open === 'nowhere' ? `Delete ${kept.title}` : 'Close it before you delete it'} onClick={() => void onChange(commands.deleteKept(kept.id))}>
        <Trash2 />
      </IconButton>
    </li>
  )
}

const STEPS: readonly (readonly [number, Intl.RelativeTimeFormatUnit])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
]

function ago(ms: number): string {
  const [length, unit] = STEPS.find(([length]) => ms >= length) ?? [0, 'minute']
  return length === 0 ? 'just now' : new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-Math.floor(ms / length), unit)
}
