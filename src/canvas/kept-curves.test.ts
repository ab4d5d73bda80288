import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boxesOf } from '../app/node-sizes.ts'
import { placed } from '../app/containers.ts'
import { KeptCurves } from './kept-curves.ts'
import { catalogue, channel, node, topology } from './testing/sample.ts'

const KINDS = ['toy.producer', 'toy.exchange', 'toy.queue', 'toy.consumer'] as const
const place = fc.record({ x: fc.integer({ min: -300, max: 900 }), y: fc.integer({ min: -200, max: 500 }) })
const nodes = fc.array(fc.tuple(fc.constantFrom(...KINDS), place), { minLength: 3, maxLength: 9 })
const ends = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 14 })
const moves = fc.array(fc.tuple(fc.nat(), place), { minLength: 1, maxLength: 6 })

it('after any moves, lines run where they would have run had the nodes stood there from the beginning', () => {
  fc.assert(
    fc.property(nodes, ends, moves, (kinds, ends, moves) => {
      const all = [node('home', 'toy.broker', 0, 0), ...kinds.map(([kind, at], n) => node(`n${n}`, kind, at.x, at.y, n % 3 === 0 ? { within: 'home' } : {}))]
      let document = topology(all, ends.map(([from, to], n) => channel(`c${n}`, n % 4 === 0 ? 'toy.binding' : 'toy.link', `n${from % kinds.length}`, `n${to % kinds.length}`)))
      const kept = new KeptCurves(catalogue)
      kept.of(document, boxesOf(catalogue, document))
      for (const [which, at] of moves) {
        document = placed(document, [{ id: all[which % all.length]!.id, at }])
        const boxes = boxesOf(catalogue, document)
        expect([...kept.of(document, boxes)]).toEqual([...new KeptCurves(catalogue).of(document, boxes)])
      }
    }),
    { numRuns: 300 },
  )
})

it('a node that moves leaves all lines alone that it has nothing to do with', () => {
  const row = (n: number) => [node(`a${n}`, 'toy.producer', 0, n * 100), node(`b${n}`, 'toy.exchange', 300, n * 100)]
  const document = topology(Array.from({ length: 50 }, (_, n) => row(n)).flat(), Array.from({ length: 50 }, (_, n) => channel(`c${n}`, 'toy.link', `a${n}`, `b${n}`)))
  const kept = new KeptCurves(catalogue)
  const before = kept.of(document, boxesOf(catalogue, document))
  const after = placed(document, [{ id: 'a7', at: { x: 10, y: 730 } }])
  const now = kept.of(after, boxesOf(catalogue, after))
  expect([...now].filter(([id, curve]) => before.get(id) !== curve).map(([id]) => id)).toEqual(['c7'])
})
