import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { app } from '../../app/current.ts'
import type { LogFeed } from '../../app/log-feed.ts'
import { tokenForm } from '../../app/token-form.ts'
import { clock, grouped } from '../../ui/format.ts'
import { TokenGlyph } from '../../ui/TokenGlyph.tsx'
import { useVersion } from '../../ui/use-version.ts'
import type { FactRow } from '../../worker/api.ts'

/** Height of a row in CSS pixels; the style sheet goes by it. */
const ROW = 24
/** Rows drawn beyond what is seen, on each side. */
const SPARE = 8
const PAGE = 10

interface RowsProps {
  readonly feed: LogFeed
  readonly active: FactRow | null
  readonly onActive: (row: FactRow | null) => void
  readonly filtered: boolean
}

/** The rows, newest at the bottom: only those in sight are elements. At the bottom it goes along; whoever scrolls up makes it stand still. */
export function LogRows({ feed, active, onActive, filtered }: RowsProps) {
  useVersion(feed)
  const rows = feed.rows()
  const { box, view, onScroll, reveal } = useScroll(feed)
  const first = Math.max(0, Math.floor(view.top / ROW) - SPARE)
  const shown = rows.slice(first, Math.ceil((view.top + view.height) / ROW) + SPARE)
  const pick = async (index: number): Promise<void> => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))]
    if (!row) return
    onActive(row)
    await feed.follow(false)
    reveal(feed.rows().findIndex(one => one.number === row.number))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = active ? rows.findIndex(row => row.number === active.number) : rows.length
    const to = targetOf(event.key, at)
    if (event.key === 'End') {
      onActive(null)
      void feed.follow(true)
    } else if (to !== null) void pick(to)
    else if (event.key === 'Enter' && active) open(active, box.current)
    else return
    event.preventDefault()
  }
  const activeShown = active !== null && shown.some(row => row.number === active.number)
  return (
    <div
      ref={box}
      className="pn-log-rows"
      role="listbox"
      aria-label="Facts, newest last"
      data-page-keys
      tabIndex={0}
      aria-activedescendant={activeShown ? rowId(active) : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      {feed.forgotten > 0 ? <p className="pn-log-older">Older facts are no longer kept: the newest {grouped(feed.kept)} of a run are.</p> : null}
      {rows.length === 0 ? <p className="pn-log-none">{filtered ? 'No fact that is kept fits the filter.' : 'Nothing has happened yet.'}</p> : null}
      <div className="pn-log-all" role="presentation" style={{ height: rows.length * ROW }}>
        <div role="presentation" style={{ transform: `translateY(${first * ROW}px)` }}>
          {shown.map((row, index) => (
            <Row key={row.number} row={row} place={first + index + 1} of={rows.length} active={row.number === active?.number} onOpen={() => {
              onActive(row)
              open(row, box.current)
            }} />
          ))}
        </div>
      </div>
    </div>
  )
}

function Row({ row, place, of, active, onOpen }: { readonly row: FactRow; readonly place: number; readonly of: number; readonly active: boolean; readonly onOpen: () => void }) {
  const { message } = row
  return (
    // The list has the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div id={rowId(row)} className="pn-log-row" role="option" tabIndex={-1} aria-selected={active} aria-posinset={place} aria-setsize={of} data-verb={row.verb} onClick={onOpen}>
      <time>{clock(row.atNs)}</time>
      <span className="pn-log-kind">{row.verb}</span>
      <span className="pn-log-node">{row.label}</span>
      <span className="pn-log-message">
        {message === null ? null : (
          <>
            <TokenGlyph {...tokenForm(message.look)} />
            {message.identity}
          </>
        )}
      </span>
      <code className="pn-log-key">{message?.key}</code>
      <span className="pn-log-says">
        {row.says}
        {message === null || message.correlation === null ? null : <span className="pn-log-with"> · {message.correlation}</span>}
      </span>
    </div>
  )
}

function rowId(row: FactRow): string {
  return `pn-fact-${row.number}`
}

/** Which row a key leads to. */
function targetOf(key: string, at: number): number | null {
  switch (key) {
    case 'ArrowUp':
      return at - 1
    case 'ArrowDown':
      return at + 1
    case 'PageUp':
      return at - PAGE
    case 'PageDown':
      return at + PAGE
    case 'Home':
      return 0
    default:
      return null
  }
}

/** Where it happened, and to which message. The keyboard comes back to the list when the message is closed. */
function open(row: FactRow, list: HTMLElement | null): void {
  const { commands } = app()
  if (row.node !== '') commands.select({ nodes: [row.node], channels: [] })
  if (row.message) {
    list?.setAttribute('data-awaits-focus', '')
    commands.openMessage({ identity: row.message.identity, handle: 0 })
  } else commands.patchSession({ drawer: 'inspector' })
}

interface Scrolled {
  readonly top: number
  readonly height: number
}

/** Keeps the newest in sight while the feed follows them, and what is read where it is when older rows come in above. */
function useScroll(feed: LogFeed) {
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<Scrolled>({ top: 0, height: 400 })
  const last = useRef({ top: 0, count: 0, following: true })
  const rows = feed.rows()
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const { count, following } = last.current
    if (feed.following) element.scrollTop = element.scrollHeight
    else if (!following && rows.length > count) element.scrollTop += (rows.length - count) * ROW
    last.current = { top: element.scrollTop, count: rows.length, following: feed.following }
    setView(seen => (seen.top === element.scrollTop && seen.height === element.clientHeight ? seen : { top: element.scrollTop, height: element.clientHeight }))
  }, [feed, feed.following, rows])
  const onScroll = (): void => {
    const element = box.current!
    const { scrollTop: top, clientHeight: height, scrollHeight } = element
    const atBottom = top + height > scrollHeight - ROW / 2
    if (feed.following && top < last.current.top - 1 && !atBottom) void feed.follow(false)
    else if (!feed.following && atBottom && top > last.current.top) void feed.follow(true)
    last.current = { ...last.current, top }
    setView({ top, height })
  }
  const reveal = (index: number): void => {
    const element = box.current
    if (!element || index < 0) return
    const [from, to] = [index * ROW, (index + 1) * ROW]
    if (from < element.scrollTop) element.scrollTop = from
    else if (to > element.scrollTop + element.clientHeight) element.scrollTop = to - element.clientHeight
  }
  return { box, view, onScroll, reveal }
}
