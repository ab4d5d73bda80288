import './sequence.css'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { grouped, percent } from '../ui/format.ts'
import { CrossingsTable } from './CrossingsTable.tsx'
import { Diagram, stretchText } from './Diagram.tsx'
import { Feed } from './feed.ts'
import { OrderTable, OrderView } from './OrderView.tsx'
import { sequenceStore } from './sequence-store.ts'
import { SequenceBar } from './SequenceBar.tsx'
import { drawnOf, ordersOf, type Drawn } from './shown.ts'
import { momentText } from './time.ts'

/** The sequence view: what crossed between nodes in any stretch of the run, in time or in the orders that nodes saw. */
export function SequencePane() {
  useEffect(() => {
    const feed = new Feed()
    return () => feed.stop()
  }, [])
  const { sequence, filter, hidden, tall, failed } = useStore(sequenceStore)
  const drawn = useMemo(() => (sequence ? drawnOf(sequence, { filter, hidden }) : null), [sequence, filter, hidden])
  return (
    <section className="sq-pane" aria-label="Sequence view" data-tall={tall}>
      <SequenceBar drawn={drawn} />
      {failed ? <p className="sq-note">The history could not be run once more: the browser may be short of memory. Close other tabs and open the view again.</p> : null}
      {drawn ? <Content drawn={drawn} /> : <Waiting />}
    </section>
  )
}

function Content({ drawn }: { readonly drawn: Drawn }) {
  const mode = useStore(sequenceStore, state => state.mode)
  const table = useStore(sequenceStore, state => state.table)
  const view = useStore(sequenceStore, state => state.view)
  const compared = useStore(sequenceStore, state => state.compared)
  const orders = useMemo(() => (mode === 'order' ? ordersOf(drawn, { compared, view }) : []), [mode, drawn, compared, view])
  return (
    <>
      {mode === 'order' ? table ? <OrderTable drawn={drawn} orders={orders} /> : <OrderView drawn={drawn} orders={orders} /> : table ? <CrossingsTable drawn={drawn} /> : <Diagram drawn={drawn} />}
      <Foot drawn={drawn} />
    </>
  )
}

/** What is seen, what is left out, and how far the way to it is. */
function Foot({ drawn }: { readonly drawn: Drawn }) {
  const view = useStore(sequenceStore, state => state.view)
  const progress = useStore(sequenceStore, state => state.progress)
  const filter = useStore(sequenceStore, state => state.filter)
  const count = drawn.crossings.filter(one => one.departNs <= view.toNs && one.endNs >= view.fromNs).length
  const { sequence } = drawn
  const isTold = sequence.fromNs <= view.fromNs && sequence.toNs >= Math.min(view.toNs, app().figures.nowNs())
  const says = isTold || count > 0 ? countText(drawn, count, filter.trim()) : 'Running the history once more'
  return (
    <p className="sq-foot">
      <span>{says}</span>
      <span>{stretchText(view)}</span>
      {sequence.cut && sequence.fromNs > view.fromNs ? <span className="sq-warn">Before {momentText(sequence.fromNs, 1e3)} there is more than is kept: zoom in to see it</span> : null}
      {progress === null ? null : <span>Running the history once more: {percent(progress)}</span>}
    </p>
  )
}

function countText({ lifelines }: Drawn, count: number, filter: string): string {
  if (count > 0) return `${grouped(count)} ${count === 1 ? 'crossing' : 'crossings'} between ${lifelines.length} nodes`
  if (filter !== '') return `Nothing in sight fits “${filter}”`
  return app().figures.nowNs() === 0 ? 'Nothing has happened yet: press play' : 'No message crossed in this stretch'
}

function Waiting() {
  const progress = useStore(sequenceStore, state => state.progress)
  return <p className="sq-note">{progress === null ? 'A moment …' : `Running the history once more, to see what happened then: ${percent(progress)}`}</p>
}
