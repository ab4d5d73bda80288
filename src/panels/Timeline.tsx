import { memo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Mark } from '../worker/api.ts'
import { clock } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'
import { shownMarks } from './timeline-marks.ts'

/** The strip shows at least this much, then doubles whenever the run reaches its end. */
const SPAN_NS = 60e9

/** What happened when: crashes, restarts, cuts, losses, dead letters. It tells; it can't be dragged. */
export function Timeline() {
  const { figures, run } = app()
  useVersion(figures)
  const marks = useStore(run, state => state.marks)
  const now = figures.nowNs()
  const span = spanOf(now)
  return (
    <div className="pn-timeline" role="group" aria-label="What happened">
      <div className="pn-timeline-past" style={{ width: along(now, span) }} />
      <Marks marks={marks} span={span} />
    </div>
  )
}

/** Drawn anew when there is a new one, not whenever time has passed. */
const Marks = memo(function Marks({ marks, span }: { readonly marks: readonly Mark[]; readonly span: number }) {
  return shownMarks(marks, span).map(({ mark, count }, index) => {
    const says = `${clock(mark.atNs)} ${mark.says}${count > 1 ? `, and ${count - 1} more just before` : ''}`
    return <button key={`${mark.atNs} ${mark.part} ${index}`} type="button" tabIndex={-1} className="pn-mark" data-mark={mark.mark} style={{ left: along(mark.atNs, span) }} title={says} aria-label={says} onClick={() => show(mark)} />
  })
})

function along(ns: number, span: number): string {
  return `${(ns / span) * 100}%`
}

function spanOf(nowNs: number): number {
  let span = SPAN_NS
  while (span < nowNs * 1.05) span *= 2
  return span
}

/** Where it happened; and why, where it happened to a message. */
function show({ part, message }: Mark): void {
  const { topology } = app().document.getState()
  const isNode = topology.nodes.some(node => node.id === part)
  app().commands.select(isNode ? { nodes: [part], channels: [] } : { nodes: [], channels: [part] })
  if (message) app().commands.openMessage(message)
}
