import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOOK_DEAD, LOOK_EVENT, LOOK_REDELIVERED, LOOK_REPLY } from '../contract/hops.ts'
import { MERMAID_ARROWS_MAX, mermaidOf } from './mermaid.ts'
import { crossing, fact } from './testing/sample.ts'

const lifeline = (id: string, label: string, within: string | null = null) => ({ id, label, type: 'app.consumer', within })
const LIFELINES = [lifeline('a', 'shop'), lifeline('q', 'work', 'rabbit'), lifeline('b', 'worker')]

/**
 * The part of Mermaid's grammar for sequence diagrams (its sequenceDiagram.jison, version 11) that is written here, as strict as it is there: a statement a
 * line; text ends at # and ; unless they are of an entity, which Mermaid takes out before it parses.
 */
const TEXT = '(?:[^#;\\n]|#\\d+;)+'
const ACTOR = 'n[1-9]\\d*'
const GRAMMAR = [/^sequenceDiagram$/, new RegExp(`^ {2}title ${TEXT}$`), new RegExp(`^ {2}participant ${ACTOR} as ${TEXT}$`), new RegExp(`^ {2}${ACTOR}(?:->>|-->>|-\\)|--\\)|-x|--x)${ACTOR}: ${TEXT}$`), new RegExp(`^ {2}Note over ${ACTOR}: ${TEXT}$`)]

function wrongLines(text: string): readonly string[] {
  expect(text.startsWith('sequenceDiagram\n') && text.endsWith('\n')).toBe(true)
  const named = new Set([...text.matchAll(/participant (n\d+) as/g)].map(match => match[1]))
  return text.trimEnd().split('\n').filter(line => !GRAMMAR.some(rule => rule.test(line)) || [...(/^ {2}(?:Note over )?(n\d+)(?:[->x)]*(n\d+))?:/.exec(line)?.slice(1) ?? [])].some(actor => actor !== undefined && !named.has(actor)))
}

describe('a sequence as Mermaid', () => {
  it('is arrows in the order in which they ended, with latencies, and what arrows do not say as notes', () => {
    const text = mermaidOf({
      title: 'Orders',
      lifelines: LIFELINES,
      crossings: [
        crossing('a', 'q', 0, 50, { key: 'orders.eu' }),
        crossing('a', 'q', 10, 40, { identity: 'shop#2', type: 'event', look: LOOK_EVENT }),
        crossing('q', 'b', 60, 80, { look: LOOK_REDELIVERED }),
        crossing('b', 'a', 90, 95, { identity: 'worker#1', look: LOOK_REPLY }),
        crossing('q', 'b', 100, 130, { identity: 'shop#2', look: LOOK_DEAD, end: 'lost', reason: 'connection lost' }),
        crossing('q', 'b', 140, 150, { identity: 'shop#3', end: 'held' }),
        crossing('a', 'q', 160, 170, { identity: 'shop#4', end: 'dropped', reason: 'queue full' }),
      ],
      facts: [fact('q', 'settled', 97), fact('q', 'enqueued', 50), fact('rabbit', 'crashed', 130, null)],
    })
    expect(text).toBe(`sequenceDiagram
  title Orders
  participant n1 as shop
  participant n2 as work
  participant n3 as worker
  n1-)n2: shop#35;2 (30 ms)
  n1->>n2: orders.eu · shop#35;1 (50 ms)
  n2->>n3: shop#35;1 (20 ms, redelivered)
  n3-->>n1: worker#35;1 (5 ms)
  Note over n2: shop#35;1 acknowledged 00#58;00.097
  n2-xn3: shop#35;2 (30 ms, dead letter, lost#58; connection lost)
  Note over n2: crashed 00#58;00.130
  n2-xn3: shop#35;3 (10 ms, held by a cut)
  n1->>n2: shop#35;4 (10 ms, discarded#58; queue full)
`)
    expect(wrongLines(text)).toEqual([])
  })

  it('leaves out lifelines that are not shown, and says how much more there is', () => {
    const many = Array.from({ length: MERMAID_ARROWS_MAX + 7 }, (_, n) => crossing('a', 'b', n, n + 1))
    const text = mermaidOf({ title: 't', lifelines: [LIFELINES[0]!, LIFELINES[2]!], crossings: [...many, crossing('a', 'q', 0, 1)], facts: [fact('b', 'settled', 5000)] })
    expect(text.match(/->>/g)).toHaveLength(MERMAID_ARROWS_MAX)
    expect(text).toContain('Note over n1: … and 7 more messages')
    expect(text).not.toContain('acknowledged')
    expect(wrongLines(text)).toEqual([])
  })

  it('stays within the grammar whatever nodes, keys and titles are called', () => {
    const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('end', '', ' ', 'a;b', '#quot;', '%%{init}%%', 'x->>y: z', 'A\nparticipant B', '<script>', 'wrap: me', 'note over', '"q"', '{c}', 'a\\b', '\u2028'))
    fc.assert(
      fc.property(name, name, name, (label, key, title) => {
        const text = mermaidOf({ title, lifelines: [lifeline('a', label), lifeline('b', key)], crossings: [crossing('a', 'b', 0, 1, { key, identity: `${label}#1` })], facts: [fact('a', 'discarded', 2, `${key}#2`, 'expired')] })
        expect(wrongLines(text)).toEqual([])
        expect(text.trimEnd().split('\n')).toHaveLength(6)
      }),
    )
  })

  it('has a grammar that finds what is wrong', () => {
    expect(wrongLines('sequenceDiagram\n  participant n1 as a;b\n  n1->>n2: x\n  n1->>n1: a#1\n')).toHaveLength(3)
  })
})
