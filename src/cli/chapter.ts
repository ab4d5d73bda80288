import { evaluate, type Verdict } from './chapter/evaluate.ts'
import { waitsFor, type ExpectedScenario, type Measured, type Scenario } from './chapter/expectation.ts'
import carried from './chapter/expectations.json'

const USAGE = `Plays the chapter's topologies and compares them with what its programs did on the real thing.

  npm run chapter [-- SCENARIO …]

A scenario is one of those of src/cli/chapter/expectations.json; without one, all are played.`

const found = import.meta.glob<{ readonly scenarios: readonly Scenario[] }>('./chapter/scenarios/*.ts', { eager: true })
const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(Object.values(found).flatMap(module => module.scenarios.map(one => [one.id, one] as const)))
const EXPECTED = carried.scenarios as unknown as readonly ExpectedScenario[] // the carried file's format

export interface Line extends Verdict {
  readonly check: string
}

export function main(args: string[]): number {
  const unknown = args.filter(id => !EXPECTED.some(one => one.id === id))
  if (unknown.length > 0) {
    console.error(`There is no scenario ${unknown.join(', ')}.\n\n${USAGE}`)
    return 2
  }
  const lines = EXPECTED.filter(one => args.length === 0 || args.includes(one.id)).flatMap(scenario => {
    console.log(`${scenario.id}: ${scenario.title}`)
    const judged = judge(scenario)
    for (const { verdict, check, says } of judged) console.log(`  ${MARKS[verdict]} ${check}: ${says}`)
    return judged
  })
  const count = (verdict: Verdict['verdict']): number => lines.filter(one => one.verdict === verdict).length
  if (count('waits') > 0) console.log(`Not counted, their parts do not exist yet: ${count('waits')} checks.`)
  console.log(`${count('passed')} passed, ${count('failed')} failed`)
  return count('failed') === 0 && count('passed') > 0 ? 0 : 1
}

const MARKS: Readonly<Record<Verdict['verdict'], string>> = { passed: 'ok   ', failed: 'FAIL ', waits: 'waits' }

export function judge(scenario: ExpectedScenario): readonly Line[] {
  const played = SCENARIOS.get(scenario.id)
  const measured: Readonly<Record<string, Measured>> = played ? played.measure() : {}
  return scenario.expect.map(expected => ({ check: expected.check, ...evaluate(expected, played ? measured[expected.check] : waitsFor('a topology of it')) }))
}
