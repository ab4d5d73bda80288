import './outline.css'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useStore } from 'zustand'
import { app } from '../../app/current.ts'
import { outlineTable, outlineTree, type OutlineRow } from '../../app/outline.ts'
import type { NodeId } from '../../topology/document.ts'
import { nobodyHasFocus } from '../../ui/nobody-has-focus.ts'
import { useKeepFocus } from '../../ui/use-keep-focus.ts'
import { COLUMNS, sortKey, type ColumnId } from './columns.ts'
import { Row } from './Row.tsx'

/** The topology as a tree, or sorted by a column as a table: the same document and the same figures as on the canvas. */
export function Outline() {
  const { catalogue, document, session, figures } = app()
  const topology = useStore(document, state => state.topology)
  const selection = useStore(session, state => state.selection)
  const [closed, setClosed] = useState<ReadonlySet<NodeId>>(new Set())
  const [sort, setSort] = useState<{ readonly by: ColumnId; readonly down: boolean } | null>(null)
  const [current, setCurrent] = useState(() => selection.nodes[0] ?? `channel ${selection.channels[0] ?? ''}`)
  const grid = useGridFocus()
  const body = useRef<HTMLTableSectionElement>(null)
  const tree = useMemo(() => outlineTree(catalogue, topology, closed), [catalogue, topology, closed])
  const rows: readonly OutlineRow[] = sort ? sorted(outlineTable(catalogue, topology), sort) : tree
  const stop = rows.some(row => row.key === current) ? current : (rows[0]?.key ?? '')
  const toggle = (id: NodeId, open: boolean): void => setClosed(before => new Set(open ? [...before].filter(one => one !== id) : [...before, id]))
  /** First one way, then the other, then the tree again. */
  const sortBy = (by: ColumnId): void => setSort(before => (before?.by !== by ? { by, down: by !== 'name' } : before.down === (by !== 'name') ? { by, down: by === 'name' } : null))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.closest('input, button')) return
    const index = rows.findIndex(row => row.key === stop)
    // On the grid itself, where no row has the keyboard yet, the first arrow goes to the row that is its stop.
    const entering = event.target === event.currentTarget
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key]
    const row = rows[index]
    if (step !== undefined) focus(body.current, Math.max(0, Math.min(rows.length - 1, entering && Math.abs(step) === 1 ? index : index + step)))
    else if (event.key === 'ArrowRight' && row?.open === false) toggle(row.key, true)
    else if (event.key === 'ArrowLeft' && row?.open === true) toggle(row.key, false)
    else if (event.key === 'ArrowLeft' && row) focus(body.current, rows.findLastIndex((other, at) => at < index && other.depth < row.depth))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="pn-outline" data-many={rows.length > MANY || undefined}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid of rows that open and close, which no tag is */}
      <table ref={grid} role="treegrid" tabIndex={-1} aria-label="Outline of the topology" aria-rowcount={rows.length + 1} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {COLUMNS.map(column => (
              <th key={column.id} scope="col" data-column={column.id} aria-sort={sort?.by === column.id ? (sort.down ? 'descending' : 'ascending') : 'none'}>
                <button type="button" onClick={() => sortBy(column.id)}>
                  {column.title}
                  {sort?.by === column.id ? sort.down ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" /> : null}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map(row => (
            <Row
              key={row.key}
              row={row}
              stop={row.key === stop}
              selected={row.part === 'node' ? selection.nodes.includes(row.node.id) : selection.channels.includes(row.channel.id)}
              slow={rows.length > MANY}
              onFocus={() => setCurrent(row.key)}
              onToggle={open => toggle(row.key, open)}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="ui-muted pn-outline-none">Nothing here yet. Choose a part from the palette, or press {/Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl'}+K and type its name.</p> : null}
    </div>
  )

  function sorted(nodes: ReturnType<typeof outlineTable>, { by, down }: { readonly by: ColumnId; readonly down: boolean }): readonly OutlineRow[] {
    const keyed = nodes.map(row => ({ row, key: sortKey(by, row, figures.node(row.node.id)) }))
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    return (down ? keyed.reverse() : keyed).map(one => one.row)
  }
}

/** The grid has the keyboard when it comes in the place of what had it, and keeps it when a row goes. */
function useGridFocus(): RefObject<HTMLTableElement | null> {
  const grid = useRef<HTMLTableElement>(null)
  useLayoutEffect(() => {
    if (nobodyHasFocus()) grid.current?.focus({ preventScroll: true })
  }, [])
  useKeepFocus(grid, 'tbody > tr')
  return grid
}

/** More rows than this are drawn when they are in sight, and at a calmer pace. */
const MANY = 150

function focus(body: HTMLElement | null, index: number): void {
  if (index < 0) return
  body?.querySelectorAll<HTMLElement>('tr')[index]?.focus()
}
