import { expect, it } from 'vitest'
import { besideControls } from './beside-controls.ts'

const controls = [{ x: 10, y: 300, width: 32, height: 120 }]
const whole = { x: 20, y: 20, zoom: 1 }
const beside = { x: 60, y: 20, zoom: 0.9 }
const above = { x: 20, y: 20, zoom: 0.6 }

it('the whole is seen as large as can be with nothing under the controls', () => {
  const top = { x: 0, y: 0, width: 100, height: 50 }
  const corner = { x: 0, y: 350, width: 100, height: 50 }
  expect(besideControls([whole, beside, above], [top], controls)).toBe(whole)
  expect(besideControls([whole, above, beside], [top, corner], controls)).toBe(beside)
})

it('where something is under them in every view, it is the first', () => {
  const everywhere = { x: -500, y: -500, width: 2000, height: 2000 }
  expect(besideControls([whole, beside], [everywhere], controls)).toBe(whole)
})
