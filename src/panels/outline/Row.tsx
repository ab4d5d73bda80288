import { Cable, ChevronDown, ChevronRight, MoveRight, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState, useSyncExternalStore, type CSSProperties, type KeyboardEvent } from 'react'
import { app } from '../../app/current.ts'
import { connectChoices } from '../../app/connect-choices.ts'
import { countText, rateText } from '../../ui/figure-text.ts'
import { nodeView } from '../../app/node-view.ts'
import { flowOf, type OutlineRow } from '../../app/outline.ts'
import type { TopologyNode } from '../../topology/document.ts'
import { IconButton } from '../../ui/Button.tsx'
import { enterMenu } from '../../ui/enter-menu.ts'
import { takeFocus } from '../../ui/take-focus.ts'

interface RowProps {
  readonly row: OutlineRow
  /** The one row that Tab stops at. */
  readonly stop: boolean
  readonly selected: boolean
  readonly slow: boolean
  readonly onFocus: () => void
  readonly onToggle: (open: boolean) => void
}

export function Row({ row, stop, selected, slow, onFocus, onToggle }: RowProps) {
  const [renaming, setRenaming] = useState(false)
  const { commands } = app()
  const select = (): void => commands.select(row.part === 'node' ? { nodes: [row.node.id], channels: [] } : { nodes: [], channels: [row.channel.id] })
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'F2' && row.part === 'node') setRenaming(true)
    else if (event.key === 'Enter') commands.patchSession({ drawer: 'inspector' })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <tr
      className="pn-row-line"
      aria-label={row.part === 'node' ? row.node.label : `channel to ${row.to}`}
      aria-level={row.depth + 1}
      aria-expanded={row.open}
      aria-selected={selected}
      tabIndex={stop ? 0 : -1}
      data-part={row.part}
      style={{ '--depth': row.depth } as CSSProperties}
      onFocus={event => {
        onFocus()
        if (event.target === event.currentTarget) select()
      }}
      onKeyDown={onKeyDown}
    >
      <td data-column="name">
        <span className="pn-row-name">
          {row.open === undefined ? (
            <span className="pn-row-twist" />
          ) : (
            <button type="button" className="pn-row-twist" tabIndex={-1} aria-label={row.open ? 'Close' : 'Open'} onClick={() => onToggle(row.open === false)}>
              {row.open ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
            </button>
          )}
          {row.part === 'channel' ? <ChannelName to={row.to} label={row.label} /> : renaming ? <Rename node={row.node} onDone={() => setRenaming(false)} /> : <NodeName node={row.node} onRename={() => setRenaming(true)} />}
          {stop ? <Tools row={row} /> : null}
        </span>
      </td>
      <td data-column="kind">{row.kind}</td>
      {row.part === 'node' ? <NodeCells node={row.node} slow={slow} /> : <ChannelCells id={row.channel.id} slow={slow} />}
    </tr>
  )
}

function NodeName({ node, onRename }: { readonly node: TopologyNode; readonly onRename: () => void }) {
  return (
    <span className="pn-row-label" title={node.label} onDoubleClick={onRename}>
      {node.label}
    </span>
  )
}

function ChannelName({ to, label }: { readonly to: string; readonly label: string }) {
  return (
    <span className="pn-row-label">
      <MoveRight aria-label="to" role="img" /> {to}
      {label === '' ? null : <code>{label}</code>}
    </span>
  )
}

function Rename({ node, onDone }: { readonly node: TopologyNode; readonly onDone: () => void }) {
  return (
    <input
      className="ui-input pn-row-rename"
      aria-label={`Name of ${node.label}`}
      defaultValue={node.label}
      maxLength={120}
      ref={takeFocus}
      onFocus={event => event.target.select()}
      onBlur={event => {
        app().commands.rename(node.id, event.target.value)
        onDone()
      }}
      onKeyDown={event => {
        const row = event.currentTarget.closest('tr')
        if (event.key === 'Escape') event.currentTarget.value = node.label
        if (event.key === 'Escape' || event.key === 'Enter') row?.focus()
      }}
    />
  )
}

