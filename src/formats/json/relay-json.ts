import type { JournalEntry } from '../../contract/input.ts'
import { parseJournal } from '../../contract/journal.ts'
import type { Topology } from '../../topology/document.ts'
import { parseTopology } from '../../topology/parse.ts'
import type { Outcome } from '../../topology/problem.ts'
import { SEMANTICS } from '../../topology/semantics.ts'

export interface RelayFile {
  readonly topology: Topology
  readonly semantics: number
  readonly journal?: readonly JournalEntry[]
}

/** The text of a `.relay.json` file: readable, and the same for the same topology. */
export function writeRelayJson(topology: Topology, journal: readonly JournalEntry[] = []): string {
  const file = { app: 'relayground', semantics: SEMANTICS, ...topology, ...(journal.length > 0 ? { journal } : {}) }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Refuses what isn't JSON with line and column, and what isn't a topology with its place. */
export function readRelayJson(text: string): Outcome<RelayFile> {
  let json: unknown
  try {
    json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch (error) {
    return { ok: false, problems: [{ code: 'json.syntax', severity: 'error', says: `This file is not valid JSON: ${syntaxPlace(text, error)}.` }] }
  }
  const parsed = parseTopology(json)
  if (!parsed.ok) return parsed
  const fields = json as { semantics?: unknown; journal?: unknown }
  const semantics = typeof fields.semantics === 'number' ? fields.semantics : SEMANTICS
  if (fields.journal === undefined) return { ok: true, value: { topology: parsed.value, semantics }, problems: parsed.problems }
  const journal = parseJournal(fields.journal)
  if (!journal.ok) return journal
  return { ok: true, value: { topology: parsed.value, semantics, journal: journal.value }, problems: parsed.problems }
}

/** Engines word their messages differently; the position, where there is one, becomes line and column. */
function syntaxPlace(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const position = /position (\d+)/.exec(message)
  if (!position) return message
  const before = text.slice(0, Number(position[1])).split('\n')
  return `${message.replace(/ in JSON at position.*/, '')} at line ${before.length}, column ${before.at(-1)!.length + 1}`
}
