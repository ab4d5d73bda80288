import { useEffect, useState } from 'react'
import { app } from '../app/current.ts'
import type { NodeFigures, ProbeFigures } from '../app/figures.ts'
import type { ProbeSpec } from '../contract/manifest.ts'
import type { TopologyNode } from '../topology/document.ts'
import { duration, grouped, inUnit, percent, perSecond } from '../ui/format.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { useVersion } from '../ui/use-version.ts'
import { Cursors } from './Cursors.tsx'
import { Ledger } from './Ledger.tsx'

export function LiveFigures({ node }: { readonly node: TopologyNode }) {
  const { figures, catalogue } = app()
  useVersion(figures)
  const live = figures.node(node.id)
  const manifest = catalogue.node(node.type)
  if (!live || !manifest) return <p className="ui-muted">Nothing is measured here.</p>
  return (
    <>
      <dl className="in-figures">
        {manifest.probes.map(probe => (
          <Probe key={probe.id} spec={probe} figures={live.probes[probe.id]} />
        ))}
        <div>
          <dt>In / out per second</dt>
          <dd>
            {perSecond(live.inRate)} · {perSecond(live.outRate)}
          </dd>
        </div>
      </dl>
      {live.growing ? <p className="in-growing">{live.log ? 'A reader has been falling behind for a while: more comes in than it is given.' : 'It has been growing for a while: what comes in is more than what goes out.'}</p> : null}
      {live.log && manifest.log ? <Cursors log={live.log} words={manifest.log} /> : null}
      <Recent id={node.id} live={live} />
      <Ledger figures={live.ledger} whole={false} />
      <Notes id={node.id} />
    </>
  )
}

function Probe({ spec, figures }: { readonly spec: ProbeSpec; readonly figures: ProbeFigures | undefined }) {
  if (!figures) return null
  const isMeasured = figures.kind === 'duration' && figures.count > 0
  return (
    <div title={spec.help} data-percentiles={isMeasured || undefined}>
      <dt>{spec.title}</dt>
      <dd>{isMeasured ? <Percentiles figures={figures} /> : probeText(spec, figures)}</dd>
    </div>
  )
}

/** On a line of their own: three durations are too much to stand beside a title. */
function Percentiles({ figures }: { readonly figures: ProbeFigures & { readonly kind: 'duration' } }) {
  const all = [['p50', figures.p50Ns], ['p95', figures.p95Ns], ['p99', figures.p99Ns]] as const
  return all.map(([name, ns]) => (
    <span key={name}>
      <small>{name}</small> {duration(ns)}
    </span>
  ))
}

function probeText(spec: ProbeSpec, figures: ProbeFigures): string {
  switch (figures.kind) {
    case 'counter':
      return `${grouped(figures.total)}${figures.rate > 0 ? ` · ${perSecond(figures.rate)}` : ''}`
    case 'level':
      return spec.unit === 'share' ? `${percent(figures.mean)} mean` : `${inUnit(figures.now, spec.unit)}${figures.highest > figures.now ? ` (most ${inUnit(figures.highest, spec.unit)})` : ''}`
    case 'duration':
      return '–'
  }
}

/** Depth of a queue, length of a log, latency of a receiver, or the rate of anything else. */
function Recent({ id, live }: { readonly id: string; readonly live: NodeFigures }) {
  const { columns } = app().figures.series()
  const metric = live.probes['ready'] ? 'depth' : live.probes['latency'] ? 'p50' : 'in'
  const title = { depth: live.log ? 'Entries kept' : 'Queue depth', p50: 'End-to-end latency, p50', in: 'Messages in per second' }[metric]
  return (
    <section aria-label={title}>
      <h3 className="in-title">{title}</h3>
      <Sparkline values={columns.get(`${id}/${metric}`) ?? []} colour="var(--accent)" />
    </section>
  )
}

/** Facts in the system's words, asked for twice a second. */
function Notes({ id }: { readonly id: string }) {
  const [notes, setNotes] = useState<readonly string[]>([])
  useEffect(() => {
    let current = true
    const ask = (): void =>
      void app()
        .commands.nodeDetail(id, { from: 0, limit: 0 })
        .then(detail => current && setNotes(detail?.notes ?? []))
    ask()
    const timer = setInterval(ask, 500)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [id])
  if (notes.length === 0) return null
  return (
    <ul className="in-notes">
      {notes.map((note, index) => (
        <li key={`${index} ${note}`}>{note}</li>
      ))}
    </ul>
  )
}
