import type { FieldSpec } from '../../contract/fields.ts'
import type { NodeManifest, ProbeSpec } from '../../contract/manifest.ts'

const WITHIN = 'store.database'
const logged: FieldSpec = { id: 'logged', label: 'Logged', help: 'Written to the log before it is committed. A table that isn’t is faster, and empty after a crash.', type: 'toggle', default: true }
const rows = (title: string): ProbeSpec => ({ id: 'rows', title, kind: 'level', unit: 'messages' })
const writes: ProbeSpec = { id: 'writes', title: 'Written', kind: 'counter', unit: 'messages' }
const polls: readonly ProbeSpec[] = [
  { id: 'polls', title: 'Polls', kind: 'counter', unit: 'statements' },
  { id: 'emptyPolls', title: 'Polls that found nothing', kind: 'counter', unit: 'statements', help: 'What they cost the database was for nothing.' },
]
const staleness = (title: string, help: string): ProbeSpec => ({ id: 'staleness', title, kind: 'duration', unit: 'ns', help })

export const database: NodeManifest = {
  type: WITHIN,
  title: 'Database',
  summary: 'Integration by shared storage: holds tables, crashes and restarts as one.',
  icon: 'database',
  form: 'container',
  can: [],
  fields: [
    { id: 'queryTime', label: 'Time of a statement', help: 'What one statement keeps a process of the server busy, whether it finds something or not.', type: 'law', default: { law: 'exponential', mean: 5 }, unit: 'ms' },
    { id: 'parallel', label: 'Statements at once', help: 'How many run at the same time; the others wait for their turn.', type: 'number', default: 4, unit: 'statements', min: 1, max: 10_000, whole: true },
    { id: 'connectionsMax', label: 'Connections at most', help: 'max_connections: one too many is refused. Every line is a connection.', type: 'number', default: 100, unit: 'connections', min: 1, max: 100_000, whole: true },
  ],
  probes: [
    { id: 'busy', title: 'Utilization', kind: 'level', unit: 'share' },
    { id: 'connections', title: 'Connections', kind: 'level', unit: 'connections' },
    { id: 'waiting', title: 'Statements waiting', kind: 'level', unit: 'statements' },
    { id: 'statements', title: 'Statements', kind: 'counter', unit: 'statements' },
    { id: 'refused', title: 'Connections refused', kind: 'counter', unit: 'connections' },
    { id: 'query', title: 'Time of a statement', kind: 'duration', unit: 'ns' },
  ],
  headline: ['busy', 'connections'],
  subtitle: 'shared storage · {parallel} statements at once',
  docs: [
    'Programs that share a database tell each other nothing: who wants to know what has changed has to ask.',
    'Everybody depends on its tables, on its speed, and on its being there.',
    'A crash ends every connection; what was committed is there again at the restart, in tables that are logged.',
  ],
}

export const records: NodeManifest = {
  type: 'store.records',
  title: 'Records',
  summary: 'A table with one row a key: everybody writes and reads the same state.',
  icon: 'table-2',
  form: 'tube',
  within: WITHIN,
  can: [],
  fields: [logged],
  probes: [
    rows('Rows'),
    writes,
    { id: 'lostUpdates', title: 'Updates lost', kind: 'counter', unit: 'messages', help: 'Overwritten by somebody who had read the row before.' },
    { id: 'conflicts', title: 'Conflicts', kind: 'counter', unit: 'statements', help: 'Writes that changed nothing, as the row was no longer what it had been.' },
    { id: 'unseen', title: 'Overwritten unseen', kind: 'counter', unit: 'messages', help: 'No longer there when whoever polls asked next.' },
    { id: 'lockWaits', title: 'Waiting for a lock', kind: 'level', unit: 'connections' },
    ...polls,
    staleness('Staleness', 'How old a change is when a reader gets it.'),
  ],
  headline: ['rows'],
  subtitle: 'one row a key · {logged?logged|not logged}',
  docs: [
    'The key of a message names its row; its body is what the row says from then on.',
    'Who polls gets rows that have changed since it asked last, as they are now: what was overwritten in between nobody has seen.',
    'Two that read a row, think and write it destroy each other’s work, unless they lock it or compare its version.',
  ],
}

export const events: NodeManifest = {
  type: 'store.events',
  title: 'Event table',
  summary: 'A table with one row for each thing that happened: an outbox, a journal.',
  icon: 'list-plus',
  form: 'tube',
  within: WITHIN,
  can: [],
  fields: [
    { id: 'keeps', label: 'Keeps', help: 'Rows; older ones are deleted, whether everybody has read them or not.', type: 'number', default: null, unit: 'messages', min: 1, max: 1e9, whole: true, optional: true, none: 'all' },
    logged,
  ],
  probes: [rows('Rows'), writes, { id: 'trimmed', title: 'Deleted', kind: 'counter', unit: 'messages' }, ...polls, staleness('Staleness', 'How old a row is when a reader gets it.')],
  headline: ['rows'],
  subtitle: 'one row each · {logged?logged|not logged}',
  log: { oldest: 'First row', position: 'Next row' },
  docs: ['Nothing is overwritten, so a reader that is slow or away misses nothing: it reads on from where it was.', 'It grows until somebody deletes what is no longer needed.', 'The tape shows its rows, the oldest at the right. A flag stands at the row that a reader gets with its next question, with how far it is behind; what all readers have been given is faded.'],
}

export const jobs: NodeManifest = {
  type: 'store.jobs',
  title: 'Job table',
  summary: 'A table used as a queue: workers lock the rows they work on, and delete them.',
  icon: 'list-checks',
  form: 'tube',
  within: WITHIN,
  can: [],
  fields: [logged],
  probes: [
    rows('Waiting'),
    { id: 'locked', title: 'Locked', kind: 'level', unit: 'messages' },
    writes,
    { id: 'done', title: 'Done', kind: 'counter', unit: 'messages' },
    ...polls,
    staleness('Wait', 'How long a job waits until a worker takes it.'),
  ],
  headline: ['rows'],
  subtitle: 'job queue · {logged?logged|not logged}',
  docs: ['A worker asks for the oldest rows that nobody has locked (FOR UPDATE SKIP LOCKED); they stay locked until it says what became of them.', 'Its transaction ends with its connection: what it had not finished is free again.'],
}
