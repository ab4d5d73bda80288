import { describe, expect, it } from 'vitest'
import { placeInText } from './text-places.ts'

const problem = (place?: string) => ({ code: 'topology.invalid', severity: 'error', says: '', ...(place === undefined ? {} : { place }) }) as const
const text = '{\n  "nodes": [\n    { "id": "a" },\n    { "id": "b", "at": { "x": "far" } }\n  ]\n}'
const marked = (of: string, place?: string): readonly [string, number] => {
  const { offset, length, line } = placeInText(of, problem(place))
  return [of.slice(offset, offset + length), line]
}

describe('places in a text', () => {
  it('are the value that a path names', () => {
    expect([marked(text, 'nodes[1].at.x'), marked(text, 'nodes[0].id')]).toEqual([['"far"', 4], ['"a"', 3]])
  })

  it('are what should hold a value that is missing', () => {
    expect(marked(text, 'nodes[0].at.y')).toEqual(['{ "id": "a" }', 3])
    expect(marked(text, 'the file')[1]).toBe(1)
  })

  it('are where the syntax breaks, whatever the problem says', () => {
    expect(marked('{\n  "a": 1,\n  "b": oops\n}', 'nodes')).toEqual(['oops', 3])
    expect(placeInText('', problem())).toEqual({ offset: 0, length: 1, line: 1 })
  })
})
