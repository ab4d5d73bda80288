/** A colour of ui/tokens.css by its name: drawn as a variable on the page, written as its value in a file. */
export type Tone = string

/** What a drawing is made of: the page draws it as elements, a file has it as text. */
export type Shape = Line | Label

export interface Line {
  readonly d: string
  readonly stroke?: Tone
  readonly fill?: Tone
  readonly width?: number
  readonly dash?: string
  /** From 0 to 1. */
  readonly opacity?: number
}

export interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly tone: Tone
  readonly size: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly bold?: true
  readonly mono?: true
  /** The colour around it, where it stands on lines. */
  readonly halo?: Tone
  readonly opacity?: number
}

export const line = (x1: number, y1: number, x2: number, y2: number): string => `M${n(x1)} ${n(y1)}L${n(x2)} ${n(y2)}`
export const box = (x: number, y: number, width: number, height: number, radius = 0): string => {
  const r = Math.min(radius, width / 2, height / 2)
  if (r <= 0) return `M${n(x)} ${n(y)}h${n(width)}v${n(height)}h${n(-width)}Z`
  return `M${n(x + r)} ${n(y)}h${n(width - 2 * r)}a${r} ${r} 0 0 1 ${r} ${r}v${n(height - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${r}h${n(2 * r - width)}a${r} ${r} 0 0 1 ${-r} ${-r}v${n(2 * r - height)}a${r} ${r} 0 0 1 ${r} ${-r}Z`
}
export const disc = (x: number, y: number, r: number): string => `M${n(x - r)} ${n(y)}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`
export const cross = (x: number, y: number, r: number): string => `${line(x - r, y - r, x + r, y + r)}${line(x - r, y + r, x + r, y - r)}`

/** A tenth of a pixel is enough. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** As much of a text as fits into a width, at about this many pixels a character. */
export function shortened(text: string, width: number, size: number): string {
  const most = Math.floor(width / (size * 0.56))
  return text.length <= most ? text : most < 2 ? '' : `${text.slice(0, most - 1)}…`
}
