import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.producer.one-way', says: 'A producer is done with a message when it has sent it.', source: 'Node.js Design Patterns, one-way messages', proof: 'unit' },
    { id: 'app.producer.back-pressure', says: 'A producer whose send has to wait makes nothing more until it has gone through.', source: 'Node.js Design Patterns, recorded: pipes-backpressure', proof: 'unit' },
  ],
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
        { id: 'rate', label: 'Rate', help: 'Messages per second, on average. 0: only by hand.', type: 'number', default: 2, unit: '/s', min: 0, max: 1_000_000, scale: 'log', when: { field: 'arrival', is: ['poisson', 'regular', 'uniform', 'steady', 'bursts'] } },
        {
          id: 'arrival', label: 'Arrivals', help: 'How the times between messages vary.', type: 'choice', default: 'poisson',
          choices: [
            { value: 'poisson', title: 'Poisson', help: 'Independent of each other: the gaps are exponential.' },
            { value: 'regular', title: 'regular', help: 'Always the same gap.' },
            { value: 'uniform', title: 'uniform', help: 'Gaps from zero to twice the mean.' },
            { value: 'steady', title: 'steady', help: 'Erlang with 4 phases: between regular and Poisson.' },
            { value: 'bursts', title: 'bursts', help: 'Hyperexponential: many close together, then long pauses.' },
            { value: 'law', title: 'any law', help: 'Gaps of a law of your own.' },
            { value: 'on-off', title: 'on and off', help: 'Poisson while it is on, nothing while it is off. It begins on.' },
            { value: 'ramp', title: 'ramp', help: 'Poisson, at a rate that goes evenly from one value to another and stays there.' },
            { value: 'schedule', title: 'schedule', help: 'At the times of a list, from the start.' },
            { value: 'trace', title: 'trace', help: 'From a table with a column of times.' },
          ],
        },
        { id: 'gap', label: 'Time between', help: 'From one message, or batch, to the next.', type: 'law', default: { law: 'exponential', mean: 500 }, unit: 'ms', when: { field: 'arrival', is: ['law'] } },
        { id: 'onRate', label: 'Rate while on', help: 'Messages per second, on average.', type: 'number', default: 20, unit: '/s', min: 0, max: 1_000_000, scale: 'log', when: { field: 'arrival', is: ['on-off'] } },
        { id: 'onTime', label: 'Stays on', help: 'How long it is on each time.', type: 'law', default: { law: 'exponential', mean: 1000 }, unit: 'ms', when: { field: 'arrival', is: ['on-off'] } },
        { id: 'offTime', label: 'Stays off', help: 'How long it is off each time.', type: 'law', default: { law: 'exponential', mean: 4000 }, unit: 'ms', when: { field: 'arrival', is: ['on-off'] } },
        { id: 'rampFrom', label: 'From', help: 'Messages per second at the start.', type: 'number', default: 0, unit: '/s', min: 0, max: 1_000_000, scale: 'log', when: { field: 'arrival', is: ['ramp'] } },
        { id: 'rampTo', label: 'To', help: 'Messages per second at the end of the ramp, and from then on.', type: 'number', default: 20, unit: '/s', min: 0, max: 1_000_000, scale: 'log', when: { field: 'arrival', is: ['ramp'] } },
        { id: 'rampTime', label: 'Over', help: 'How long the ramp takes.', type: 'number', default: 60_000, unit: 'ms', min: 0, max: 3.2e11, scale: 'log', when: { field: 'arrival', is: ['ramp'] } },
        { id: 'schedule', label: 'Times', help: 'Seconds from the start, or with a unit (250ms, 2min), divided by lines, commas or spaces.', type: 'text', default: '1\n2\n3', maxLength: 100_000, lines: 4, mono: true, when: { field: 'arrival', is: ['schedule'] } },
        { id: 'trace', label: 'Table', help: 'CSV: times in seconds from the start, and columns of keys and bodies if you like; a first line may name them time, key, body. Paste it, or drop a file.', type: 'text', default: 'time,key,body\n1,orders,first\n1.5,orders,second', maxLength: 1_000_000, lines: 6, mono: true, placeholder: 'time,key,body', when: { field: 'arrival', is: ['trace'] } },
        { id: 'batchSize', label: 'Batch', help: 'Messages sent together; the rate stays the same.', type: 'number', default: 1, unit: 'messages', min: 1, max: 10_000, whole: true, when: { field: 'arrival', is: ['poisson', 'regular', 'uniform', 'steady', 'bursts', 'law', 'on-off', 'ramp', 'schedule'] } },
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
        {
          id: 'whenBlocked', label: 'When blocked', help: 'What becomes of messages that are due while a send has to wait.', type: 'choice', default: 'wait',
          choices: [{ value: 'wait', title: 'wait', help: 'It stands still until the send has gone through.' }, { value: 'skip', title: 'skip', help: 'They are not made.' }],
        },
        whenLostField,
      ],
      probes: [
        { id: 'sent', title: 'Sent', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'skipped', title: 'Skipped', kind: 'counter', unit: 'messages', help: 'Not made, since a send had to wait.' },
      ],
    },
  ],
}
