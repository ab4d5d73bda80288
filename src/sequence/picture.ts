import { LOOK_DEAD, LOOK_REPLY } from '../contract/hops.ts'
import type { Sequence } from '../contract/sequence.ts'
import { factMarks } from './fact-marks.ts'
import type { Shown } from './filter.ts'
import { arrowsOf, yOf, type Arrow, type Frame } from './frame.ts'
import { downSpans, workSpans, type Span } from './lifelines.ts'
import { box, cross, disc, line, n, shortened, type Label, type Line, type Shape, type Tone } from './shape.ts'
import { momentText, ticksOf } from './time.ts'
import { toneOf, token } from './token.ts'
import { arrowText } from './words.ts'

/** A drawing in layers: what lies under the names, and the names, which stay. */
export interface Picture {
  readonly frame: Frame
  /** Clipped to below the names. */
  readonly body: readonly Shape[]
  readonly head: readonly Shape[]
  readonly arrows: readonly Arrow[]
}

export interface PictureOptions {
  /** The message that is chosen: others are faint. */
  readonly identity: string | null
  /** Index of the crossing that is pointed at or walked to. */
  readonly active: number | null
  /** The colour of a kind's family. */
  readonly familyOf: (type: string) => Tone
  readonly compact?: boolean
  /** For a file, which nobody waits for: tokens and words as long as there are any. */
  readonly detailed?: boolean
}

/** With more in sight than this there are no tokens and no words, with more than that no heads either: lines as one path of each colour. */
const TOKENS_MOST = 140
const HEADS_MOST = 600
const TICK_APART = 56
const LABEL_SIZE = 10.5
const FAINT = 0.22
/** Arrows of a crowd that lie so close are drawn once. */
const MERGED_PX = 2

export function pictureOf(frame: Frame, sequence: Sequence, shown: Shown, options: PictureOptions): Picture {
  const arrows = arrowsOf(frame, shown.crossings)
  const compact = options.compact === true
  const isDense = arrows.length > (options.detailed === true ? HEADS_MOST : TOKENS_MOST)
  const body = [
    ...(compact ? [] : timeAxis(frame)),
    ...untold(frame, sequence),
    ...lifelines(frame, sequence, isDense ? [] : shown.facts),
    ...(isDense ? dense(arrows, options) : sparse(frame, arrows, options)),
    ...factMarks(frame, shown.facts, { which: arrows.length > HEADS_MOST ? 'nodes' : 'all', identity: options.identity }),
    ...active(arrows, options),
    ...(isDense ? [] : labels(frame, arrows, options)),
  ]
  return { frame, body, head: names(frame, options), arrows }
}

function timeAxis(frame: Frame): readonly Shape[] {
  const ticks = ticksOf(frame.view, (frame.height - frame.top) / TICK_APART)
  const apart = ticks.length > 1 ? ticks[1]! - ticks[0]! : frame.view.toNs - frame.view.fromNs
  return ticks.flatMap((tick): Shape[] => {
    const y = yOf(frame, tick)
    // Under the names nothing can be read.
    if (y < frame.top + 7) return []
    return [
      { d: line(frame.left - 6, y, frame.width - 4, y), stroke: 'border', width: 1 },
      { text: momentText(tick, apart), x: frame.left - 10, y: y + 3.5, tone: 'text-muted', size: 10, anchor: 'end', mono: true },
    ]
  })
}

/** What is not told is shaded: it isn't empty, it isn't known here. */
function untold(frame: Frame, { fromNs, toNs }: Sequence): readonly Shape[] {
  const shade = (y1: number, y2: number): readonly Line[] => (y2 - y1 < 1 ? [] : [{ d: box(frame.left - 6, y1, frame.width - frame.left + 2, y2 - y1), fill: 'surface-sunken', opacity: 0.7 }])
  const inside = (ns: number): number => Math.max(frame.top, Math.min(frame.height, yOf(frame, ns)))
  return [...shade(frame.top, inside(fromNs)), ...shade(inside(toNs), inside(frame.view.toNs))]
}

/** With when they were down, and the work of which `facts` tell. */
function lifelines(frame: Frame, sequence: Sequence, facts: Shown['facts']): readonly Shape[] {
  const bar = (span: Span, width: number, paint: Omit<Line, 'd'>): readonly Line[] => {
    const x = frame.columns.get(span.node)
    const [y1, y2] = [Math.max(frame.top - 4, yOf(frame, span.fromNs)), Math.min(frame.height + 4, yOf(frame, span.toNs))]
    return x === undefined || y2 <= y1 ? [] : [{ d: box(x - width / 2, y1, width, Math.max(1, y2 - y1), 1.5), ...paint }]
  }
  const down = downSpans({ ...sequence, toNs: Math.max(sequence.toNs, frame.view.toNs) }, frame.lifelines)
  return [
    ...frame.lifelines.map(({ id }): Line => ({ d: line(frame.columns.get(id)!, frame.top, frame.columns.get(id)!, frame.height), stroke: 'border-strong', width: 1 })),
    ...workSpans({ facts, toNs: sequence.toNs }).flatMap(span => bar(span, 7, { fill: 'surface-sunken', stroke: 'border-strong', width: 1 })),
    ...down.flatMap(span => bar(span, 7, { fill: 'danger-soft', stroke: 'danger', width: 1, dash: '4 3' })),
  ]
}

