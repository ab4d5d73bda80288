/** Keys that walk the palette: one tab stop for all its parts, arrows from one to the next. */
export type PaletteStep = 'next' | 'previous' | 'below' | 'above' | 'first' | 'last'

const STEPS: Readonly<Record<string, PaletteStep>> = { ArrowRight: 'next', ArrowLeft: 'previous', ArrowDown: 'below', ArrowUp: 'above', Home: 'first', End: 'last' }

export function paletteStep(key: string): PaletteStep | undefined {
  return STEPS[key]
}

interface Place {
  readonly left: number
  readonly top: number
}

/** Index of the part that a step from one leads to; sideways goes round, up and down stay where nothing is. */
export function walkPalette(places: readonly Place[], from: number, step: PaletteStep): number {
  const count = places.length
  switch (step) {
    case 'next':
      return (from + 1) % count
    case 'previous':
      return (from + count - 1) % count
    case 'first':
      return 0
    case 'last':
      return count - 1
    default: {
      const here = places[from]!
      const sign = step === 'below' ? 1 : -1
      const rows = places.map((place, index) => ({ index, far: (place.top - here.top) * sign, aside: Math.abs(place.left - here.left) })).filter(one => one.far > 0)
      // The nearest row first, in it the nearest column.
      rows.sort((a, b) => a.far - b.far || a.aside - b.aside)
      return rows[0]?.index ?? from
    }
  }
}
