import type { Outcome, Problem } from '../topology/problem.ts'
import type { JournalEntry, LiveInput } from './input.ts'

const INPUTS: readonly LiveInput['input'][] = ['edit', 'fault', 'send']

/** Reads a journal from parsed JSON: the outer shape only; an edit or fault that names what isn't there is found when it is replayed. */
export function parseJournal(json: unknown): Outcome<readonly JournalEntry[]> {
  const refuse = (place: string, says: string): Outcome<readonly JournalEntry[]> => {
    const problem: Problem = { code: 'journal.invalid', severity: 'error', says, place }
    return { ok: false, problems: [problem] }
  }
  if (!Array.isArray(json)) return refuse('journal', 'The journal must be a list.')
  let last = 0
  for (const [index, entry] of (json as unknown[]).entries()) {
    const place = `journal[${index}]`
    const fields = entry as Partial<JournalEntry> | null
    const live: unknown = fields?.live
    const kind = (live as Partial<LiveInput> | undefined)?.input
    if (typeof fields?.atNs !== 'number' || !Number.isSafeInteger(fields.atNs) || fields.atNs < last) return refuse(place, `The journal's times must be whole nanoseconds in order; see ${place}.`)
    if (kind === undefined || !INPUTS.includes(kind)) return refuse(place, `The journal has an entry of an unknown kind; see ${place}.`)
    last = fields.atNs
  }
  return { ok: true, value: json as readonly JournalEntry[], problems: [] }
}
