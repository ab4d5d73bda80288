import type { Crossing, Sequence } from '../contract/sequence.ts'
import { duration } from '../ui/format.ts'
import { momentText } from './time.ts'
import { lookText } from './token.ts'

/** What became of a crossing, in words: "arrived after 50 ms", "lost on the way: connection lost". */
export function endText({ end, reason, departNs, endNs }: Crossing): string {
  const took = duration(endNs - departNs)
  switch (end) {
    case 'arrived':
      return endNs === departNs ? 'arrived at once' : `arrived after ${took}`
    case 'dropped':
      return `discarded as it arrived: ${reason}`
    case 'lost':
      return `lost after ${took}: ${reason}`
    case 'held':
      return `held by a cut after ${took}`
    case 'flying':
      return 'still on its way'
  }
}

/** A crossing as one sentence, for screen readers and tooltips. */
export function crossingText({ nodes }: Pick<Sequence, 'nodes'>, crossing: Crossing): string {
  const label = (id: string): string => nodes[id]?.label ?? id
  const look = lookText(crossing.look)
  const what = [crossing.type, crossing.identity, crossing.key === '' ? '' : `with key ${crossing.key}`, look].filter(text => text !== '').join(', ')
  return `${what}: from ${label(crossing.from)} to ${label(crossing.to)} at ${momentText(crossing.departNs, 1e6)}, ${endText(crossing)}`
}

/** What stands at an arrow. */
export function arrowText({ key, identity }: Pick<Crossing, 'key' | 'identity'>): string {
  return key === '' ? identity : `${key} · ${identity}`
}
