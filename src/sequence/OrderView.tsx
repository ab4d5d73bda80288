import { useMemo, useState, type UIEvent } from 'react'
import { useStore } from 'zustand'
import { app } from '../app/current.ts'
import { Drawing } from './Drawing.tsx'
import { familyOf, onKey } from './Diagram.tsx'
import { compare, verdict, type SeenOrder } from './order.ts'
import { ORDER_TOP, orderAt, orderFrame, orderPicture } from './order-picture.ts'
import { sequenceStore } from './sequence-store.ts'
import type { Drawn } from './shown.ts'
import { useSize } from './use-size.ts'

/** What each node saw, in its order, side by side: lines join the same message, red where orders differ. */
export function OrderView({ drawn, orders }: { readonly drawn: Drawn; readonly orders: readonly SeenOrder[] }) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const [from, setFrom] = useState(0)
  const [hovered, setHovered] = useState<string | null>(null)
  const message = useStore(app().session, state => state.message)
  const label = (id: string): string => drawn.sequence.nodes[id]?.label ?? id
  const looks = useMemo(() => new Map(drawn.crossings.map(one => [one.identity, one.look])), [drawn])
  const frame = orderFrame({ orders, width, from, height })
  const chosen = hovered ?? message?.identity ?? null
  const identity = chosen !== null && orders.some(order => order.seen.some(sight => sight.identity === chosen)) ? chosen : null
  const { body, head } = orderPicture(frame, orders, { label, familyOf: id => familyOf(drawn.sequence.nodes[id]?.type ?? ''), lookOf: one => looks.get(one), identity })
  const at = (event: React.MouseEvent<HTMLElement>): ReturnType<typeof orderAt> => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return orderAt(frame, orders, event.clientX - left + event.currentTarget.scrollLeft, event.clientY - top + event.currentTarget.scrollTop)
  }
  const says = verdict(orders, label)
  return (
    <div className="sq-orders">
      <p className="sq-verdict" role="status">
        {says}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- it scrolls with the keyboard; the same is beside it as a table */}
      <div ref={ref} className="sq-diagram sq-order" role="region" tabIndex={0} aria-label="Orders in which nodes saw messages" onKeyDown={event => (event.key === 'Escape' ? onKey(event) : undefined)}
        onScroll={(event: UIEvent<HTMLElement>) => setFrom(event.currentTarget.scrollTop)}
        onMouseMove={event => setHovered(at(event)?.identity ?? null)}
        onMouseLeave={() => setHovered(null)}
        onClick={event => {
          const found = at(event)
          if (found) app().commands.showCrossing({ identity: found.identity, from: found.node, to: found.node })
        }}
      >
        {width > 0 ? (
          <>
            <div className="sq-order-head">
              <Drawing width={frame.width} height={ORDER_TOP} top={0} body={[]} head={head} />
            </div>
            <Drawing width={frame.width} height={frame.whole} top={0} body={body} head={[]} />
          </>
        ) : null}
      </div>
    </div>
  )
}

const ROWS_MOST = 300

/** The same as a table: place by place, and how much each two differ. */
export function OrderTable({ drawn, orders }: { readonly drawn: Drawn; readonly orders: readonly SeenOrder[] }) {
  const label = (id: string): string => drawn.sequence.nodes[id]?.label ?? id
  const rows = Math.min(ROWS_MOST, orders.reduce((most, order) => Math.max(most, order.seen.length), 0))
  const first = orders[0]
  return (
    <div className="sq-table-box" role="region" aria-label="Orders as a table" tabIndex={0}>
      <p className="sq-verdict">{verdict(orders, label)}</p>
      <table className="sq-table">
        <thead>
          <tr>
            <th scope="col">Place</th>
            {orders.map(order => (
              <th key={order.node} scope="col">
                {label(order.node)}
                {first && order !== first ? <small>{compare(first, order).swapped} pairs swapped with {label(first.node)}</small> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              <th scope="row">{row + 1}</th>
              {orders.map(order => (
                <td key={order.node}>{order.seen[row] ? <Message identity={order.seen[row].identity} node={order.node} /> : null}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Message({ identity, node }: { readonly identity: string; readonly node: string }) {
  return (
    <button type="button" className="sq-link" onClick={() => app().commands.showCrossing({ identity, from: node, to: node })}>
      {identity}
    </button>
  )
}

/** Whose orders can be compared: those that saw something. */
export function comparable({ sequence, facts }: Drawn): readonly { readonly id: string; readonly label: string }[] {
  const saw = new Set(facts.filter(fact => fact.identity !== null && (fact.verb === 'delivered' || fact.verb === 'enqueued' || fact.verb === 'routed' || fact.verb === 'stored')).map(fact => fact.node))
  return [...saw].flatMap(id => (sequence.nodes[id] ? [{ id, label: sequence.nodes[id].label, at: sequence.nodes[id].at }] : [])).sort((a, b) => a.at.x - b.at.x || a.at.y - b.at.y || (a.id < b.id ? -1 : 1))
}

/** Adds or takes away one of those that are compared. */
export function toggleCompared(orders: readonly SeenOrder[], id: string): void {
  const now = orders.map(order => order.node)
  sequenceStore.setState({ compared: now.includes(id) ? now.filter(one => one !== id) : [...now, id] })
}
