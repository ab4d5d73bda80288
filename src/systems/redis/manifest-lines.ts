import { wireFields, type FieldSpec } from '../../contract/fields.ts'
import type { ChannelManifest } from '../../contract/manifest.ts'

const LATENCY_MS = 400
const reconnect: FieldSpec = { id: 'reconnect', label: 'Reconnect after', help: 'How long the client waits before it tries again. Client libraries try for ever, after 50 ms to 2 s; 0 means never.', group: 'Connection', type: 'number', default: 1000, unit: 'ms', min: 0, max: 3_600_000, scale: 'log' }
const whileDisconnected: FieldSpec = {
  id: 'whileDisconnected', label: 'While disconnected', help: 'What the client does with commands it can’t send.', group: 'Connection', type: 'choice', default: 'buffer',
  choices: [{ value: 'buffer', title: 'keep them until it is back', help: 'The off-line queue of ioredis and node-redis.' }, { value: 'drop', title: 'lose them', help: 'As a client that fails at once.' }],
}

const publish: ChannelManifest = {
  type: 'redis.publish',
  title: 'PUBLISH',
  summary: 'An application publishes to a channel.',
  form: 'solid',
  from: { can: 'send' },
  to: { types: ['redis.channel'] },
  parallel: 'one',
  carries: 'forward',
  fields: [
    {
      id: 'channelFrom', label: 'Channel', help: 'Where the name of the channel comes from.', type: 'choice', default: 'node',
      choices: [{ value: 'node', title: 'the one it is drawn to' }, { value: 'key', title: 'the key of each message', help: 'One program that publishes to many channels, for subscribers by pattern.' }],
    },
    whileDisconnected,
    reconnect,
    ...wireFields(LATENCY_MS, { loss: 'either' }),
  ],
  docs: ['The reply of PUBLISH is the number of copies delivered. The message is gone when it is 0.'],
}

const subscribe: ChannelManifest = {
  type: 'redis.subscribe',
  title: 'SUBSCRIBE',
  summary: 'The channel passes messages on to the application.',
  form: 'solid',
  from: { types: ['redis.channel'] },
  to: { can: 'receive' },
  parallel: 'many',
  carries: 'forward',
  label: 'pattern',
  fields: [
    { id: 'pattern', label: 'Pattern', help: 'PSUBSCRIBE by a glob over the whole name: * any run (dots too), ? one character, [ae] one of a class. Empty: SUBSCRIBE to the channel by name.', type: 'text', default: '', maxLength: 512, placeholder: 'chat.*', mono: true },
    reconnect,
    ...wireFields(LATENCY_MS, { loss: 'either' }),
  ],
  docs: ['The client subscribes when its connection stands; what is published before that never reaches it.', 'Nothing is acknowledged: a message counts as delivered when it is sent.'],
}

const push: ChannelManifest = {
  type: 'redis.push',
  title: 'push',
  summary: 'An application pushes items onto a list.',
  form: 'solid',
  from: { can: 'send' },
  to: { types: ['redis.list'] },
  parallel: 'one',
  carries: 'forward',
  fields: [
    { id: 'command', label: 'Command', help: 'Which end of the list an item is pushed to.', type: 'choice', default: 'LPUSH', choices: [{ value: 'LPUSH', title: 'LPUSH', help: 'To the left end.' }, { value: 'RPUSH', title: 'RPUSH', help: 'To the right end.' }] },
    { id: 'keep', label: 'LTRIM to', help: 'Keeps the newest so many after each push; the others are dropped, read or not.', type: 'number', default: null, unit: 'messages', min: 1, max: 1e9, whole: true, optional: true, none: 'unbounded', scale: 'log' },
    whileDisconnected,
    reconnect,
    ...wireFields(LATENCY_MS),
  ],
  docs: ['A push never waits: the list grows until memory is full.'],
}

const pop: ChannelManifest = {
  type: 'redis.pop',
  title: 'pop',
  summary: 'An application waits for an item of the list and takes it.',
  form: 'solid',
  from: { types: ['redis.list'] },
  to: { can: 'receive' },
  parallel: 'one',
  carries: 'forward',
  label: 'command',
  fields: [
    {
      id: 'command', label: 'Command', help: 'How an item is taken; each waits until there is one.', type: 'choice', default: 'BRPOP',
      choices: [
        { value: 'BRPOP', title: 'BRPOP', help: 'From the right end. The item is gone, and lost when the worker dies.' },
        { value: 'BLPOP', title: 'BLPOP', help: 'From the left end. The item is gone, and lost when the worker dies.' },
        { value: 'BLMOVE', title: 'BLMOVE (reliable queue)', help: 'From the right end into a processing list, where it stays until LREM acknowledges it.' },
      ],
    },
    { id: 'processing', label: 'Processing list', help: 'Where items stay while they are worked on. Empty: the list’s name, “:processing:” and the application’s label.', type: 'text', default: '', maxLength: 512, mono: true, when: { field: 'command', is: ['BLMOVE'] } },
    { id: 'recover', label: 'Recover when it connects', help: 'Moves what is left in its processing list back to the list, as a worker does that starts again.', type: 'toggle', default: true, when: { field: 'command', is: ['BLMOVE'] } },
    { id: 'atOnce', label: 'At once', help: 'How many items the program takes before it has finished the first: its number of parallel loops.', type: 'number', default: 1, unit: 'messages', min: 1, max: 10_000, whole: true },
    reconnect,
    ...wireFields(LATENCY_MS),
  ],
  docs: [
    'The worker asks for the next item when it is done with the last: work is shared by who is free.',
    'With BRPOP there is nothing to acknowledge: failed work is lost. With BLMOVE, LREM acknowledges; what is given back is moved to the end that is popped next; a rejected item is removed and dropped.',
  ],
}

