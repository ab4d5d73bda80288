import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Notice } from '../app/app.ts'
import { app } from '../app/current.ts'
import { Button, IconButton } from '../ui/Button.tsx'

/** Long enough to read twice. */
const SHOWN_MS = 9000

export function Notices() {
  const notices = useStore(app().session, state => state.notices)
  return (
    <div className="pn-notices" role="log" aria-label="Notices" aria-live="polite">
      {notices.map(notice => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { id, tone, says, action } = notice
  useEffect(() => {
    if (tone === 'problem' && action) return
    const timer = setTimeout(() => app().commands.dismiss(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, tone, action])
  return (
    <div className="pn-notice" data-tone={tone}>
      <p>{says}</p>
      {action ? <Button onClick={action.run}>{action.label}</Button> : null}
      <IconButton name="Dismiss" onClick={() => app().commands.dismiss(id)}>
        <X />
      </IconButton>
    </div>
  )
}
