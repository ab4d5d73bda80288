import type { FieldSpec } from '../../contract/fields.ts'
import type { NodeManifest } from '../../contract/manifest.ts'

const nameField = (what: string): FieldSpec => ({ id: 'name', label: what, help: 'What clients call it. Empty: the label is the name.', type: 'text', default: '', maxLength: 512, mono: true })

const server: NodeManifest = {
  type: 'redis.server',
  title: 'Redis',
  summary: 'A server: holds channels, lists and streams, crashes and restarts as one.',
  icon: 'server',
  form: 'container',
  can: [],
  fields: [
    {
      id: 'persistence', label: 'Persistence', help: 'What is on disk when the machine loses power, and so comes back after a restart. Subscriptions and blocked clients never do.', type: 'choice', default: 'rdb',
      choices: [
        { value: 'rdb', title: 'snapshots (RDB)', help: 'As shipped: everything since the last snapshot is lost, and what was popped since comes back.' },
        { value: 'aof-everysec', title: 'append-only file, fsync every second', help: 'At most one second of writes is lost.' },
        { value: 'aof-always', title: 'append-only file, fsync always', help: 'Nothing that was written is lost.' },
        { value: 'none', title: 'none', help: 'A restart empties everything.' },
      ],
    },
    { id: 'save', label: 'Save points', help: 'As in redis.conf: pairs of seconds and changes. As shipped: after an hour if one key changed, five minutes if 100, one minute if 10,000.', type: 'text', default: '3600 1 300 100 60 10000', maxLength: 200, mono: true, when: { field: 'persistence', is: ['rdb'] } },
  ],
  probes: [
    { id: 'connections', title: 'Connections', kind: 'level', unit: 'connections' },
    { id: 'blocked', title: 'Blocked clients', kind: 'level', unit: 'clients', help: 'Held by BRPOP, BLMOVE, XREAD BLOCK and the like until something comes.' },
    { id: 'commands', title: 'Commands', kind: 'counter', unit: 'commands' },
  ],
  headline: ['connections'],
  subtitle: 'redis 7 · {persistence}',
  stop: 'A stop is SHUTDOWN: it saves once more before it ends, where anything is saved. A crash loses what was not on disk.',
  docs: [
    'Commands run one after the other: everybody sees the same order.',
    'Each line is a connection of its own, as a connection that has subscribed or is blocked can do nothing else.',
    'A crash is a loss of power: what was not on disk is gone.',
  ],
}

const channel: NodeManifest = {
  type: 'redis.channel',
  title: 'Pub/Sub channel',
  summary: 'Passes each message on to whoever has subscribed right now, and keeps nothing.',
  icon: 'radio',
  form: 'hexagon',
  within: 'redis.server',
  can: [],
  fields: [nameField('Channel')],
  probes: [
    { id: 'published', title: 'Published', kind: 'counter', unit: 'messages' },
    { id: 'delivered', title: 'Copies delivered', kind: 'counter', unit: 'messages' },
    { id: 'unheard', title: 'No subscriber', kind: 'counter', unit: 'messages', help: 'Published while nobody listened: gone.' },
    { id: 'subscribers', title: 'Subscriptions', kind: 'level', unit: 'subscriptions', help: 'By name and by matching patterns.' },
  ],
  headline: ['published'],
  subtitle: 'pub/sub',
  docs: [
    'PUBLISH copies a message to every subscription there is at that moment; a late or absent subscriber never sees it.',
    'A subscription ends with its connection, and must be made again after a reconnection.',
    'A client that has subscribed by name and by a pattern that matches gets the message twice.',
  ],
}

const list: NodeManifest = {
  type: 'redis.list',
  title: 'List',
  summary: 'A queue with two ends: what is popped is gone.',
  icon: 'rows-3',
  form: 'tube',
  within: 'redis.server',
  can: [],
  fields: [nameField('Key')],
  probes: [
    { id: 'ready', title: 'Length', kind: 'level', unit: 'messages' },
    { id: 'processing', title: 'Processing', kind: 'level', unit: 'messages', help: 'In processing lists that BLMOVE fills from here.' },
    { id: 'blocked', title: 'Blocked clients', kind: 'level', unit: 'clients', help: 'Waiting for an item, longest first.' },
    { id: 'pushed', title: 'Pushed', kind: 'counter', unit: 'messages' },
    { id: 'popped', title: 'Popped', kind: 'counter', unit: 'messages' },
    { id: 'trimmed', title: 'Trimmed', kind: 'counter', unit: 'messages' },
    { id: 'wait', title: 'Wait in the list', kind: 'duration', unit: 'ns', help: 'From being pushed to being popped or moved.' },
  ],
  headline: ['ready'],
  subtitle: 'list',
  docs: [
    'LPUSH and BRPOP make a queue, LPUSH and BLPOP a stack.',
    'Blocked clients are served in the order they blocked.',
    'A popped item is gone: when its worker dies, it is lost. BLMOVE into a processing list keeps it until LREM.',
    'A list has no bound of its own; LTRIM after each push gives it one.',
  ],
}

const stream: NodeManifest = {
  type: 'redis.stream',
  title: 'Stream',
  summary: 'A log: reading takes nothing out, each reader keeps its own position.',
  icon: 'scroll-text',
  form: 'tube',
  within: 'redis.server',
  can: [],
  fields: [nameField('Key')],
  probes: [
    { id: 'length', title: 'Length', kind: 'level', unit: 'entries' },
    { id: 'pending', title: 'Pending', kind: 'level', unit: 'entries', help: 'Delivered to consumers of groups and not acknowledged.' },
    { id: 'ready', title: 'Lag', kind: 'level', unit: 'entries', help: 'Entries that the slowest group has not read: what waits, as in a queue. Without groups it is 0.' },
    { id: 'blocked', title: 'Blocked clients', kind: 'level', unit: 'clients', help: 'Waiting for an entry.' },
    { id: 'added', title: 'Added', kind: 'counter', unit: 'entries' },
    { id: 'delivered', title: 'Delivered', kind: 'counter', unit: 'entries', help: 'Copies handed out, one for each reader and each group.' },
    { id: 'acknowledged', title: 'Acknowledged', kind: 'counter', unit: 'entries' },
    { id: 'redelivered', title: 'Redelivered', kind: 'counter', unit: 'entries', help: 'Pending entries that were handed out again.' },
    { id: 'claimed', title: 'Claimed', kind: 'counter', unit: 'entries', help: 'Pending entries that another consumer took over.' },
    { id: 'trimmed', title: 'Trimmed', kind: 'counter', unit: 'entries' },
    { id: 'wait', title: 'Wait in the stream', kind: 'duration', unit: 'ns', help: 'From being added to each delivery.' },
  ],
  headline: ['length'],
  subtitle: 'stream',
  log: { oldest: 'First id', position: 'Last id' },
  docs: [
    'The tape shows its entries, the oldest at the right, between the id of the first and the last one. A flag stands where a group, or a reader on its own (dashed), goes on: after the last id that it was given, with its lag. What everybody has been given is faded.',
    'Entries stay until they are trimmed, read or not. Acknowledging takes an entry out of a group’s pending list, not out of the stream.',
    'Readers without a group all get every entry; within a group each entry goes to one consumer; each group gets them all.',
    'What a dead consumer had not acknowledged stays pending for its name until a consumer of that name reads its history, or another claims it.',
  ],
}

export const NODES: readonly NodeManifest[] = [server, channel, list, stream]
