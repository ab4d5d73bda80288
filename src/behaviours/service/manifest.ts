import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [{ id: 'app.service.order', says: 'Acknowledged before its result is sent, a crash in between loses the result; after, it may be sent twice.', source: 'Node.js Design Patterns, recorded: cracker-ack-order', proof: 'unit' }],
  nodes: [
    {
      type: 'app.service',
      title: 'Service',
      summary: 'Consumes a message, works, publishes a result.',
      icon: 'workflow',
      form: 'card',
      can: ['send', 'receive'],
      sends: true,
      headline: ['sent', 'busy'],
      subtitle: 'service · ack {acknowledge} result',
      docs: ['A stage of a pipeline: its result goes out on every channel that leaves it.', 'The result keeps the birth time of its cause, so end-to-end latency spans all stages; and its correlation id, if it has one.'],
      fields: [
        { id: 'serviceTime', label: 'Service time', help: 'How long the work on one message takes.', type: 'law', default: { law: 'exponential', mean: 300 }, unit: 'ms' },
        {
          id: 'acknowledge', label: 'Acknowledge', help: 'Before the result is sent, a crash in between loses it; after, it may be sent twice.', type: 'choice', default: 'after',
          choices: [{ value: 'after', title: 'after the result is sent' }, { value: 'before', title: 'before the result is sent' }],
        },
        { id: 'pause', label: 'Pause between the two', help: 'Between sending the result and acknowledging, in either order: a crash in it doubles or loses the result.', type: 'number', default: 0, unit: 'ms', min: 0, max: 3_600_000 },
        { id: 'failureRate', label: 'Failure rate', help: 'Share of messages whose work fails: they are given back.', type: 'number', default: 0, unit: 'share', min: 0, max: 1 },
        { id: 'concurrency', label: 'At once', help: 'Messages worked on at the same time.', type: 'number', default: 1, unit: 'messages', min: 1, max: 10_000, whole: true },
        { id: 'key', label: 'Key', help: 'Key of the result. Empty: the key of what was consumed.', group: 'Result', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'the consumed message’s key' },
        {
          id: 'messageType', label: 'Type', help: 'What the result is for.', group: 'Result', type: 'choice', default: 'document',
          choices: [{ value: 'command', title: 'command' }, { value: 'event', title: 'event' }, { value: 'document', title: 'document' }],
        },
        { id: 'reply', label: 'Reply', help: 'Drawn hollow: the result answers a request.', group: 'Result', type: 'toggle', default: false },
        { id: 'body', label: 'Body', help: '{n}, {id}, {time}, {random} are filled in.', group: 'Result', type: 'text', default: '{"by":"{id}","n":{n}}', maxLength: 4000, lines: 3, mono: true },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: survives a restart in a durable queue.', group: 'Result', type: 'toggle', default: true },
        whenLostField,
      ],
      probes: [
        { id: 'sent', title: 'Results sent', kind: 'counter', unit: 'messages' },
        { id: 'busy', title: 'Utilization', kind: 'level', unit: 'share' },
        { id: 'received', title: 'Received', kind: 'counter', unit: 'messages' },
        { id: 'failed', title: 'Failed', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'inbox', title: 'Inbox', kind: 'level', unit: 'messages' },
        { id: 'service', title: 'Service time', kind: 'duration', unit: 'ns' },
        { id: 'latency', title: 'Latency so far', kind: 'duration', unit: 'ns', help: 'From the birth of the first message to the result.' },
      ],
    },
  ],
}
