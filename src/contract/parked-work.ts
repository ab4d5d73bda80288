import type { Draw } from '../kernel/draw.ts'
import type { Memory } from '../kernel/memory.ts'
import * as L from '../machine/layout.ts'
import type { BehaviourContext, Endpoint } from './model.ts'
import type { Bay } from './parking.ts'

/** What applications that work on deliveries have in common when they are parked. */

/** An inbox in front of workers: messaging/work-station.ts. */
export interface ParkableStation {
  every(fits: (source: Endpoint, tag: number, settled: boolean) => boolean): boolean
  park(bay: { readonly memory: Memory; block: Bay['block']; onMore: Bay['onMore'] }, record: number, place: (source: Endpoint) => { readonly record: number; readonly base: number }): void
  unpark(bay: { readonly memory: Memory }, record: number, source: (record: number) => { readonly source: Endpoint; readonly base: number }): void
}

export interface ParkedWork {
  /** The application. */
  readonly part: object
  /** KIND_… of the layout. */
  readonly kind: number
  readonly context: BehaviourContext
  readonly station: ParkableStation
  /** Slots of its figures; a negative one it doesn't have. */
  readonly slots: { readonly received: number; readonly redelivered: number; readonly busy: number; readonly inbox: number; readonly failed: number; readonly done: number; readonly service: number; readonly latency: number }
  readonly service: Draw
  readonly failureRate: number
  /** Whether what failed is given back. */
  readonly givesBack: boolean
}

/** Whether every job came over a channel that is parked, and can still be settled there. */
export function workFits(bay: Bay, context: BehaviourContext, station: ParkableStation): boolean {
  const jobs = station.every((source, tag, settled) => !settled && context.endpoints.includes(source) && tag > (source.tagBase ?? tag) && bay.fits(source.channel))
  return jobs && context.isUp() && context.endpoints.every(endpoint => !endpoint.canReceive || bay.fits(endpoint.channel))
}

/** Writes an application's record; its address. */
export function parkWork(bay: Bay, { part, kind, context, station, slots, service, failureRate, givesBack }: ParkedWork): number {
  const record = bay.at(part, L.APP_CELLS)
  const { ledger, source } = bay.node(context)
  const stays = bay.histograms(context, slots.service)
  const ages = bay.histograms(context, slots.latency)
  const draw = bay.draw(service)
  const failures = failureRate > 0 ? bay.stream(context.random('failure')) : 0
  station.park(bay, record, ({ channel, tagBase }) => ({ record: bay.at(channel, L.SUBSCRIPTION_CELLS), base: tagBase! }))
  const { f, i } = bay.memory
  const at = record * 2
  i[at] = kind
  i[at + L.APP_LEDGER] = ledger
  i[(record + L.F_APP_SAYS) * 2 + L.SAYS_NODE] = i[ledger * 2 + L.SAYS_NODE]!
  i[(record + L.F_APP_SAYS) * 2 + L.SAYS_HASH] = i[ledger * 2 + L.SAYS_HASH]!
  i[at + L.APP_SOURCE] = source
  i[at + L.APP_DRAW] = draw
  i[at + L.APP_FAILURE_STREAM] = failures
  i[at + L.APP_FAILURE_BITS] = givesBack ? L.BIT_REQUEUE : 0
  i[at + L.APP_REDELIVERED] = slots.redelivered < 0 ? 0 : bay.figure(context, slots.redelivered)
  i[at + L.APP_BUSY] = bay.figure(context, slots.busy)
  i[at + L.APP_INBOX] = bay.figure(context, slots.inbox)
  i[at + L.APP_FAILED] = bay.figure(context, slots.failed)
  bay.house(context, slots.received, record + L.F_APP_RECEIVED)
  bay.house(context, slots.done, record + L.F_APP_DONE)
  i[at + L.APP_SERVICE] = stays.whole
  i[at + L.APP_SERVICE_LATE] = stays.late
  i[at + L.APP_LATENCY] = ages.whole
  i[at + L.APP_LATENCY_LATE] = ages.late
  f[record + L.F_APP_FAILURE_RATE] = failureRate
  bay.aim(context, record)
  return record
}

/** Reads the jobs back; the record's address. */
export function unparkWork(bay: Bay, part: object, context: BehaviourContext, station: ParkableStation): number {
  const record = bay.at(part, L.APP_CELLS)
  const endpoints = new Map<object, Endpoint>(context.endpoints.map(endpoint => [endpoint.channel, endpoint]))
  station.unpark(bay, record, at => {
    const source = endpoints.get(bay.part(at))!
    return { source, base: source.tagBase! }
  })
  return record
}

/** The only way out of an application, if it is parked and publishes as it comes; else null. */
export function onlyOutlet(bay: Bay, outlets: readonly Endpoint[]): Endpoint | null {
  const [outlet] = outlets
  return outlets.length === 1 && outlet && (outlet.bits ?? -1) >= 0 && bay.fits(outlet.channel) ? outlet : null
}

/** Record of the way that leaves an application by an outlet. */
export function wayOut(bay: Bay, context: BehaviourContext, { channel }: Endpoint): number {
  return bay.lane(channel, channel.from === context.id ? 'from' : 'to')
}
