import { clock } from '../ui/format.ts'

/** The part of the time axis that is looked at. */
export interface View {
  readonly fromNs: number
  readonly toNs: number
}

/** Closer than a microsecond nothing is drawn. */
export const SPAN_NS_MIN = 1000

/** Ticks at 1, 2 or 5 times a power of ten, not closer than so many to the view. */
export function ticksOf({ fromNs, toNs }: View, most: number): readonly number[] {
  const least = Math.max(1, (toNs - fromNs) / Math.max(1, most))
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].map(n => n * power).find(one => one >= least)!
  const ticks: number[] = []
  for (let tick = Math.ceil(fromNs / step) * step; tick <= toNs; tick += step) ticks.push(tick)
  return ticks
}

/** A moment with as many digits as its neighbours at this distance need: 00:01.250, or 00:01.250 013 where microseconds matter. */
export function momentText(ns: number, apartNs: number): string {
  const ms = clock(ns)
  if (apartNs >= 1e9) return ms.slice(0, -4)
  if (apartNs >= 1e6) return ms
  const digits = (value: number): string => String(value).padStart(3, '0')
  const us = `${ms}\u202f${digits(Math.floor(ns / 1e3) % 1e3)}`
  return apartNs >= 1e3 ? us : `${us}\u202f${digits(Math.floor(ns) % 1e3)}`
}

/** A moment as people write it: seconds, or minutes and hours before them with colons; null for anything else. */
export function readMoment(text: string): number | null {
  const parts = text.trim().split(':')
  if (parts.length > 3 || parts.some((part, index) => !(index === parts.length - 1 ? /^\d+(\.\d*)?$/ : /^\d+$/).test(part))) return null
  return Math.round(parts.reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1e9)
}

/** A view around a moment that stays where it is, nearer or farther by a factor; within the run, which begins at 0 and has come to `nowNs`. */
export function zoomed(view: View, options: { readonly by: number; readonly aroundNs: number; readonly nowNs: number }): View {
  const span = view.toNs - view.fromNs
  const wanted = Math.min(Math.max(span / options.by, SPAN_NS_MIN), Math.max(options.nowNs, SPAN_NS_MIN))
  const share = span === 0 ? 0.5 : (options.aroundNs - view.fromNs) / span
  return within({ fromNs: options.aroundNs - wanted * share, toNs: options.aroundNs + wanted * (1 - share) }, options.nowNs)
}

export function panned(view: View, options: { readonly byNs: number; readonly nowNs: number }): View {
  return within({ fromNs: view.fromNs + options.byNs, toNs: view.toNs + options.byNs }, options.nowNs)
}

/** The newest stretch of this length; of a run that is younger, all, with room for what comes. */
export function newest(spanNs: number, nowNs: number): View {
  const fromNs = Math.max(0, nowNs - spanNs)
  return { fromNs, toNs: fromNs + spanNs }
}

/** Moved, not shrunk, into the run; whole nanoseconds. */
function within({ fromNs, toNs }: View, nowNs: number): View {
  const span = toNs - fromNs
  const end = Math.max(nowNs, SPAN_NS_MIN)
  const from = Math.max(0, Math.min(fromNs, end - span))
  return { fromNs: Math.round(from), toNs: Math.round(from + span) }
}

/** A round stretch of time in which about so many messages cross at this rate per second. */
export function stretchFor(rate: number, crossings: number): number {
  const wanted = rate <= 0 ? 1e10 : Math.min(6e10, Math.max(1e6, (crossings / rate) * 1e9))
  const power = 10 ** Math.floor(Math.log10(wanted))
  return [1, 2, 5, 10].map(n => n * power).find(one => one >= wanted * 0.999)!
}