const add: ChannelManifest = {
  type: 'redis.add',
  title: 'XADD',
  summary: 'An application adds entries to a stream.',
  form: 'solid',
  from: { can: 'send' },
  to: { types: ['redis.stream'] },
  parallel: 'one',
  carries: 'forward',
  fields: [
    {
      id: 'trimming', label: 'Trimming', help: 'Whether XADD also cuts off the oldest entries, read or not.', type: 'choice', default: 'none',
      choices: [{ value: 'none', title: 'none', help: 'The log grows.' }, { value: '=', title: 'MAXLEN =', help: 'Exactly so many stay.' }, { value: '~', title: 'MAXLEN ~', help: 'About so many: whole nodes of 100 entries go. Cheaper, as Redis advises.' }],
    },
    { id: 'length', label: 'Length', help: 'How many entries stay.', type: 'number', default: 1000, unit: 'entries', min: 0, max: 1e9, whole: true, scale: 'log', when: { field: 'trimming', is: ['=', '~'] } },
    whileDisconnected,
    reconnect,
    ...wireFields(LATENCY_MS),
  ],
  docs: ['The server gives each entry its id: the time in milliseconds and a number. Ids only ever grow.'],
}

const GROUPED = { field: 'command', is: ['XREADGROUP'] } as const
const ALONE = { field: 'command', is: ['XREAD'] } as const

const read: ChannelManifest = {
  type: 'redis.read',
  title: 'read',
  summary: 'An application reads a stream: as a consumer of a group, or on its own.',
  form: 'solid',
  from: { types: ['redis.stream'] },
  to: { can: 'receive' },
  parallel: 'many',
  carries: 'forward',
  label: 'command',
  fields: [
    {
      id: 'command', label: 'Command', help: 'Whether readers share the entries; each read waits until there are some.', type: 'choice', default: 'XREADGROUP',
      choices: [
        { value: 'XREADGROUP', title: 'XREADGROUP (consumer group)', help: 'Each entry goes to one consumer of the group, and is pending until it is acknowledged.' },
        { value: 'XREAD', title: 'XREAD (on its own)', help: 'The reader gets every entry and keeps its position itself; nothing is acknowledged.' },
      ],
    },
    { id: 'group', label: 'Group', help: 'Consumers of one group share the entries; each group gets all of them.', type: 'text', default: 'workers', maxLength: 200, mono: true, when: GROUPED },
    { id: 'consumer', label: 'Consumer', help: 'The name that pending entries are kept under. Empty: the application’s label. The same name after a restart finds what it had not acknowledged.', type: 'text', default: '', maxLength: 200, mono: true, when: GROUPED },
    { id: 'start', label: 'Start', help: '$ is only what comes from then on, 0 the whole stream, or any id (exclusive). For a group: where it begins when this client creates it; one that exists keeps its position.', type: 'text', default: '$', maxLength: 40, mono: true },
    {
      id: 'next', label: 'Then', help: 'Where each further read begins.', type: 'choice', default: 'last', when: ALONE,
      choices: [{ value: 'last', title: 'after the last id seen', help: 'Misses nothing.' }, { value: '$', title: '$ each time', help: 'A mistake worth seeing: what is added between two reads is missed.' }],
    },
    { id: 'ownFirst', label: 'Own pending first', help: 'When it connects it reads its own pending entries (id 0) before new ones, as the chapter’s workers do.', type: 'toggle', default: true, when: GROUPED },
    { id: 'count', label: 'COUNT', help: 'Most entries that one read brings; they are worked on before the next read.', type: 'number', default: 1, unit: 'entries', min: 1, max: 10_000, whole: true },
    { id: 'noAck', label: 'NOACK', help: 'Entries never become pending: lost when the consumer dies.', type: 'toggle', default: false, when: GROUPED },
    { id: 'claimIdle', label: 'Claim after', help: 'Takes over entries that other consumers have left unacknowledged for so long (XAUTOCLAIM).', group: 'Claiming', type: 'number', default: null, unit: 'ms', min: 1, max: 86_400_000, optional: true, none: 'never', scale: 'log', when: GROUPED },
    { id: 'claimEvery', label: 'Look every', help: 'How often it looks for entries to claim, between reads.', group: 'Claiming', type: 'number', default: 5000, unit: 'ms', min: 1, max: 86_400_000, scale: 'log', when: GROUPED },
    reconnect,
    ...wireFields(LATENCY_MS),
  ],
  docs: [
    'Accepted work is acknowledged with XACK. Redis has no negative acknowledgement: what is given back stays pending until it is read again or claimed; what is rejected is acknowledged and dropped.',
    'Blocked consumers of a group are served in the order they blocked; readers on their own all get every entry.',
    'A reader on its own keeps its position in memory: it is lost when the program crashes.',
  ],
}

const range: ChannelManifest = {
  type: 'redis.range',
  title: 'XRANGE',
  summary: 'An application asks for what is in the stream, and gets copies of it.',
  form: 'dashed',
  from: { can: 'request' },
  to: { types: ['redis.stream'] },
  parallel: 'one',
  carries: 'both',
  fields: [
    { id: 'count', label: 'COUNT', help: 'So many of the oldest entries at most.', type: 'number', default: null, unit: 'entries', min: 1, max: 1e9, whole: true, optional: true, none: 'all' },
    reconnect,
    ...wireFields(LATENCY_MS),
  ],
  docs: ['From the first entry (-) to the last (+), at the moment the server reads the command.', 'Each entry comes with the correlation id of the question. Reading removes nothing.'],
}

export const LINES: readonly ChannelManifest[] = [publish, subscribe, push, pop, add, read, range]
