import { expect, it } from 'vitest'
import type { Mark } from '../worker/api.ts'
import { shownMarks } from './timeline-marks.ts'

const mark = (seconds: number, kind: Mark['mark'], says: string = kind): Mark => ({ atNs: seconds * 1e9, mark: kind, part: 'q', says })

it('a crash stays on the timeline however many losses follow', () => {
  const marks = [mark(1, 'crash'), ...Array.from({ length: 2000 }, (_, n) => mark(1 + n / 40, 'loss'))]
  const shown = shownMarks(marks, 60e9)
  expect(shown[0]).toEqual({ mark: mark(1, 'crash'), count: 1 })
  expect(shown.length).toBeLessThan(160)
  expect(shown.reduce((sum, { count }) => sum + count, 0)).toBe(marks.length)
})

it('marks of one kind at one place are told as the newest of them, and how many', () => {
  expect(shownMarks([mark(1, 'loss', 'first'), mark(1.1, 'loss', 'second'), mark(1.1, 'dead-letter'), mark(30, 'loss', 'third')], 60e9)).toEqual([
    { mark: mark(1.1, 'loss', 'second'), count: 2 },
    { mark: mark(1.1, 'dead-letter'), count: 1 },
    { mark: mark(30, 'loss', 'third'), count: 1 },
  ])
})
