import { useStore } from 'zustand'
import { actionOf, isEnabled, keyText, nameOf } from '../app/action.ts'
import { app } from '../app/current.ts'
import { ARRANGEMENTS } from '../ui/arrangements.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { useVersion } from '../ui/use-version.ts'
import { SeveralSettings } from './SeveralSettings.tsx'

const ACTS = ['crash', 'restart', 'stop', 'copy', 'duplicate', 'delete'] as const

/** What can be done with several parts at once. */
export function Several() {
  useVersion(app().figures)
  const { nodes, channels } = useStore(app().session, state => state.selection)
  const topology = useStore(app().document, state => state.topology)
  const labels = topology.nodes.filter(node => nodes.includes(node.id)).map(node => node.label)
  return (
    <section className="in-box" aria-label="Selection">
      <header className="in-head">
        <h2>{nodes.length + channels.length} selected</h2>
        <p className="ui-muted">{labels.slice(0, 6).join(', ')}{labels.length > 6 ? ` and ${labels.length - 6} more` : ''}</p>
      </header>
      <div className="in-actions in-arrange" role="group" aria-label="Align and distribute">
        {ARRANGEMENTS.map(([id, Icon]) => {
          const action = actionOf(app(), id)
          return (
            <IconButton key={id} name={action.title} hint={`${action.title} (${keyText(action)})`} disabled={!isEnabled(app(), action)} onClick={() => action.run(app())}>
              <Icon />
            </IconButton>
          )
        })}
      </div>
      <div className="in-actions">
        {ACTS.map(id => {
          const action = actionOf(app(), id)
          return isEnabled(app(), action) ? (
            <Button key={id} look={id === 'delete' ? 'danger' : 'outline'} onClick={() => action.run(app())}>
              {nameOf(app(), action)}
            </Button>
          ) : null
        })}
      </div>
      <SeveralSettings />
    </section>
  )
}
