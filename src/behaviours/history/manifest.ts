import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'chat',
  title: 'Chat',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'chat.history.in-order', says: 'While the history service is away its durable queue keeps the messages; they are stored in order when it is back.', source: 'Node.js Design Patterns, recorded: amqp-history-offline', proof: 'unit' },
    { id: 'chat.history.answers', says: 'Who asks gets the newest messages that are stored by then, oldest first.', source: 'Node.js Design Patterns, history service', proof: 'unit' },
    { id: 'chat.history.crash-window', says: 'A crash between storing and acknowledging stores a message twice.', source: 'Node.js Design Patterns, recorded: amqp-history-crash-window', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'chat.history',
      title: 'History service',
      summary: 'A durable subscriber: stores every message, one after the other.',
      icon: 'history',
      form: 'card',
      can: ['receive', 'reply'],
      headline: ['stored', 'busy'],
      subtitle: 'ack {acknowledge} storing',
      docs: ['What is stored survives its crash: it is on disk.', 'Acknowledging after storing may store a message twice; before, may lose one.', 'Who is connected by a line that goes both ways may ask for what is stored: a list of texts, oldest first.'],
      fields: [
        { id: 'storeTime', label: 'Time to store', help: 'One write to the database.', type: 'law', default: { law: 'constant', value: 150 }, unit: 'ms' },
        {
          id: 'acknowledge', label: 'Acknowledge', help: 'When the message is settled.', type: 'choice', default: 'after',
          choices: [{ value: 'after', title: 'after storing', help: 'At least once.' }, { value: 'before', title: 'before storing', help: 'At most once.' }],
        },
        { id: 'pause', label: 'Pause before acknowledging', help: 'Between storing and acknowledging: a crash in it stores the message twice.', when: { field: 'acknowledge', is: ['after'] }, type: 'number', default: 0, unit: 'ms', min: 0, max: 3_600_000 },
        { id: 'keeps', label: 'Keeps', help: 'How many messages stay in the store; the oldest go.', group: 'Store', type: 'number', default: 1000, unit: 'messages', min: 1, max: 1_000_000, whole: true, optional: true, none: 'all' },
        { id: 'answers', label: 'Answers with the last', help: 'How many it gives to who asks. The chapter’s fourth edition gives ten, those before it all.', group: 'Store', type: 'number', default: 10, unit: 'messages', min: 1, max: 1_000_000, whole: true, optional: true, none: 'all' },
        { id: 'readTime', label: 'Time to read', help: 'From a question to its answer.', group: 'Store', type: 'law', default: { law: 'constant', value: 100 }, unit: 'ms' },
        whenLostField,
      ],
      probes: [
        { id: 'stored', title: 'Stored', kind: 'counter', unit: 'messages' },
        { id: 'busy', title: 'Utilization', kind: 'level', unit: 'share' },
        { id: 'inbox', title: 'Inbox', kind: 'level', unit: 'messages' },
        { id: 'answered', title: 'Answered', kind: 'counter', unit: 'messages', help: 'Questions for what is stored.' },
        { id: 'redelivered', title: 'Redelivered', kind: 'counter', unit: 'messages' },
        { id: 'latency', title: 'End-to-end latency', kind: 'duration', unit: 'ns', help: 'From the writer to the store.' },
      ],
    },
  ],
}