/** Few enough to see each: its line with head, its token, and where it was lost. */
function sparse(frame: Frame, arrows: readonly Arrow[], { identity }: PictureOptions): readonly Shape[] {
  return arrows.flatMap(arrow => {
    const { crossing } = arrow
    const tone = toneOf(crossing.look)
    const opacity = identity === null || identity === crossing.identity ? 1 : FAINT
    const line: Line = { d: path(arrow), stroke: tone, width: 1.5, opacity, ...((crossing.look & LOOK_DEAD) !== 0 ? { dash: '5 3' } : crossing.end === 'flying' ? { dash: '1.5 3' } : {}) }
    const at = tokenAt(arrow, frame)
    const shapes = at === null ? [] : token(crossing.look, at.x, at.y, arrow.x2 >= arrow.x1 ? 1 : -1)
    return [line, ...endOf(arrow, tone), ...shapes].map(shape => ({ ...shape, opacity }))
  })
}

/** The token rides at the middle of its line, or what is seen of it. */
function tokenAt({ x1, y1, x2, y2 }: Arrow, { top, height }: Frame): { readonly x: number; readonly y: number } | null {
  const y = (y1 + y2) / 2
  return y < top || y > height ? null : { x: (x1 + x2) / 2, y }
}

function path({ x1, y1, x2, y2 }: Arrow): string {
  // From a node to itself: out, and back.
  return x1 === x2 ? `M${n(x1)} ${n(y1)}c26 0 26 ${n(y2 - y1 + 8)} 0 ${n(y2 - y1 + 8)}` : line(x1, y1, x2, y2)
}

/** How it ended: a head, filled or (of a reply) open; a red cross where it was lost; a bar where a cut holds it; nothing while it flies. */
function endOf(arrow: Arrow, tone: Tone): readonly Line[] {
  if (!arrow.ends) return []
  const { crossing, x2, y2 } = arrow
  switch (crossing.end) {
    case 'flying':
      return []
    case 'lost':
      return [{ d: cross(x2, y2, 4.5), stroke: 'danger', width: 2.2 }]
    case 'held':
      return [{ d: line(x2, y2 - 6, x2, y2 + 6), stroke: 'danger', width: 2.2 }]
    case 'dropped':
      return [head(arrow, tone), { d: cross(x2, y2, 4.5), stroke: 'danger', width: 2.2 }]
    case 'arrived':
      return [head(arrow, tone)]
  }
}

function head({ crossing, x1, y1, x2, y2 }: Arrow, tone: Tone): Line {
  const dx = x2 - x1
  const dy = y2 - y1
  const long = Math.hypot(dx, dy) || 1
  const [ux, uy] = [dx / long, dy / long]
  const corner = (side: 1 | -1): string => `${n(x2 - 7 * ux + 3.4 * side * uy)} ${n(y2 - 7 * uy - 3.4 * side * ux)}`
  return (crossing.look & LOOK_REPLY) !== 0 ? { d: `M${corner(1)}L${n(x2)} ${n(y2)}L${corner(-1)}`, stroke: tone, width: 1.5 } : { d: `M${corner(1)}L${n(x2)} ${n(y2)}L${corner(-1)}Z`, fill: tone }
}

