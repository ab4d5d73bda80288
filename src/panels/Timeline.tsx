import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import type { Mark } from '../worker/api.ts'
import { clock } from '../ui/format.ts'
import { useVersion } from '../ui/use-version.ts'

/** The strip shows at least this much, then doubles whenever the run reaches its end. */
const SPAN_NS = 60e9
/** More marks than this would be a solid bar: the newest are shown. */
const MARKS_SHOWN = 120

/** What happened when: crashes, restarts, cuts, losses, dead letters. It tells; it can't be dragged. */
export function Timeline() {
  const { figures, run } = app()
  useVersion(figures)
  const marks = useStore(run, state => state.marks)
  const now = figures.nowNs()
  let span = SPAN_NS
  while (span < now * 1.05) span *= 2
  const at = (ns: number): string => `${(ns / span) * 100}%`
  return (
    <div className="pn-timeline" role="group" aria-label="What happened">
      <div className="pn-timeline-past" style={{ width: at(now) }} />
      {marks.slice(-MARKS_SHOWN).map((mark, index) => (
        <button key={`${mark.atNs} ${mark.part} ${index}`} type="button" tabIndex={-1} className="pn-mark" data-mark={mark.mark} style={{ left: at(mark.atNs) }} title={`${clock(mark.atNs)} ${mark.says}`} aria-label={`${clock(mark.atNs)} ${mark.says}`} onClick={() => show(mark)} />
      ))}
    </div>
  )
}

/** Where it happened; and why, where it happened to a message. */
function show({ part, message }: Mark): void {
  const { topology } = app().document.getState()
  const isNode = topology.nodes.some(node => node.id === part)
  app().commands.select(isNode ? { nodes: [part], channels: [] } : { nodes: [], channels: [part] })
  if (message) app().commands.openMessage(message)
}
