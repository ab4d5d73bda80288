import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { LINK_TIERS } from '../share/link-address.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { grouped } from '../ui/format.ts'

export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const inputs = useStore(app().run, state => state.inputs)
  const [journal, setJournal] = useState(false)
  const [viewport, setViewport] = useState(true)
  const [link, setLink] = useState('')
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    let current = true
    void app()
      .commands.shareLink({ journal, viewport })
      .then(made => {
        if (!current) return
        setLink(made)
        setCopied(false)
      })
    return () => {
      current = false
    }
  }, [journal, viewport])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
      app().commands.announce('Link copied')
    } catch {
      app().commands.notify('problem', 'The browser did not allow copying: select the link and copy it by hand.')
    }
  }
  // A moment later, with the link in it.
  if (link === '') return null
  const fits = LINK_TIERS.filter(tier => link.length <= tier.most).map(tier => tier.title)
  return (
    <Dialog title="Share as a link" description="The link holds the whole topology with its seed. Whoever opens it gets the same run; nothing is stored anywhere." onClose={onClose}>
      <textarea className="ui-input pn-link" aria-label="Link" readOnly value={link} onFocus={event => event.target.select()} />
      <div className="pn-row">
        <label className="pn-check">
          <input type="checkbox" checked={viewport} onChange={event => setViewport(event.target.checked)} /> where I am looking
        </label>
        {inputs > 0 ? (
          <label className="pn-check">
            <input type="checkbox" checked={journal} onChange={event => setJournal(event.target.checked)} /> what I did while it ran ({inputs})
          </label>
        ) : null}
      </div>
      <div className="pn-row">
        <Button look="primary" onClick={() => void copy()}>
          <Copy />
          {copied ? 'Copied' : 'Copy link'}
        </Button>
        <span className="ui-muted">
          {grouped(link.length)} characters{fits.length > 0 ? `; fits ${fits.join(', ')}` : '; too long for a link: export a file instead'}
        </span>
      </div>
    </Dialog>
  )
}
