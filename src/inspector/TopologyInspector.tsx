import { lazy, Suspense } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { HEAD_EVENTS } from '../contract/figures.ts'
import { clock, grouped } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { DeadMessages } from './DeadMessages.tsx'
import { Ledger } from './Ledger.tsx'
import { Problems } from './Problems.tsx'

const Findings = lazy(async () => ({ default: (await import('./Findings.tsx')).Findings }))

/** With nothing selected: the figures of the whole topology. */
export function TopologyInspector() {
  const { figures, document, run, commands } = app()
  useVersion(figures)
  const topology = useStore(document, state => state.topology)
  const problems = useStore(run, state => state.problems)
  const troubles = useStore(run, state => state.troubles)
  const rows: readonly (readonly [string, string])[] = [
    ['Nodes', grouped(topology.nodes.length)],
    ['Channels', grouped(topology.channels.length)],
    ['Simulated time', clock(figures.nowNs())],
    ['Events', grouped(figures.head()[HEAD_EVENTS] ?? 0)],
    ['Seed', String(topology.seed)],
    ['Digest', commands.digest()],
  ]
  return (
    <section className="in-box" aria-label="Whole topology">
      <header className="in-head">
        <h2>Whole topology</h2>
      </header>
      <div className="in-body">
        <Problems title="Refused now" problems={troubles} />
        <dl className="in-figures">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Ledger figures={figures.ledger()} whole />
        <Suspense>
          <Findings />
        </Suspense>
        <DeadMessages title="Lost lately" />
        <Problems title="Worth knowing" problems={problems} />
        <p className="ui-muted">The same topology and seed give the same digest at the same time, on every machine and at every speed.</p>
      </div>
    </section>
  )
}
