import type { NodeId } from '../topology/document.ts'
import { swappedIn, type SeenOrder } from './order.ts'
import { box, n, shortened, type Shape, type Tone } from './shape.ts'
import { toneOf, token } from './token.ts'

export const ROW = 24
/** Room for the names, which stay while the rest is scrolled. */
export const ORDER_TOP = 38
const SIDE = 14
const PILL_MOST = 168
const COLUMN_MIN = 96

export interface OrderFrame {
  readonly width: number
  /** Of everything; `from` and `height` say what is seen of it. */
  readonly whole: number
  readonly from: number
  readonly height: number
  readonly columns: readonly number[]
  readonly pill: number
}

export function orderFrame(options: { readonly orders: readonly SeenOrder[]; readonly width: number; readonly from: number; readonly height: number }): OrderFrame {
  const { orders, from, height } = options
  const apart = Math.max(COLUMN_MIN, (options.width - 2 * SIDE) / Math.max(1, orders.length))
  const rows = orders.reduce((most, order) => Math.max(most, order.seen.length), 0)
  return {
    width: Math.max(options.width, apart * orders.length + 2 * SIDE),
    whole: ORDER_TOP + rows * ROW + 12,
    from,
    height,
    columns: orders.map((_, index) => SIDE + apart * (index + 0.5)),
    pill: Math.min(PILL_MOST, apart * 0.62),
  }
}

export interface OrderPictureOptions {
  readonly label: (node: NodeId) => string
  readonly familyOf: (node: NodeId) => Tone
  readonly lookOf: (identity: string) => number | undefined
  /** The message that is chosen or pointed at: others are faint. */
  readonly identity: string | null
}

/** Each node's messages in a column, the first it saw on top; the same message is joined across columns, in red where another order is crossed. */
export function orderPicture(frame: OrderFrame, orders: readonly SeenOrder[], options: OrderPictureOptions): { readonly body: readonly Shape[]; readonly head: readonly Shape[] } {
  const first = Math.max(0, Math.floor((frame.from - ORDER_TOP) / ROW) - 1)
  const last = Math.ceil((frame.from + frame.height) / ROW) + 1
  const body = [
    ...orders.slice(1).flatMap((order, index) => joints(frame, { order: orders[index]!, x: frame.columns[index]! }, { order, x: frame.columns[index + 1]! }, { first, last, identity: options.identity })),
    ...orders.flatMap((order, index) => order.seen.slice(first, last).flatMap(({ identity }, row) => pill(frame, frame.columns[index]!, rowY(first + row), identity, options))),
  ]
  const head = orders.flatMap(({ node, seen }, index): Shape[] => {
    const x = frame.columns[index]!
    const width = Math.min(132, frame.pill + 20)
    return [
      { d: box(x - width / 2, 6, width, 26, 6), fill: 'surface-raised', stroke: 'border-strong', width: 1 },
      { d: box(x - width / 2 + 5, 29, width - 10, 2, 1), fill: `system-${options.familyOf(node)}` },
      { text: shortened(`${options.label(node)} · ${seen.length}`, width - 8, 11), x, y: 22, tone: 'text', size: 11, anchor: 'middle', bold: true },
    ]
  })
  return { body, head }
}

/** Which message stands at a point of the drawing. */
export function orderAt(frame: OrderFrame, orders: readonly SeenOrder[], x: number, y: number): { readonly node: NodeId; readonly identity: string } | null {
  const column = frame.columns.findIndex(middle => Math.abs(middle - x) <= frame.pill / 2 + 2)
  const order = orders[column]
  const sight = order?.seen[Math.floor((y - ORDER_TOP) / ROW)]
  return order && sight && y >= ORDER_TOP ? { node: order.node, identity: sight.identity } : null
}

export function rowY(row: number): number {
  return ORDER_TOP + (row + 0.5) * ROW
}

interface Side {
  readonly order: SeenOrder
  readonly x: number
}

function joints(frame: OrderFrame, left: Side, right: Side, seen: { readonly first: number; readonly last: number; readonly identity: string | null }): readonly Shape[] {
  const places = new Map(right.order.seen.map((sight, index) => [sight.identity, index]))
  const swapped = swappedIn(left.order, right.order)
  return left.order.seen.flatMap(({ identity }, row): Shape[] => {
    const other = places.get(identity)
    if (other === undefined || Math.max(row, other) < seen.first || Math.min(row, other) > seen.last) return []
    const [x1, y1, x2, y2] = [left.x + frame.pill / 2, rowY(row), right.x - frame.pill / 2, rowY(other)]
    const bend = (x2 - x1) / 2
    const chosen = seen.identity === null || seen.identity === identity
    return [{ d: `M${n(x1)} ${n(y1)}C${n(x1 + bend)} ${n(y1)} ${n(x2 - bend)} ${n(y2)} ${n(x2)} ${n(y2)}`, stroke: swapped.has(identity) ? 'danger' : 'channel', width: seen.identity === identity ? 2.4 : 1.3, opacity: chosen ? 1 : 0.2 }]
  })
}

function pill(frame: OrderFrame, x: number, y: number, identity: string, options: OrderPictureOptions): readonly Shape[] {
  const look = options.lookOf(identity)
  const opacity = options.identity === null || options.identity === identity ? 1 : 0.3
  const left = x - frame.pill / 2
  return [
    { d: box(left, y - 9, frame.pill, 18, 9), fill: 'surface', stroke: options.identity === identity ? (look === undefined ? 'accent' : toneOf(look)) : 'border-strong', width: options.identity === identity ? 1.8 : 1, opacity },
    ...(look === undefined ? [] : token(look, left + 12, y, 1).map(shape => ({ ...shape, opacity }))),
    { text: shortened(identity, frame.pill - 30, 10.5), x: left + 22, y: y + 3.7, tone: 'text', size: 10.5, anchor: 'start', opacity },
  ]
}
