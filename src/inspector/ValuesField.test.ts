import { expect, it } from 'vitest'
import { parseValues } from './ValuesField.tsx'

it('a list of durations is read from a column, a row, or anything between', () => {
  expect(parseValues('1\n2.5\r\n3,4; 5e1')).toEqual([1, 2.5, 3, 4, 50])
  expect(parseValues(' ')).toEqual([])
  expect(parseValues('1 two')).toEqual([1, 'two'])
})
