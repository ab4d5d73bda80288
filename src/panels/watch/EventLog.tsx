import { ArrowDownToLine, CircleStop } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { app } from '../../app/current.ts'
import { LogFeed } from '../../app/log-feed.ts'
import { parseLogQuery } from '../../app/log-query.ts'
import { Button } from '../../ui/Button.tsx'
import { grouped } from '../../ui/format.ts'
import { useKeepFocus } from '../../ui/use-keep-focus.ts'
import { useVersion } from '../../ui/use-version.ts'
import type { Condition, FactRow } from '../../worker/api.ts'
import { LogChips, LogSearch } from './LogFilter.tsx'
import { LogRows } from './LogRows.tsx'

/** The run's facts as they are stated, filtered. Pulled with the figures, and only while it is open. */
export function EventLog() {
  const { commands, figures, session } = app()
  const query = useStore(session, state => state.logQuery)
  const [feed] = useState(() => new LogFeed(commands.log))
  const filter = useMemo(() => parseLogQuery(query), [query])
  const [active, setActive] = useState<FactRow | null>(null)
  useEffect(() => feed.setFilter(filter.terms), [feed, filter])
  useEffect(() => figures.subscribe(() => void feed.pull()), [figures, feed])
  const self = useRef<HTMLDivElement>(null)
  // Without the last piece of the filter the keyboard is in its field.
  useKeepFocus(self, '.pn-log-query, .pn-log-chip')
  return (
    <div ref={self} className="pn-log">
      <div className="pn-log-bar">
        <LogSearch query={query} active={active} />
        <Button aria-label="Pause when …" title="A breakpoint like the chosen fact" onClick={() => commands.patchSession({ dialog: { dialog: 'breakpoint', when: conditionOf(active) } })}>
          <CircleStop />
          <span className="pn-wide">Pause when …</span>
        </Button>
        <Standing feed={feed} />
      </div>
      <LogChips query={query} filter={filter} />
      <LogRows feed={feed} active={active} onActive={setActive} filtered={filter.terms.length > 0} />
    </div>
  )
}

/** How much of the run is here, and the way back to the newest. */
function Standing({ feed }: { readonly feed: LogFeed }) {
  useVersion(feed)
  if (feed.following) return <span className="pn-log-count">{grouped(feed.rows().length)} shown</span>
  return (
    <Button look={feed.newer ? 'primary' : 'outline'} onClick={() => void feed.follow(true)}>
      <ArrowDownToLine />
      {feed.newer ? 'Newer facts' : 'Newest'}
    </Button>
  )
}

/** What happened, as something to wait for. */
function conditionOf(fact: FactRow | null): Condition {
  if (!fact) return { watch: 'fact', verb: 'dead-lettered' }
  return { watch: 'fact', verb: fact.verb, ...(fact.node === '' ? {} : { node: fact.node }), ...(fact.message === null || fact.message.key === '' ? {} : { key: fact.message.key }), ...(fact.reason === null ? {} : { reason: fact.reason }) }
}
