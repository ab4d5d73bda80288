/** What a template may name: `{n}` counts from 1, `{id}` is the node's label, `{time}` seconds of simulated time, `{random}` a number from 0 to 999. */
export interface TemplateValues {
  readonly n: number
  readonly id: string
  readonly timeNs: number
  readonly random: () => number
}

/** Who writes by templates. */
export interface TemplateAuthor {
  label(): string
  nowNs(): number
  random(purpose: string): { integer(below: number): number }
}

/** Of the nth message of an author, now. */
export function templateValues(author: TemplateAuthor, n: number): TemplateValues {
  return { n, id: author.label(), timeNs: author.nowNs(), random: () => author.random('template').integer(1000) }
}

/** Gaps whose filling differs from one reading to the next: they have to be filled when the message is made. */
const CHANCE = '{random}'

/** True when a text can be filled from a message's number, author and birth at any later time. */
export function fillsLate(text: string): boolean {
  return !text.includes(CHANCE)
}

/** True when a text has gaps to fill. */
export function hasGaps(text: string): boolean {
  return text.search(GAP) >= 0
}

const GAP = /\{(n|id|time|random)\}/g

/** Fills the gaps of a text; anything else in braces stays as it is, so JSON needs no escaping. */
export function fillTemplate(text: string, values: TemplateValues): string {
  if (!text.includes('{')) return text
  return text.replace(GAP, (_, name: string) => {
    switch (name) {
      case 'n':
        return String(values.n)
      case 'id':
        return values.id
      case 'time':
        return (values.timeNs / 1e9).toFixed(3)
      default:
        return String(values.random())
    }
  })
}
