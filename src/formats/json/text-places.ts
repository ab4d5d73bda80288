import { findNodeAtLocation, parseTree, type ParseError, type Segment } from 'jsonc-parser'
import type { Problem } from '../../topology/problem.ts'

/** A stretch of a text: characters from the start, and its line, from 1. */
export interface TextPlace {
  readonly offset: number
  readonly length: number
  readonly line: number
}

/** Where in a text a problem is: at the first syntax error, or at the value that its place names ("nodes[3].at.x"). */
export function placeInText(text: string, problem: Problem): TextPlace {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors)
  const syntax = errors[0]
  if (syntax) return at(text, Math.min(syntax.offset, Math.max(0, text.length - 1)), Math.max(1, syntax.length))
  const path = segments(problem.place ?? '')
  // What is missing has no place of its own: what should hold it has.
  for (let length = path.length; tree && length >= 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length))
    if (node) return at(text, node.offset, node.length)
  }
  return at(text, 0, 1)
}

function segments(place: string): Segment[] {
  return [...place.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => (index === undefined ? name! : Number(index)))
}

function at(text: string, offset: number, length: number): TextPlace {
  return { offset, length, line: text.slice(0, offset).split('\n').length }
}
