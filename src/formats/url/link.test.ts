import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Config, Topology } from '../../topology/document.ts'
import { decodeLink, encodeLink } from './link.ts'

const name = fc.stringMatching(/^[a-zA-Z0-9 _.é€-]{1,20}$/)
const value: fc.Arbitrary<Config[string]> = fc.oneof(fc.boolean(), fc.integer(), fc.string({ maxLength: 30 }), fc.constant(null), fc.record({ law: fc.constant('exponential'), mean: fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true }).map(x => (x === 0 ? 0 : x)) }))
const config = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { maxKeys: 5 })

const topology: fc.Arbitrary<Topology> = fc
  .record({
    title: fc.string({ maxLength: 40 }),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    ids: fc.uniqueArray(name, { minLength: 1, maxLength: 12 }),
    spots: fc.array(fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -5000, max: 5000 }), config, fc.boolean()), { minLength: 12, maxLength: 12 }),
    wires: fc.array(fc.tuple(fc.nat(11), fc.nat(11), config), { maxLength: 15 }),
  })
  .map(({ title, seed, ids, spots, wires }) => ({
    format: 1 as const,
    title,
    seed,
    nodes: ids.map((id, n) => ({ id, type: n % 2 === 0 ? 'app.producer' : 'future.kind', label: n % 3 === 0 ? id : `label ${n}`, at: { x: spots[n]![0], y: spots[n]![1] }, ...(n > 0 && spots[n]![3] ? { within: ids[0]! } : {}), config: spots[n]![2] })),
    channels: wires.map(([from, to, own], n) => ({ id: `c${n}`, type: 'amqp.publish', from: ids[from % ids.length]!, to: ids[to % ids.length]!, config: own })),
  }))

const small: Topology = { format: 1, title: 'Small', seed: 7, nodes: [{ id: 'a', type: 'app.producer', label: 'a', at: { x: 10, y: 20 }, config: { rate: 3 } }], channels: [] }

describe('links', () => {
  it('bring back the very topology, semantics version and journal', () => {
    fc.assert(
      fc.property(topology, one => {
        const link = encodeLink({ topology: one, semantics: 1 })
        expect(link).toMatch(/^#t=[0-9a-zA-Z_-]+Z$/)
        expect(decodeLink(`https://example.org/any/path/${link}`)).toEqual({ ok: true, value: { topology: one, semantics: 1 }, problems: [] })
      }),
    )
    const journal = [{ atNs: 5, live: { input: 'fault' as const, fault: { fault: 'crash' as const, node: 'a' } } }]
    const back = decodeLink(encodeLink({ topology: small, semantics: 1, journal }))
    expect(back.ok && back.value.journal).toEqual(journal)
  })

  it('are canonical: the order of config fields makes no difference', () => {
    const one = { ...small, nodes: [{ ...small.nodes[0]!, config: { a: 1, b: 2 } }] }
    const other = { ...small, nodes: [{ ...small.nodes[0]!, config: { b: 2, a: 1 } }] }
    expect(encodeLink({ topology: one, semantics: 1 })).toBe(encodeLink({ topology: other, semantics: 1 }))
  })

  const link = encodeLink({ topology: small, semantics: 1 })
  const says = (text: string): string => {
    const outcome = decodeLink(text)
    return outcome.ok ? 'fine' : outcome.problems[0]!.says
  }

  it('say exactly what was lost when they were cut, wherever', () => {
    for (let length = 16; length < link.length; length += 1) expect(says(link.slice(0, length))).toContain(`it lost ${link.length - length} of ${link.length - 3} characters`)
  })

  it('tell any changed character', () => {
    for (let at = 5; at < link.length - 1; at += 1) {
      const changed = link.slice(0, at) + (link[at] === 'x' ? 'y' : 'x') + link.slice(at + 1)
      expect(says(changed), `character ${at}`).toMatch(/damaged|cut|large/)
    }
  })

  it('tell what is foreign and what is newer', () => {
    expect(says('https://example.org/')).toContain('not a Relayground link')
    expect(says('#t=!!')).toContain('not a Relayground link')
    expect(says(`#t=2${link.slice(4)}`)).toContain('newer version')
    expect(says(encodeLink({ topology: small, semantics: 99 }))).toContain('newer rules')
  })
})
