import { wireFields, type FieldSpec } from '../../contract/fields.ts'
import type { ChannelManifest } from '../../contract/manifest.ts'

const LATENCY_MS = 400
const reconnect: FieldSpec = { id: 'reconnect', label: 'Reconnect after', help: 'How long the client waits before it tries again. 0: never.', group: 'Connection', type: 'number', default: 1000, unit: 'ms', min: 0, max: 3_600_000, scale: 'log' }
const writing: readonly FieldSpec[] = [
  {
    id: 'whenInDoubt', label: 'When the answer is lost', help: 'The connection broke while a write was under way: it may have been done or not.', group: 'Connection', type: 'choice', default: 'again',
    choices: [{ value: 'again', title: 'write again', help: 'Perhaps twice.' }, { value: 'lose', title: 'give it up', help: 'Perhaps never.' }],
  },
  {
    id: 'whileDisconnected', label: 'While disconnected', help: 'What the program does with what it can’t write.', group: 'Connection', type: 'choice', default: 'wait',
    choices: [{ value: 'wait', title: 'keep it until it is back' }, { value: 'drop', title: 'lose it' }],
  },
  { id: 'waitingMax', label: 'Waits in the program', help: 'One transaction at a time on a connection: so many messages wait for their turn. More are refused.', group: 'Connection', type: 'number', default: null, unit: 'messages', min: 0, max: 1_000_000, whole: true, optional: true, none: 'any number' },
  reconnect,
  ...wireFields(LATENCY_MS),
]
const polling: readonly FieldSpec[] = [
  { id: 'interval', label: 'Polls every', help: 'From being done with one answer to the next question. Short is fresh and costs the database; long is stale.', type: 'number', default: 2000, unit: 'ms', min: 0, max: 86_400_000, scale: 'log' },
  { id: 'batch', label: 'Rows at most', help: 'LIMIT of one answer.', type: 'number', default: 10, unit: 'messages', min: 1, max: 100_000, whole: true },
  { id: 'drains', label: 'Asks again at once', help: 'After a full answer, as there may be more.', type: 'toggle', default: true },
]

const THINKS = ['read-write', 'compare', 'lock']
export const update: ChannelManifest = {
  type: 'store.update',
  title: 'UPDATE',
  summary: 'An application writes rows of a table.',
  form: 'solid',
  from: { can: 'send' },
  to: { types: ['store.records'] },
  parallel: 'one',
  carries: 'forward',
  label: 'write',
  fields: [
    {
      id: 'write', label: 'Writes', help: 'What it does about others that write the same row.', type: 'choice', default: 'overwrite',
      choices: [
        { value: 'overwrite', title: 'without reading', help: 'The last one wins.' },
        { value: 'read-write', title: 'after reading', help: 'Reads, thinks, writes: what somebody else wrote in between is lost.' },
        { value: 'compare', title: 'if unchanged', help: 'Reads, thinks, and writes only if the version is still the one it has read; else it begins again.' },
        { value: 'lock', title: 'under a lock', help: 'SELECT … FOR UPDATE: others wait until it has written.' },
      ],
    },
    { id: 'think', label: 'Thinks for', help: 'Between reading a row and writing it.', type: 'law', default: { law: 'constant', value: 200 }, unit: 'ms', when: { field: 'write', is: THINKS } },
    { id: 'attemptsMax', label: 'Tries', help: 'How often it begins before it gives up.', type: 'number', default: null, unit: 'times', min: 1, max: 1_000_000, whole: true, optional: true, none: 'until it is written', when: { field: 'write', is: ['compare'] } },
    ...writing,
  ],
  docs: ['A message is kept by its program until the database has answered; the row is a copy of it.', 'The key of a message is the key of the row.'],
}

export const insert: ChannelManifest = {
  type: 'store.insert',
  title: 'INSERT',
  summary: 'An application adds rows to a table.',
  form: 'solid',
  from: { can: 'send' },
  to: { types: ['store.events', 'store.jobs'] },
  parallel: 'one',
  carries: 'forward',
  fields: writing,
  docs: ['A message is kept by its program until the database has answered; the row is a copy of it.'],
}

export const poll: ChannelManifest = {
  type: 'store.poll',
  title: 'SELECT',
  summary: 'An application asks again and again what has changed.',
  form: 'dashed',
  from: { types: ['store.records', 'store.events'] },
  to: { can: 'receive' },
  parallel: 'one',
  carries: 'forward',
  fields: [
    ...polling,
    {
      id: 'begins', label: 'Begins', help: 'What a program that starts reads first.', type: 'choice', default: 'kept',
      choices: [
        { value: 'kept', title: 'where it was', help: 'Its position is in the database, as of its last question: what it had not finished by then comes again.' },
        { value: 'start', title: 'with everything' },
        { value: 'now', title: 'with what comes from now on', help: 'What came while it was away it never sees.' },
      ],
    },
    reconnect,
    ...wireFields(LATENCY_MS),
  ],
  docs: ['Each answer brings copies of the rows; reading removes nothing and acknowledges nothing.', 'A question that finds nothing costs no less than one that does.'],
}

export const take: ChannelManifest = {
  type: 'store.take',
  title: 'SKIP LOCKED',
  summary: 'A worker locks jobs of a table, and deletes them when they are done.',
  form: 'dashed',
  from: { types: ['store.jobs'] },
  to: { can: 'receive' },
  parallel: 'one',
  carries: 'forward',
  fields: [...polling.map(field => (field.id === 'batch' && field.type === 'number' ? { ...field, default: 1 } : field)), reconnect, ...wireFields(LATENCY_MS)],
  docs: ['accepted is DELETE and COMMIT, released is ROLLBACK, rejected is DELETE of what nobody can do.', 'Idle workers ask all the same: a queue that nobody is told about.'],
}
