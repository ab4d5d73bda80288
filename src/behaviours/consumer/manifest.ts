import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.consumer.ack-before', says: 'Acknowledged before the work, a message is lost when the consumer crashes at work.', source: 'Node.js Design Patterns, recorded: cracker-ack-order', proof: 'unit' },
    { id: 'app.consumer.ack-after', says: 'Acknowledged after the work, it is delivered again, marked redelivered.', source: 'Node.js Design Patterns, recorded: cracker-worker-crash', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.consumer',
      title: 'Consumer',
      summary: 'Takes messages, works on each for a while, acknowledges.',
      icon: 'inbox',
      form: 'card',
      can: ['receive'],
      headline: ['processed', 'busy'],
      subtitle: 'consumer · ack {acknowledge}',
      docs: [
        'Acknowledging after the work means at least once: a crash brings the message back.',
        'Acknowledging before the work means at most once: a crash loses it.',
        'Never acknowledging uses up the prefetch, and then nothing comes any more.',
      ],
      fields: [
        { id: 'serviceTime', label: 'Service time', help: 'How long the work on one message takes.', type: 'law', default: { law: 'exponential', mean: 300 }, unit: 'ms' },
        {
          id: 'acknowledge', label: 'Acknowledge', help: 'When the message is settled.', type: 'choice', default: 'after',
          choices: [
            { value: 'after', title: 'after the work', help: 'At least once.' },
            { value: 'before', title: 'before the work', help: 'At most once.' },
            { value: 'never', title: 'never', help: 'A bug worth seeing.' },
          ],
        },
        { id: 'failureRate', label: 'Failure rate', help: 'Share of messages whose work fails.', type: 'number', default: 0, unit: 'share', min: 0, max: 1 },
        {
          id: 'onFailure', label: 'On failure', help: 'What is said of a message whose work failed.', type: 'choice', default: 'requeue',
          choices: [{ value: 'requeue', title: 'give it back', help: 'nack with requeue.' }, { value: 'reject', title: 'reject it', help: 'nack without requeue: dropped or dead-lettered.' }],
        },
        { id: 'concurrency', label: 'At once', help: 'Messages worked on at the same time.', type: 'number', default: 1, unit: 'messages', min: 1, max: 10_000, whole: true },
        whenLostField,
      ],
      probes: [
        { id: 'processed', title: 'Processed', kind: 'counter', unit: 'messages' },
        { id: 'busy', title: 'Utilization', kind: 'level', unit: 'share' },
        { id: 'received', title: 'Received', kind: 'counter', unit: 'messages' },
        { id: 'failed', title: 'Failed', kind: 'counter', unit: 'messages' },
        { id: 'redelivered', title: 'Redelivered', kind: 'counter', unit: 'messages' },
        { id: 'inbox', title: 'Inbox', kind: 'level', unit: 'messages', help: 'Delivered to the client, work not yet begun.' },
        { id: 'service', title: 'Service time', kind: 'duration', unit: 'ns' },
        { id: 'latency', title: 'End-to-end latency', kind: 'duration', unit: 'ns', help: 'From the birth of the message to the end of the work.' },
      ],
    },
  ],
}
