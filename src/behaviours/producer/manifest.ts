import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [{ id: 'app.producer.one-way', says: 'A producer is done with a message when it has sent it.', source: 'Node.js Design Patterns, one-way messages', proof: 'unit' }],
  nodes: [
    {
      type: 'app.producer',
      title: 'Producer',
      summary: 'Publishes messages at a rate you choose.',
      icon: 'send',
      form: 'card',
      can: ['send'],
      sends: true,
      headline: ['sent', 'lost'],
      subtitle: '{messageType}s · {persistent?persistent|transient}',
      docs: ['A producer knows nothing of who receives: it is done when it has sent.', 'While its connection is away it loses messages, or keeps them, as its channel says.'],
      fields: [
        { id: 'rate', label: 'Rate', help: 'Messages per second, on average. 0: only by hand.', type: 'number', default: 2, unit: '/s', min: 0, max: 1_000_000, scale: 'log' },
        {
          id: 'arrival', label: 'Arrivals', help: 'How the times between messages vary.', type: 'choice', default: 'poisson',
          choices: [
            { value: 'poisson', title: 'Poisson', help: 'Independent of each other: the gaps are exponential.' },
            { value: 'regular', title: 'regular', help: 'Always the same gap.' },
            { value: 'uniform', title: 'uniform', help: 'Gaps from zero to twice the mean.' },
            { value: 'steady', title: 'steady', help: 'Erlang with 4 phases: between regular and Poisson.' },
            { value: 'bursts', title: 'bursts', help: 'Hyperexponential: many close together, then long pauses.' },
          ],
        },
        { id: 'batchSize', label: 'Batch', help: 'Messages sent together; the rate stays the same.', type: 'number', default: 1, unit: 'messages', min: 1, max: 10_000, whole: true },
        { id: 'limit', label: 'Stop after', help: 'A number of messages, or never.', type: 'number', default: null, unit: 'messages', min: 1, max: 1e12, whole: true, optional: true, none: 'never' },
        { id: 'key', label: 'Key', help: 'Routing key, topic or subject, as the system calls it. {n}, {id}, {time}, {random} are filled in. Several keys, one a line, take turns.', group: 'Message', type: 'text', default: '', maxLength: 2000, lines: 2, mono: true },
        {
          id: 'messageType', label: 'Type', help: 'What the message is for: it decides its shape on the canvas.', group: 'Message', type: 'choice', default: 'event',
          choices: [
            { value: 'command', title: 'command', help: 'Asks the receiver to do something: a triangle.' },
            { value: 'event', title: 'event', help: 'Tells that something happened: a circle.' },
            { value: 'document', title: 'document', help: 'Carries data: a square.' },
          ],
        },
        { id: 'body', label: 'Body', help: '{n}, {id}, {time}, {random} are filled in.', group: 'Message', type: 'text', default: '{"from":"{id}","n":{n}}', maxLength: 4000, lines: 3, mono: true },
        { id: 'headers', label: 'Headers', help: 'Sent with every message.', group: 'Message', type: 'record', default: {}, placeholder: 'format' },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: written to disk, so it survives a restart in a durable queue. The chapter’s programs send transient ones.', group: 'Message', type: 'toggle', default: true },
        {
          id: 'outlets', label: 'Several channels', help: 'What to do when more than one channel leaves.', type: 'choice', default: 'every',
          choices: [{ value: 'every', title: 'send on every one' }, { value: 'turns', title: 'take turns' }],
        },
      ],
      probes: [
        { id: 'sent', title: 'Sent', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
      ],
    },
  ],
}