/** What can be done with the row that is current: the rest is in the inspector and the command palette. */
function Tools({ row }: { readonly row: OutlineRow }) {
  const { commands } = app()
  const name = row.part === 'node' ? row.node.label : `channel to ${row.to}`
  return (
    <span className="pn-row-tools">
      {row.part === 'node' ? <Connect node={row.node} /> : null}
      <IconButton name={`Delete ${name}`} look="danger" onClick={() => commands.remove(row.part === 'node' ? { nodes: [row.node.id], channels: [] } : { nodes: [], channels: [row.channel.id] })}>
        <Trash2 />
      </IconButton>
    </span>
  )
}

function Connect({ node }: { readonly node: TopologyNode }) {
  const { catalogue, commands, document } = app()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="ui-button" data-square="true" aria-label={`Connect ${node.label} to …`} title={`Connect ${node.label} to …`}>
          <Cable aria-hidden="true" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="ui-menu pn-row-menu" sideOffset={4} collisionPadding={8} onFocus={enterMenu}>
          <ConnectItems choices={connectChoices(catalogue, document.getState().topology, to => commands.planConnection(node.id, to))} from={node.id} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function ConnectItems({ choices, from }: { readonly choices: ReturnType<typeof connectChoices>; readonly from: string }) {
  if (choices.length === 0) return <p className="ui-muted pn-row-none">Nothing here fits. Add a node that it can talk to.</p>
  return choices.map(choice => (
    <DropdownMenu.Item key={choice.id} className="ui-menu-item" onSelect={() => app().commands.connect(from, choice.to, choice.type)}>
      <span>
        {choice.label}
        <small>{choice.detail}</small>
      </span>
    </DropdownMenu.Item>
  ))
}

/** Figures come ten times a second; of many rows only every tenth pull is shown. */
function usePace(slow: boolean): void {
  const { figures } = app()
  useSyncExternalStore(
    listener => figures.subscribe(listener),
    () => (slow ? Math.floor(figures.version() / 10) : figures.version()),
  )
}

function NodeCells({ node, slow }: { readonly node: TopologyNode; readonly slow: boolean }) {
  usePace(slow)
  const { catalogue, figures: feed } = app()
  const manifest = catalogue.node(node.type)
  const figures = feed.node(node.id)
  const view = manifest ? nodeView(manifest, node.config, figures, 0) : undefined
  const flow = figures && flowOf(figures)
  const rate = (value: number | undefined): string => (value === undefined ? '' : rateText(value))
  return (
    <>
      <td data-column="state" data-tone={view?.tone}>
        {view?.sentence ?? (figures?.state === 'up' ? 'up' : manifest ? '' : 'not simulated')}
      </td>
      <td data-column="figure">{figures?.state === 'up' ? view?.headline : ''}</td>
      <td data-column="in">{rate(flow?.in)}</td>
      <td data-column="out">{rate(flow?.out)}</td>
      <td data-column="waiting">{figures ? countText(figures.ledger.waiting) : ''}</td>
      <td data-column="unacked">{figures ? countText(figures.ledger.unacknowledged) : ''}</td>
    </>
  )
}

function ChannelCells({ id, slow }: { readonly id: string; readonly slow: boolean }) {
  usePace(slow)
  const figures = app().figures.channel(id)
  return (
    <>
      <td data-column="state" data-tone={figures?.state === 'open' ? 'up' : 'down'}>{figures?.state ?? ''}</td>
      <td data-column="figure">{figures ? rateText(figures.rate) : ''}</td>
      <td data-column="in">–</td>
      <td data-column="out">–</td>
      <td data-column="waiting">–</td>
      <td data-column="unacked">–</td>
    </>
  )
}
