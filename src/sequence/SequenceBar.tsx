import { ArrowDownToLine, ChevronDown, ChevronUp, Download, Maximize2, Minimize2, Table2, Users, X, ZoomIn, ZoomOut } from 'lucide-react'
import { DropdownMenu, ToggleGroup } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { actionOf } from '../app/action.ts'
import { app } from '../app/current.ts'
import { IconButton } from '../ui/Button.tsx'
import { duration } from '../ui/format.ts'
import { comparable, toggleCompared } from './OrderView.tsx'
import { showNewest } from './acts.ts'
import { look, sequenceStore, type SequenceState } from './sequence-store.ts'
import { ordersOf, type Drawn } from './shown.ts'
import { momentText, panned, readMoment } from './time.ts'

const STRETCHES_NS = [1e6, 1e7, 1e8, 1e9, 1e10, 6e10]

const act = (id: string): void => actionOf(app(), id).run(app())

/** What is looked at, how near, whose, and what can be taken along. */
export function SequenceBar({ drawn }: { readonly drawn: Drawn | null }) {
  const { mode, table, tall, follow, filter } = useStore(sequenceStore)
  return (
    <div className="sq-bar" role="toolbar" aria-label="Sequence view">
      <ToggleGroup.Root type="single" className="sq-modes" aria-label="What is shown" value={mode} onValueChange={value => value !== '' && sequenceStore.setState({ mode: value as SequenceState['mode'] })}>
        <ToggleGroup.Item value="time" className="ui-segment">
          In time
        </ToggleGroup.Item>
        <ToggleGroup.Item value="order" className="ui-segment">
          Orders
        </ToggleGroup.Item>
      </ToggleGroup.Root>
      <Stretch />
      <Beginning />
      <IconButton name="Earlier" hint="Earlier (Page up)" onClick={() => act('sequence-earlier')}>
        <ChevronUp />
      </IconButton>
      <IconButton name="Later" hint="Later (Page down)" onClick={() => act('sequence-later')}>
        <ChevronDown />
      </IconButton>
      <IconButton name="Zoom out" hint="Zoom out (−)" onClick={() => act('sequence-farther')}>
        <ZoomOut />
      </IconButton>
      <IconButton name="Zoom in" hint="Zoom in (+)" onClick={() => act('sequence-nearer')}>
        <ZoomIn />
      </IconButton>
      <IconButton name="Go along with the run" hint="Go along with the run (0)" aria-pressed={follow} onClick={() => sequenceStore.setState({ follow: !follow })}>
        <ArrowDownToLine />
      </IconButton>
      <input className="ui-input sq-filter" type="search" aria-label="Filter by message, key or correlation" placeholder="Message, key or correlation" value={filter} onChange={event => sequenceStore.setState({ filter: event.target.value })} />
      <span className="sq-spring" />
      {drawn ? <Nodes drawn={drawn} /> : null}
      <IconButton name="As a table" aria-pressed={table} onClick={() => sequenceStore.setState({ table: !table })}>
        <Table2 />
      </IconButton>
      <Export />
      <IconButton name={tall ? 'Smaller' : 'Over the whole canvas'} className="sq-tall" onClick={() => sequenceStore.setState({ tall: !tall })}>
        {tall ? <Minimize2 /> : <Maximize2 />}
      </IconButton>
      <IconButton name="Close the sequence view" className="sq-close" onClick={() => app().commands.patchSession({ pane: 'none' })}>
        <X />
      </IconButton>
    </div>
  )
}

/** How long a stretch is seen; choosing one shows the newest. */
function Stretch() {
  const span = useStore(sequenceStore, state => state.spanNs)
  const offered = STRETCHES_NS.includes(span) ? STRETCHES_NS : [...STRETCHES_NS, span].sort((a, b) => a - b)
  return (
    <select className="ui-input sq-stretch" aria-label="Length of the stretch" value={span} onChange={event => showNewest(app(), Number(event.target.value))}>
      {offered.map(ns => (
        <option key={ns} value={ns}>
          {ns === 6e10 ? '1 min' : duration(ns)}
        </option>
      ))}
    </select>
  )
}

