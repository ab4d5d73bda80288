import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.replier.after-reply', says: 'A request is acknowledged after its reply is sent: a replier that crashes at work answers it when it is back, or another does.', source: 'Node.js Design Patterns, return address (AMQP)', proof: 'unit' },
    { id: 'app.replier.crash-between', says: 'A replier that dies between its reply and the acknowledgement answers twice; the second reply is late at its requester.', source: 'Node.js Design Patterns, recorded: return-address', proof: 'unit' },
    { id: 'app.replier.dead-end', says: 'A reply without a way back is dropped: the requester waits for its timeout.', source: 'RabbitMQ, recorded: amqp.reply.gone', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.replier',
      title: 'Replier',
      summary: 'Answers requests: works on each, replies to its return address.',
      icon: 'message-circle-reply',
      form: 'card',
      can: ['send', 'receive', 'reply', 'serve', 'request'],
      headline: ['replies', 'busy'],
      subtitle: 'replier · {concurrency} at once',
      docs: [
        'A reply carries the correlation id of its request.',
        'It goes back on the line of the request where that goes both ways; else to the return address that the request names, on the line drawn there.',
        'With one line out to something that routes, an exchange say, the return address is the key.',
        'On RabbitMQ no line is needed: the reply goes to its address through the default exchange, on the channel that the request came on.',
        'More than one at once answers out of order; requesters tell replies apart by their correlation ids.',
      ],
      stop: 'Tells the registry that it goes; a crash doesn’t.',
      fields: [
        { id: 'serviceTime', label: 'Service time', help: 'How long the work on one request takes.', type: 'law', default: { law: 'exponential', mean: 300 }, unit: 'ms' },
        { id: 'concurrency', label: 'At once', help: 'Requests worked on at the same time.', type: 'number', default: 1, unit: 'requests', min: 1, max: 10_000, whole: true },
        {
          id: 'acknowledge', label: 'Acknowledge', help: 'Before the reply is sent, a crash in between loses it; after, it may be sent twice.', type: 'choice', default: 'after',
          choices: [{ value: 'after', title: 'after the reply is sent' }, { value: 'before', title: 'before the reply is sent' }],
        },
        { id: 'pause', label: 'Pause between the two', help: 'Between sending the reply and acknowledging, in either order: a crash in it doubles or loses the reply.', type: 'number', default: 0, unit: 'ms', min: 0, max: 3_600_000 },
        { id: 'failureRate', label: 'Failure rate', help: 'Share of requests whose work fails: they are given back, or lost where nothing is acknowledged.', type: 'number', default: 0, unit: 'share', min: 0, max: 1 },
        { id: 'body', label: 'Body', help: '{n}, {id}, {time}, {random} are filled in.', group: 'Reply', type: 'text', default: '{"sum":{random}}', maxLength: 4000, lines: 3, mono: true },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: survives a restart in a durable queue.', group: 'Reply', type: 'toggle', default: false },
        { id: 'service', label: 'Registers as', help: 'Name of its service in the registry that it is connected to. Empty: it registers nowhere.', group: 'Registry', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'nowhere' },
        { id: 'renewEvery', label: 'Renews every', help: 'Registers again: where entries live for a while only, or the registry may have forgotten it.', group: 'Registry', type: 'number', default: null, unit: 'ms', min: 1, max: 86_400_000, optional: true, none: 'never', scale: 'log' },
        whenLostField,
      ],
      probes: [
        { id: 'replies', title: 'Replies', kind: 'counter', unit: 'messages' },
        { id: 'busy', title: 'Utilization', kind: 'level', unit: 'share' },
        { id: 'received', title: 'Received', kind: 'counter', unit: 'messages' },
        { id: 'failed', title: 'Failed', kind: 'counter', unit: 'messages' },
        { id: 'unroutable', title: 'No way back', kind: 'counter', unit: 'messages', help: 'No line leads to the return address.' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'inbox', title: 'Inbox', kind: 'level', unit: 'messages' },
        { id: 'service', title: 'Service time', kind: 'duration', unit: 'ns' },
      ],
    },
  ],
}
