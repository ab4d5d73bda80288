import { describe, expect, it } from 'vitest'
import { paletteStep, walkPalette } from './palette-walk.ts'

/** Two columns of three, and a last one alone. */
const places = [0, 1, 2, 3, 4, 5, 6].map(n => ({ left: (n % 2) * 100, top: Math.floor(n / 2) * 40 }))

describe('walking the palette', () => {
  it('goes round sideways', () => {
    expect([walkPalette(places, 6, 'next'), walkPalette(places, 0, 'previous'), walkPalette(places, 2, 'next')]).toEqual([0, 6, 3])
  })

  it('keeps its column up and down, takes what is there where the column ends, and stays at the edge', () => {
    expect([walkPalette(places, 1, 'below'), walkPalette(places, 5, 'below'), walkPalette(places, 6, 'below'), walkPalette(places, 3, 'above'), walkPalette(places, 1, 'above')]).toEqual([3, 6, 6, 1, 1])
  })

  it('knows its keys and leaves the others alone', () => {
    expect(['ArrowDown', 'End', 'Tab', 'a'].map(paletteStep)).toEqual(['below', 'last', undefined, undefined])
  })
})
