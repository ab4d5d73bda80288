/** What a slider covers of a number's range, and how. A field may take more: what lies beyond the slider's end is typed. */
export interface SliderScale {
  readonly min: number
  readonly max: number
  /** Each step multiplies; 0 has a place of its own at the left end, where it is allowed. */
  readonly log: boolean
  readonly whole: boolean
}

/** Positions of a slider: a pixel each on a wide one. */
export const POSITIONS = 1000
/** Where the numbers above zero begin on a log scale that has a zero. */
const ABOVE_ZERO = 60
/** From this ratio on, even steps would leave all small values in one pixel. */
const WIDE_RATIO = 200
/** The least number above zero where a field has no other: a hundredth of its unit. */
const LEAST = 0.01
/** Hands set no more than this; units with a wider range are typed. */
const ENDS: Readonly<Record<string, number>> = { ms: 600_000, '/s': 100_000, messages: 100_000, B: 1e9, 'B/s': 1e9 }
/** Values that people choose, between 1 and 10. */
const NICE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8] as const

/** The slider of a number; undefined for one that no hand would set by sliding: counts without a unit and without an end. */
export function sliderScale({ unit, min, max, scale, whole = false }: { readonly unit: string; readonly min: number; readonly max: number; readonly scale?: 'linear' | 'log' | undefined; readonly whole?: boolean | undefined }): SliderScale | undefined {
  if (min < 0 || (unit === '' && scale === undefined && max > 1000)) return undefined
  const end = Math.min(max, ENDS[unit] ?? 1e6)
  const least = min > 0 ? min : whole ? 1 : LEAST
  const log = scale === 'log' || (scale === undefined && whole && end / least > WIDE_RATIO)
  return end > min ? { min, max: end, log, whole } : undefined
}

/** From 0 to POSITIONS; values beyond the ends are at the ends. */
export function positionOf({ min, max, log, whole }: SliderScale, value: number): number {
  if (value >= max) return POSITIONS
  if (value <= min) return 0
  if (!log) return Math.round(((value - min) / (max - min)) * POSITIONS)
  const { least, first } = start({ min, whole })
  return value < least ? 0 : Math.round(first + (Math.log(value / least) / Math.log(max / least)) * (POSITIONS - first))
}

/** The value at a position, with no more digits than a hand means. */
export function valueAt({ min, max, log, whole }: SliderScale, position: number): number {
  if (position <= 0) return min
  if (position >= POSITIONS) return max
  if (!log) return rounded(min + ((max - min) * position) / POSITIONS, (max - min) / 100, whole)
  const { least, first } = start({ min, whole })
  if (position < first) return position < first / 2 ? min : least
  const value = least * (max / least) ** ((position - first) / (POSITIONS - first))
  return rounded(value, 10 ** (Math.floor(Math.log10(value)) - 1), whole)
}

/** One step up or down by keyboard: to the next value that people choose. */
export function stepped(scale: SliderScale, value: number, by: 1 | -1): number {
  const { min, max, log, whole } = scale
  if (!log) return clamped(scale, rounded(value + by * Math.max((max - min) / 100, whole ? 1 : 0), (max - min) / 100, whole))
  const { least } = start({ min, whole })
  if (value < least || (by < 0 && value <= least)) return by > 0 ? least : min
  const decade = Math.floor(Math.log10(value * (1 + 1e-9)))
  const near = [decade - 1, decade, decade + 1].flatMap(power => NICE.map(nice => exact(nice, power))).filter(one => !whole || Number.isInteger(one))
  const next = by > 0 ? near.find(one => one > value * (1 + 1e-9)) : near.findLast(one => one < value * (1 - 1e-9))
  return clamped(scale, next ?? value)
}

function clamped({ min, max }: SliderScale, value: number): number {
  return Math.min(max, Math.max(min, value))
}

function start({ min, whole }: { readonly min: number; readonly whole: boolean }): { readonly least: number; readonly first: number } {
  return min > 0 ? { least: min, first: 0 } : { least: whole ? 1 : LEAST, first: ABOVE_ZERO }
}

function rounded(value: number, step: number, whole: boolean): number {
  return whole && step < 1 ? Math.round(value) : Number((Math.round(value / step) * step).toPrecision(12))
}

function exact(nice: number, power: number): number {
  return Number((nice * 10 ** power).toPrecision(3))
}