/** Where the stretch begins, as people write it: "12.5", "1:02.5" or "1:00:00". */
function Beginning() {
  const view = useStore(sequenceStore, state => state.view)
  const [draft, setDraft] = useState<string | null>(null)
  const commit = (): void => {
    const ns = draft === null ? null : readMoment(draft)
    if (ns !== null) look(panned(view, { byNs: ns - view.fromNs, nowNs: app().figures.nowNs() }))
    else if (draft !== null) app().commands.notify('problem', 'A moment is written in seconds, or as minutes and seconds: 12.5 or 1:02.5.')
    setDraft(null)
  }
  return (
    <input className="ui-input sq-begin sq-mono" aria-label="Begins at" title="Where the stretch begins" value={draft ?? momentText(view.fromNs, 1e6)} onFocus={event => event.target.select()} onChange={event => setDraft(event.target.value)} onBlur={commit} onKeyDown={event => event.key === 'Enter' && commit()} />
  )
}

/** Which nodes have a lifeline, or whose orders are compared. */
function Nodes({ drawn }: { readonly drawn: Drawn }) {
  const { mode, hidden, compared, view } = useStore(sequenceStore)
  const orders = mode === 'order' ? ordersOf(drawn, { compared, view }) : []
  const choices = mode === 'order' ? comparable(drawn) : drawn.all
  const isChosen = (id: string): boolean => (mode === 'order' ? orders.some(order => order.node === id) : !hidden.has(id))
  const toggle = (id: string): void => {
    if (mode === 'order') return toggleCompared(orders, id)
    sequenceStore.setState({ hidden: new Set(hidden.has(id) ? [...hidden].filter(one => one !== id) : [...hidden, id]) })
  }
  return (
    <Menu name={mode === 'order' ? 'Nodes to compare' : 'Lifelines'} icon={<Users />}>
      {choices.length === 0 ? <DropdownMenu.Label className="ui-menu-item">No node took part</DropdownMenu.Label> : null}
      {choices.map(({ id, label }) => (
        <DropdownMenu.CheckboxItem key={id} className="ui-menu-item sq-choice" checked={isChosen(id)} onCheckedChange={() => toggle(id)} onSelect={event => event.preventDefault()}>
          <span className="sq-check">{isChosen(id) ? '✓' : ''}</span>
          {label}
        </DropdownMenu.CheckboxItem>
      ))}
      {mode === 'time' && hidden.size > 0 ? (
        <DropdownMenu.Item className="ui-menu-item" onSelect={() => sequenceStore.setState({ hidden: new Set() })}>
          Show all
        </DropdownMenu.Item>
      ) : null}
    </Menu>
  )
}

function Export() {
  const mode = useStore(sequenceStore, state => state.mode)
  return (
    <Menu name="Export the sequence" icon={<Download />}>
      <DropdownMenu.Item className="ui-menu-item" onSelect={() => act('sequence-svg')}>
        <span>
          SVG picture
          <small>What is seen, in the colours of this theme.</small>
        </span>
      </DropdownMenu.Item>
      {mode === 'order' ? null : (
        <>
          <DropdownMenu.Item className="ui-menu-item" onSelect={() => act('sequence-mermaid')}>
            <span>
              Mermaid file
              <small>A sequenceDiagram for documents and wikis.</small>
            </span>
          </DropdownMenu.Item>
          <DropdownMenu.Item className="ui-menu-item" onSelect={() => act('sequence-copy')}>
            <span>
              Copy as Mermaid
              <small>The same on the clipboard.</small>
            </span>
          </DropdownMenu.Item>
        </>
      )}
    </Menu>
  )
}

function Menu({ name, icon, children }: { readonly name: string; readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="ui-button" data-square="true" aria-label={name} title={name}>
          {icon}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="ui-menu sq-menu" align="end" sideOffset={6}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
