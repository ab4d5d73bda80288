import type { Shape, Tone } from './shape.ts'

export interface SvgOptions {
  readonly title: string
  readonly description: string
  readonly width: number
  readonly height: number
  /** Where the names end: what is below is clipped there. */
  readonly top: number
  readonly head: readonly Shape[]
  readonly body: readonly Shape[]
  /** The value of a colour in the theme that is shown. */
  readonly colour: (tone: Tone) => string
}

/** A drawing as a file that needs nothing else: colours as values, names of fonts with what stands in for them. */
export function svgOf({ title, description, width, height, top, head, body, colour }: SvgOptions): string {
  const w = Math.ceil(width)
  const h = Math.ceil(height)
  const write = (shapes: readonly Shape[]): string => shapes.map(shape => written(shape, colour)).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-labelledby="title description" font-family="Inter, system-ui, sans-serif" fill="none" stroke-linecap="round" stroke-linejoin="round">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
<defs><clipPath id="body"><rect x="0" y="${top}" width="${w}" height="${Math.max(0, h - top)}"/></clipPath></defs>
<rect width="${w}" height="${h}" fill="${colour('surface')}"/>
<g clip-path="url(#body)">
${write(body)}
</g>
${write(head)}
</svg>
`
}

function written(shape: Shape, colour: (tone: Tone) => string): string {
  const opacity = shape.opacity === undefined || shape.opacity === 1 ? '' : ` opacity="${shape.opacity}"`
  if ('d' in shape) {
    const stroke = shape.stroke === undefined ? '' : ` stroke="${colour(shape.stroke)}" stroke-width="${shape.width ?? 1}"`
    const fill = shape.fill === undefined ? '' : ` fill="${colour(shape.fill)}"`
    const dash = shape.dash === undefined ? '' : ` stroke-dasharray="${shape.dash}"`
    return `<path d="${shape.d}"${stroke}${fill}${dash}${opacity}/>`
  }
  const { text, x, y, tone, size, anchor, bold, mono, halo } = shape
  const around = halo === undefined ? '' : ` stroke="${colour(halo)}" stroke-width="3" paint-order="stroke"`
  const font = `${bold ? ' font-weight="600"' : ''}${mono ? ' font-family="JetBrains Mono, ui-monospace, monospace"' : ''}`
  return `<text x="${Math.round(x * 10) / 10}" y="${Math.round(y * 10) / 10}" font-size="${size}" text-anchor="${anchor}" fill="${colour(tone)}"${around}${font}${opacity}>${escaped(text)}</text>`
}

/** XML knows five signs, and no control characters at all. */
function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
  // oxlint-disable-next-line no-control-regex -- they are what has to go
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"']/g, sign => signs[sign]!)
}
