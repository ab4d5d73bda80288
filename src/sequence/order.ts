import type { FactVerb } from '../contract/fact.ts'
import type { Sequence } from '../contract/sequence.ts'
import type { NodeId } from '../topology/document.ts'
import { grouped } from '../ui/format.ts'

/** What a node saw, each message once, in the order in which it saw them first. */
export interface SeenOrder {
  readonly node: NodeId
  readonly seen: readonly Sight[]
}
export interface Sight {
  readonly identity: string
  readonly atNs: number
}

/** Facts that say that a node has got a message; its author has it from the beginning, and sees it when it comes back. */
const SEES: ReadonlySet<FactVerb> = new Set<FactVerb>(['delivered', 'routed', 'enqueued', 'stored'])

/** From facts: they are in the order in which the node took what came, also within one instant. */
export function seenOrders({ facts }: Pick<Sequence, 'facts'>, nodes: readonly NodeId[]): readonly SeenOrder[] {
  const seen = new Map(nodes.map(node => [node, new Map<string, Sight>()]))
  for (const { node, verb, identity, atNs } of facts) {
    if (identity === null || !SEES.has(verb)) continue
    const sights = seen.get(node)
    if (sights && !sights.has(identity)) sights.set(identity, { identity, atNs })
  }
  return nodes.map(node => ({ node, seen: [...seen.get(node)!.values()] }))
}

export interface Comparison {
  readonly one: NodeId
  readonly other: NodeId
  /** Messages that both saw. */
  readonly common: number
  /** Pairs of them that the two saw in different order, and pairs there are. */
  readonly swapped: number
  readonly pairs: number
}

export function compare(one: SeenOrder, other: SeenOrder): Comparison {
  const places = new Map(other.seen.map((sight, index) => [sight.identity, index]))
  const order = one.seen.flatMap(({ identity }) => places.get(identity) ?? [])
  return { one: one.node, other: other.node, common: order.length, swapped: inversions(order), pairs: (order.length * (order.length - 1)) / 2 }
}

export function comparisons(orders: readonly SeenOrder[]): readonly Comparison[] {
  return orders.flatMap((one, index) => orders.slice(index + 1).map(other => compare(one, other)))
}

/** Messages that stand in another order here than there: their lines cross those of others. */
export function swappedIn(one: SeenOrder, other: SeenOrder): ReadonlySet<string> {
  const places = new Map(other.seen.map((sight, index) => [sight.identity, index]))
  const both = one.seen.filter(({ identity }) => places.has(identity))
  const order = both.map(({ identity }) => places.get(identity)!)
  const swapped = new Set<string>()
  let highest = -1
  for (const [index, place] of order.entries()) {
    if (place < highest) swapped.add(both[index]!.identity)
    highest = Math.max(highest, place)
  }
  let lowest = Infinity
  for (let index = order.length - 1; index >= 0; index -= 1) {
    if (order[index]! > lowest) swapped.add(both[index]!.identity)
    lowest = Math.min(lowest, order[index]!)
  }
  return swapped
}

/** In how many different orders the nodes saw what they have in common: who agrees with all of a group belongs to it. */
export function distinctOrders(orders: readonly SeenOrder[]): number {
  const groups: SeenOrder[][] = []
  for (const order of orders) {
    const group = groups.find(members => members.every(member => compare(member, order).swapped === 0))
    if (group) group.push(order)
    else groups.push([order])
  }
  return groups.length
}

/** One sentence: whether they saw one order, and if not, who differs most and by how much. */
export function verdict(orders: readonly SeenOrder[], label: (node: NodeId) => string): string {
  if (orders.length < 2) return 'Choose two nodes or more: their orders are compared.'
  const all = comparisons(orders)
  const together = all.filter(one => one.common > 1)
  if (together.length === 0) return 'No two messages were seen by two of these nodes: there is no order to compare.'
  const worst = together.reduce((most, one) => (one.swapped > most.swapped ? one : most))
  if (worst.swapped === 0) return `${orders.length === 2 ? 'Both' : `All ${orders.length}`} nodes saw one order: no pair of messages is swapped.`
  const who = `${label(worst.one)} and ${label(worst.other)}`
  const pairs = `${grouped(worst.swapped)} of ${grouped(worst.pairs)} ${worst.pairs === 1 ? 'pair' : 'pairs'} of messages ${worst.swapped === 1 ? 'is' : 'are'} swapped`
  return orders.length === 2 ? `The order differs: ${pairs} between ${who}.` : `The order differs: ${orders.length} nodes saw ${distinctOrders(orders)} orders. ${who} differ most: ${pairs}.`
}

/** Nodes that are worth comparing: of the kind of which most got messages, those that did; at most so many. */
export function peersOf({ facts, nodes }: Pick<Sequence, 'facts' | 'nodes'>, most: number): readonly NodeId[] {
  const got = new Set(facts.filter(fact => fact.identity !== null && fact.verb === 'delivered').map(fact => fact.node))
  const kinds = new Map<string, NodeId[]>()
  const ids = Object.keys(nodes).filter(id => got.has(id))
  ids.sort((a, b) => nodes[a]!.at.y - nodes[b]!.at.y || nodes[a]!.at.x - nodes[b]!.at.x || (a < b ? -1 : 1))
  for (const id of ids) kinds.set(nodes[id]!.type, [...(kinds.get(nodes[id]!.type) ?? []), id])
  const biggest = [...kinds.values()].reduce<readonly NodeId[]>((best, one) => (one.length > best.length ? one : best), [])
  return biggest.slice(0, most)
}

/** Pairs that stand the wrong way round, by merging: a thousand messages are half a million pairs. */
function inversions(order: readonly number[]): number {
  let count = 0
  const sort = (list: readonly number[]): readonly number[] => {
    if (list.length < 2) return list
    const middle = list.length >> 1
    const left = sort(list.slice(0, middle))
    const right = sort(list.slice(middle))
    const merged: number[] = []
    let [l, r] = [0, 0]
    while (l < left.length && r < right.length) {
      if (left[l]! <= right[r]!) merged.push(left[l++]!)
      else {
        count += left.length - l
        merged.push(right[r++]!)
      }
    }
    return [...merged, ...left.slice(l), ...right.slice(r)]
  }
  sort(order)
  return count
}
