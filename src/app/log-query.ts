import { FACT_VERBS } from '../contract/fact.ts'
import { FACT_FIELDS, type FactField, type FactTerm } from '../contract/fact-log.ts'

/** What somebody typed into the filter of the event log: `node:history kind:dead-lettered key:chat.* -reason:expired "free text"`. */
export interface LogFilter {
  readonly terms: readonly FactTerm[]
  /** What was probably not meant, a sentence each. */
  readonly problems: readonly string[]
}

/** A field without a value; or a sign, a field, and a value that may be quoted, in parts or as a whole. */
const WORD = /-?([a-z]+):(?=\s|$)|(-?)(?:([a-z]+):)?((?:"[^"]*"?|[^\s"])+)/gi

export function parseLogQuery(text: string): LogFilter {
  const terms: FactTerm[] = []
  const problems: string[] = []
  for (const [whole, empty, sign, name, value] of text.matchAll(WORD)) {
    if (empty !== undefined) {
      problems.push(`“${empty}:” needs a value right after the colon.`)
      continue
    }
    const field = fieldOf(name)
    if (name !== undefined && field === undefined) problems.push(`There is no “${name}:” to filter by, so “${whole}” is looked for as text.`)
    // A text is one text, commas and colons included.
    const anyOf = field === undefined ? [unquoted(whole.slice(sign!.length))] : valuesOf(value!)
    if (anyOf.length === 0) continue
    const unknown = field === 'kind' ? anyOf.filter(kind => !kind.includes('*') && !FACT_VERBS.some(verb => verb === kind.toLowerCase())) : []
    for (const kind of unknown) problems.push(`No fact is of the kind “${kind}”.`)
    terms.push({ field: field ?? 'text', not: sign === '-', anyOf })
  }
  return { terms, problems }
}

/** The same the other way round. */
export function writeLogQuery(terms: readonly FactTerm[]): string {
  return terms.map(writeTerm).join(' ')
}

export function writeTerm({ field, not, anyOf }: FactTerm): string {
  return `${not ? '-' : ''}${field === 'text' ? quoted(anyOf[0]!, /[\s":]|^-/) : `${field}:${anyOf.map(value => quoted(value, /[\s",]/)).join(',')}`}`
}

/** The text with one value more, or without it where it is in already. Of one field, several values are alternatives. */
export function toggleTerm(text: string, field: FactField, value: string): string {
  const { terms } = parseLogQuery(text)
  const own = terms.find(term => term.field === field && !term.not)
  if (!own || field === 'text') return writeLogQuery([...terms, { field, not: false, anyOf: [value] }])
  const anyOf = own.anyOf.includes(value) ? own.anyOf.filter(other => other !== value) : [...own.anyOf, value]
  return writeLogQuery(terms.flatMap(term => (term !== own ? [term] : anyOf.length === 0 ? [] : [{ ...term, anyOf }])))
}

export function hasTerm(terms: readonly FactTerm[], field: FactField, value: string): boolean {
  return terms.some(term => term.field === field && !term.not && term.anyOf.includes(value))
}

/** Every field but free text, which has no name. */
function fieldOf(name: string | undefined): FactField | undefined {
  return FACT_FIELDS.find(field => field !== 'text' && field === name?.toLowerCase())
}

function valuesOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"?|[^,"])+/g)].map(([value]) => unquoted(value)).filter(value => value !== '')
}

function unquoted(text: string): string {
  return text.replaceAll('"', '')
}

function quoted(text: string, when: RegExp): string {
  return when.test(text) ? `"${text}"` : text
}
