import { describe, expect, it } from 'vitest'
import { density } from './law-density.ts'
import { parseValues } from './ValuesField.tsx'

describe('a list of durations', () => {
  it('is read from a column, a row, or anything between', () => {
    expect(parseValues('1\n2.5\r\n3,4; 5e1')).toEqual([1, 2.5, 3, 4, 50])
    expect(parseValues(' ')).toEqual([])
    expect(parseValues('1 two')).toEqual([1, 'two'])
  })

  it('has a sketch: a trace in its order, measurements by how many lie where', () => {
    const course = density({ law: 'trace', values: [1, 2, 4] })
    expect([course[0], course.at(-1)]).toEqual([0.25, 1])
    const tally = density({ law: 'empirical', values: [1, 1, 4] })
    expect(Math.max(...tally)).toBe(1)
    expect(tally.filter(one => one > 0)).toHaveLength(2)
  })
})
