import { Crosshair, Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { useStore } from 'zustand'
import { actionOf, isEnabled } from '../../app/action.ts'
import { conditionText, isThere } from '../../app/breakpoint-text.ts'
import { app } from '../../app/current.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { useKeepFocus } from '../../ui/use-keep-focus.ts'
import type { Breakpoint } from '../../worker/api.ts'

/** What the run is to stop at: each can be turned off, changed, removed, and gone to. */
export function Breakpoints() {
  const { breakpoints, stoppedAt } = useStore(app().watching)
  const self = useRef<HTMLDivElement>(null)
  useKeepFocus(self)
  return (
    <div ref={self} className="pn-breaks">
      <div className="pn-log-bar">
        <ActionButton id="pause-when" look="outline" icon={<Plus />} />
        <ActionButton id="pause-at-loss" />
        <ActionButton id="pause-at-dead-letter" />
        <span className="pn-spring" />
        <ActionButton id="breakpoints-off" name="All off" />
        <ActionButton id="breakpoints-on" name="All on" />
        <ActionButton id="breakpoints-remove" name="Remove all" />
      </div>
      {breakpoints.length === 0 ? <p className="pn-log-none">
          The run pauses at nothing yet. <span className="ui-by-mouse">Right-click a node or a channel, press B on what is selected</span>
          <span className="ui-by-touch">Press and hold a node or a channel</span>, or say when: a message with a key becomes a dead letter, a queue’s depth comes to a number, …
        </p> : null}
      <ul className="pn-breaks-list" aria-label="Breakpoints">
        {breakpoints.map(one => (
          <Line key={one.id} breakpoint={one} hit={stoppedAt.find(hit => hit.breakpoint === one.id)?.says} />
        ))}
      </ul>
    </div>
  )
}

/** `name` where its title would be too long. */
function ActionButton({ id, name, look = 'plain', icon }: { readonly id: string; readonly name?: string; readonly look?: 'plain' | 'outline'; readonly icon?: React.ReactNode }) {
  const action = actionOf(app(), id)
  if (!isEnabled(app(), action)) return null
  return (
    <Button look={look} title={action.title} onClick={() => action.run(app())}>
      {icon}
      {name ?? action.title}
    </Button>
  )
}

function Line({ breakpoint, hit }: { readonly breakpoint: Breakpoint; readonly hit: string | undefined }) {
  const { catalogue, commands, document } = app()
  const topology = useStore(document, state => state.topology)
  const { id, on, once, when } = breakpoint
  const names = { topology, catalogue }
  const there = isThere(names, when)
  const text = conditionText(names, when)
  return (
    <li className="pn-break" data-hit={hit !== undefined || undefined} data-on={on || undefined}>
      <label>
        <input type="checkbox" checked={on} onChange={event => commands.changeBreakpoint(id, { on: event.target.checked })} />
        <span className="pn-break-dot" aria-hidden="true" />
        <span>
          Pause when {text}
          {once ? <small>once</small> : null}
          {there ? null : <small>nothing to watch: it is gone</small>}
          {hit === undefined ? null : <small className="pn-break-hit">stopped here: {hit}</small>}
        </span>
      </label>
      {there && partOf(breakpoint) ? (
        <IconButton name={`Show where: ${text}`} hint="Show where" onClick={() => commands.select(partOf(breakpoint)!)}>
          <Crosshair />
        </IconButton>
      ) : null}
      <IconButton name={`Change: ${text}`} hint="Change" onClick={() => commands.patchSession({ dialog: { dialog: 'breakpoint', when, edits: id } })}>
        <Pencil />
      </IconButton>
      <IconButton name={`Remove: ${text}`} hint="Remove" onClick={() => commands.removeBreakpoints([id])}>
        <Trash2 />
      </IconButton>
    </li>
  )
}

function partOf({ when }: Breakpoint): { readonly nodes: readonly string[]; readonly channels: readonly string[] } | null {
  if (when.watch === 'packet') return { nodes: [], channels: [when.channel] }
  return when.node === undefined ? null : { nodes: [when.node], channels: [] }
}
