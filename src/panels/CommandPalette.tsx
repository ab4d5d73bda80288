import './palette.css'
import { Command, defaultFilter } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { keyText, type Action } from '../app/action.ts'
import { app } from '../app/current.ts'
import { findActions, type Found } from '../app/find-actions.ts'
import { giveFocusBack } from './return-focus.ts'

/** Ids of what was chosen last, newest first; for as long as the page is open. */
let recent: readonly string[] = []
const RECENT_MAX = 4

/** Everything that can be done, by name. */
export function CommandPalette({ search: first, onClose }: { readonly search: string; readonly onClose: () => void }) {
  const [search, setSearch] = useState(first)
  const found = useMemo(() => findActions(app(), search, { score: defaultFilter, recent }), [search])
  // The list is ours, so the first answer has to be made the chosen one by us: what cmdk chose last may be no answer any more.
  const [picked, setPicked] = useState({ search: '', id: '' })
  const value = picked.search === search && found.some(one => one.action.id === picked.id) ? picked.id : (found[0]?.action.id ?? '')
  const chosen = useRef<Action | null>(null)
  const state = useRef<'open' | 'closing' | 'left'>('open')
  const close = (action: Action | null): void => {
    chosen.current = action
    state.current = 'closing'
    onClose()
  }
  const run = (action: Action): void => {
    recent = [action.id, ...recent.filter(id => id !== action.id)].slice(0, RECENT_MAX)
    close(action)
  }
  // What was chosen is done when the palette has gone: it may take the focus somewhere else.
  const leave = (): void => {
    if (state.current === 'left') return
    state.current = 'left'
    giveFocusBack()
    chosen.current?.run(app())
  }
  // As soon as everything of it has gone, and before the next key: the dialog itself would wait for a timer.
  useEffect(
    () => () => {
      if (state.current === 'closing') queueMicrotask(leave)
    },
    // oxlint-disable-next-line react/exhaustive-deps -- it reads references only
    [],
  )
  const onCloseAutoFocus = (event: Event): void => {
    event.preventDefault()
    leave()
  }
  return (
    <Radix.Root open onOpenChange={open => !open && close(null)}>
      <Radix.Portal>
        <Radix.Overlay className="ui-overlay" />
        <Radix.Content className="pn-find" aria-describedby={undefined} onOpenAutoFocus={focusAtEnd} onCloseAutoFocus={onCloseAutoFocus}>
          <Radix.Title className="ui-hidden">Find anything to do</Radix.Title>
          <Command label="Find anything to do" shouldFilter={false} loop value={value} onValueChange={id => setPicked({ search, id })}>
            <Command.Input className="pn-find-search" placeholder="Add a part, go to a node, crash something …" value={search} onValueChange={setSearch} />
            <Command.List className="pn-find-list" label="What can be done">
              <Command.Empty className="pn-find-none">Nothing is called “{search}”.</Command.Empty>
              {search.trim() === '' ? <Grouped found={found} run={run} /> : found.map(one => <Line key={one.action.id} found={one} run={run} group />)}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** What is there already is meant to be continued, not to be typed over. */
function focusAtEnd(event: Event): void {
  const field = event.target instanceof HTMLElement ? event.target.querySelector('input') : null
  if (!field) return
  event.preventDefault()
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

function Grouped({ found, run }: { readonly found: readonly Found[]; readonly run: (action: Action) => void }) {
  const lately = found.filter(one => recent.includes(one.action.id))
  const rest = found.filter(one => !lately.includes(one))
  const groups = [...new Set(rest.map(one => one.action.group))]
  return (
    <>
      {lately.length > 0 && (
        <Command.Group heading="Lately">
          {lately.map(one => (
            <Line key={one.action.id} found={one} run={run} />
          ))}
        </Command.Group>
      )}
      {groups.map(group => (
        <Command.Group key={group} heading={group}>
          {rest.filter(one => one.action.group === group).map(one => (
            <Line key={one.action.id} found={one} run={run} />
          ))}
        </Command.Group>
      ))}
    </>
  )
}

function Line({ found: { action, name }, run, group = false }: { readonly found: Found; readonly run: (action: Action) => void; readonly group?: boolean }) {
  const keys = keyText(action)
  return (
    <Command.Item className="pn-find-item" value={action.id} onSelect={() => run(action)}>
      <span className="pn-find-name">{name}</span>
      <span className="pn-find-detail">{action.detail ?? (group ? action.group : '')}</span>
      {keys !== '' && <kbd className="ui-kbd">{keys}</kbd>}
    </Command.Item>
  )
}