/** Too many to tell apart: one path of each colour, so that ten thousand are drawn at once. */
function dense(arrows: readonly Arrow[], { identity }: PictureOptions): readonly Shape[] {
  const lines = new Map<Tone, string[]>()
  const heads = new Map<Tone, string[]>()
  const lost: string[] = []
  const chosen: Shape[] = []
  const add = (to: Map<Tone, string[]>, tone: Tone, d: string): void => void (to.get(tone)?.push(d) ?? to.set(tone, [d]))
  const drawn = new Set<string>()
  for (const arrow of arrows) {
    const tone = toneOf(arrow.crossing.look)
    const isChosen = arrow.crossing.identity === identity
    // Of those that fall on the same pixels one is enough.
    const place = `${arrow.x1} ${arrow.x2} ${Math.round(arrow.y1 / MERGED_PX)} ${Math.round(arrow.y2 / MERGED_PX)} ${arrow.crossing.end}`
    if (!isChosen && drawn.has(place)) continue
    drawn.add(place)
    if (isChosen) chosen.push({ d: path(arrow), stroke: tone, width: 2.2 }, ...endOf(arrow, tone))
    else add(lines, tone, path(arrow))
    if (!arrow.ends) continue
    if (['lost', 'dropped', 'held'].includes(arrow.crossing.end)) lost.push(cross(arrow.x2, arrow.y2, 3.5))
    else if (arrows.length <= HEADS_MOST && arrow.crossing.end === 'arrived') add(heads, tone, head({ ...arrow, crossing: { ...arrow.crossing, look: 0 } }, tone).d)
  }
  const opacity = identity === null ? (arrows.length > HEADS_MOST ? 0.55 : 0.85) : FAINT
  return [
    ...[...lines].map(([tone, all]): Line => ({ d: all.join(''), stroke: tone, width: 1.1, opacity })),
    ...[...heads].map(([tone, all]): Line => ({ d: all.join(''), fill: tone, opacity })),
    ...(lost.length > 0 ? [{ d: lost.join(''), stroke: 'danger', width: 1.6 }] : []),
    ...chosen,
  ]
}

/** The one that is pointed at, or walked to, stands out from all others. */
function active(arrows: readonly Arrow[], options: PictureOptions): readonly Shape[] {
  const arrow = arrows.find(one => one.index === options.active)
  if (!arrow) return []
  const tone = toneOf(arrow.crossing.look)
  const { x1, y1, x2, y2 } = arrow
  return [{ d: path(arrow), stroke: 'accent', width: 7, opacity: 0.25 }, { d: path(arrow), stroke: tone, width: 2 }, ...endOf(arrow, tone), ...token(arrow.crossing.look, (x1 + x2) / 2, (y1 + y2) / 2, x2 >= x1 ? 1 : -1)]
}

/** Words where there is room for them: an arrow whose words would cover others goes without. */
function labels(frame: Frame, arrows: readonly Arrow[], { identity, compact }: PictureOptions): readonly Label[] {
  if (compact === true) return []
  const taken: { readonly x1: number; readonly x2: number; readonly y: number }[] = []
  return arrows.flatMap(arrow => {
    if (identity !== null && identity !== arrow.crossing.identity) return []
    const at = tokenAt(arrow, frame)
    const room = Math.abs(arrow.x2 - arrow.x1) - 18
    const text = at === null ? '' : shortened(arrowText(arrow.crossing), room, LABEL_SIZE)
    if (at === null || text.length < 3) return []
    const half = (text.length * LABEL_SIZE * 0.56) / 2
    const place = { x1: at.x - half, x2: at.x + half, y: at.y - 8 }
    if (place.y < frame.top + 8 || taken.some(one => Math.abs(one.y - place.y) < 12 && one.x1 < place.x2 && one.x2 > place.x1)) return []
    taken.push(place)
    return [{ text, x: at.x, y: place.y, tone: 'text', size: LABEL_SIZE, anchor: 'middle', halo: 'surface' } as const]
  })
}

function names(frame: Frame, { familyOf, compact }: PictureOptions): readonly Shape[] {
  if (compact === true) return smallNames(frame, familyOf)
  return frame.lifelines.flatMap(({ id, label, type }): Shape[] => {
    const x = frame.columns.get(id)!
    const width = Math.min(132, frame.apart - 6)
    return [
      { d: box(x - width / 2, 6, width, 26, 6), fill: 'surface-raised', stroke: 'border-strong', width: 1 },
      { d: box(x - width / 2 + 5, 29, width - 10, 2, 1), fill: `system-${familyOf(type)}` },
      { text: shortened(label, width - 8, 11), x, y: 22.6, tone: 'text', size: 11, anchor: 'middle', bold: true },
    ]
  })
}

/** Where lifelines stand close, their names take turns in two rows. */
function smallNames(frame: Frame, familyOf: PictureOptions['familyOf']): readonly Shape[] {
  const size = 10
  const rows = frame.apart < 70 ? 2 : 1
  return frame.lifelines.flatMap(({ id, label, type }, index): Shape[] => {
    const x = frame.columns.get(id)!
    const text = shortened(label, frame.apart * rows - 4, size)
    const y = rows === 1 || index % 2 === 1 ? 27 : 14
    // The first and the last have only one neighbour's side to reach into.
    const half = (text.length * size * 0.56) / 2
    const middle = Math.min(Math.max(x, half + 3), Math.max(frame.width - half - 3, half + 3))
    return [{ text, x: middle, y, tone: 'text', size, anchor: 'middle', bold: true }, { d: line(x, y + 4, x, frame.top), stroke: 'border-strong', width: 1 }, { d: disc(x, frame.top - 1, 2.5), fill: `system-${familyOf(type)}` }]
  })
}
