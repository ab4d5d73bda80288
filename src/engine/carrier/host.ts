import { DISCARD_REASONS } from '../../contract/ledger.ts'
import { addPage, carry, logOf } from '../../stats/histogram.ts'
import type { Host } from '../../machine/machine.ts'
import type { Core } from '../core.ts'
import type { Parts } from '../parts.ts'
import type { LandingBay } from './bay.ts'

/** What the machine leaves to TypeScript: whatever is rare. */
export function hostOf(core: Core, parts: Parts, bay: LandingBay): Host {
  const { memory, events, instants, messages } = core
  return {
    reserve: cells => memory.reserve(cells),
    moreEvents: () => events.moreEvents(),
    moreBlocks: () => events.moreBlocks(),
    growNear: more => events.growNear(more),
    moreInstants: () => instants.more(),
    moreMessages: () => messages.moreRecords(),
    contentGone: content => messages.contents.release(content),
    wrap: () => {
      core.trace.folded()
      core.trace.wrap()
    },
    log: histogram => logOf(memory, histogram),
    page: (histogram, octave) => addPage(memory, histogram, octave),
    carry: (histogram, octave, bucket) => carry(memory, histogram, octave, bucket),
    draw: number => bay.drawAt(number).toScratch(),
    discard: (node, message, reason, delivering) => {
      core.trace.folded()
      core.delivering = delivering
      parts.nodeList[node]!.discard(message, DISCARD_REASONS[reason]!)
      core.delivering = -1
      core.trace.fold()
    },
    ways: (exchange, message) => bay.ways(exchange, message),
    moreJobs: app => bay.more(app),
    moreWindow: subscription => bay.more(subscription),
  }
}
