import { FACT_VERBS } from '../contract/fact.ts'
import type { FactRow, FactTerm, LogPage, LogQuery } from '../contract/fact-log.ts'
import { factSentence } from './fact-sentence.ts'
import { identityOf } from './inspect.ts'
import type { Run } from './run.ts'
import type { Fact } from './trace.ts'
import { patternOf } from './watching/pattern.ts'

/** The newest facts that fit, in words. */
export function readLog(run: Run, { filter, from, before, limit }: LogQuery): Omit<LogPage, 'run'> {
  const { trace } = run.core
  const fits = filter.map(term => testOf(run, term))
  const facts = trace.newest(limit, fact => fact.number < before && fits.every(test => test(fact)), from)
  return { rows: facts.map(fact => rowOf(run, fact)), count: trace.count, oldest: trace.oldest }
}

export function rowOf(run: Run, fact: Fact): FactRow {
  const node = run.parts.nodeList[fact.node]
  const label = node?.label() ?? 'a removed node'
  const identity = fact.origin < 0 ? null : identityOf(run, fact.origin, fact.serial)
  return {
    number: fact.number,
    atNs: fact.atNs,
    node: node?.id ?? '',
    label,
    verb: fact.verb,
    reason: fact.reason,
    message: identity === null ? null : { identity, ...run.core.messages.contents.told(fact.content) },
    says: factSentence(fact, label, identity),
  }
}

type FactTest = (fact: Fact) => boolean

/** Nodes and kinds are few: their names are compared once, not for each fact. */
function testOf(run: Run, { field, not, anyOf }: FactTerm): FactTest {
  const { contents } = run.core.messages
  const test = ((): FactTest => {
    switch (field) {
      case 'node': {
        const fits = anyPattern(anyOf, true)
        const nodes = new Set(run.parts.nodeList.flatMap(node => (node && (fits(node.id) || fits(node.label())) ? [node.index] : [])))
        return fact => nodes.has(fact.node)
      }
      case 'kind': {
        const fits = anyPattern(anyOf, true)
        const verbs = new Set(FACT_VERBS.filter(verb => fits(verb)))
        return fact => verbs.has(fact.verb)
      }
      case 'reason': {
        const fits = anyPattern(anyOf, true)
        return fact => fact.reason !== null && fits(fact.reason)
      }
      case 'message': {
        const fits = anyPattern(anyOf, false)
        return fact => fact.origin >= 0 && fits(identityOf(run, fact.origin, fact.serial))
      }
      case 'text': {
        const words = anyOf.map(word => word.toLowerCase())
        return fact => {
          const text = textOf(rowOf(run, fact))
          return words.some(word => text.includes(word))
        }
      }
      default: {
        const fits = anyPattern(anyOf, field === 'type')
        return fact => {
          const told = fact.origin < 0 ? null : contents.told(fact.content)[field]
          return told !== null && fits(told)
        }
      }
    }
  })()
  return not ? fact => !test(fact) : test
}

function anyPattern(patterns: readonly string[], ignoreCase: boolean): (text: string) => boolean {
  const tests = patterns.map(pattern => patternOf(pattern, { ignoreCase }))
  return text => tests.some(test => test(text))
}

/** What free text is looked for in: all that a row shows. */
function textOf({ label, verb, says, message }: FactRow): string {
  return `${label} ${verb} ${says} ${message === null ? '' : `${message.key} ${message.correlation ?? ''} ${message.type}`}`.toLowerCase()
}
