import { readFileSync } from 'node:fs'
import type { JournalEntry } from '../contract/input.ts'
import { readRelayJson } from '../formats/json/relay-json.ts'
import { withApplications } from '../formats/rabbitmq/applications.ts'
import { readDefinitions } from '../formats/rabbitmq/definitions.ts'
import { decodeLink } from '../formats/url/link.ts'
import type { Topology } from '../topology/document.ts'
import type { Outcome, Problem } from '../topology/problem.ts'

export interface Given {
  readonly topology: Topology
  readonly journal: readonly JournalEntry[]
}

/** A topology from a link, a .relay.json file, or a RabbitMQ export; the last gets applications so that it runs, unless none are wanted. */
export function readGiven(given: string, { applications = true } = {}): Outcome<Given> {
  if (given.includes('#t=')) return withJournal(decodeLink(given))
  let text: string
  try {
    text = readFileSync(given, 'utf8')
  } catch (error) {
    return refuse(`“${given}” can’t be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
  if (text.trimStart().startsWith('http') && text.includes('#t=')) return withJournal(decodeLink(text.trim()))
  if (/"nodes"\s*:/.test(text) && /"channels"\s*:/.test(text)) return withJournal(readRelayJson(text))
  const read = readDefinitions(text, given)
  if (!read.ok) return read
  return { ok: true, value: { topology: applications ? withApplications(read.value.topology) : read.value.topology, journal: [] }, problems: read.problems }
}

function withJournal(outcome: Outcome<{ readonly topology: Topology; readonly journal?: readonly JournalEntry[] }>): Outcome<Given> {
  if (!outcome.ok) return outcome
  return { ok: true, value: { topology: outcome.value.topology, journal: outcome.value.journal ?? [] }, problems: outcome.problems }
}

function refuse(says: string): Outcome<never> {
  const problem: Problem = { code: 'simulate.input', severity: 'error', says }
  return { ok: false, problems: [problem] }
}
