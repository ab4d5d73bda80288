import './watch.css'
import { Breakpoints } from './Breakpoints.tsx'
import { EventLog } from './EventLog.tsx'

/** In the place of the charts: what happened, or what the run is to stop at. */
export function WatchPane({ pane }: { readonly pane: 'log' | 'breakpoints' }) {
  return (
    <section className="pn-watch" aria-label={pane === 'log' ? 'Event log' : 'Breakpoints'}>
      {pane === 'log' ? <EventLog /> : <Breakpoints />}
    </section>
  )
}
