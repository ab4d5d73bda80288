import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'chat',
  title: 'Chat',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [{ id: 'chat.user.own-echo', says: 'A user gets what it wrote back from the server, like everybody else.', source: 'Node.js Design Patterns, recorded: chat-basic', proof: 'unit' }],
  nodes: [
    {
      type: 'chat.user',
      title: 'Chat user',
      summary: 'Writes to a chat server and reads what comes back.',
      icon: 'message-circle',
      form: 'card',
      can: ['converse'],
      sends: true,
      headline: ['received', 'sent'],
      subtitle: 'chat user · WebSocket',
      docs: ['The server sends each message to all its users, the writer included.', 'In the chapter’s programs a lost connection stays lost; here the client connects again after its interval.'],
      fields: [
        { id: 'rate', label: 'Rate', help: 'Messages per second, on average. 0: only by hand.', type: 'number', default: 0.4, unit: '/s', min: 0, max: 100_000, scale: 'log' },
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
        { id: 'texts', label: 'Says', help: 'One text a line, in turn.', type: 'text', default: 'hello\nanyone here?\nyes, hi!\nhow is the history?\nall there', maxLength: 4000, lines: 4 },
        {
          id: 'payload', label: 'Sends', help: 'What is in a message.', type: 'choice', default: 'document',
          choices: [{ value: 'document', title: 'who says it, and the text' }, { value: 'text', title: 'the text alone', help: 'As in the chapter’s first programs.' }],
        },
        { id: 'persistent', label: 'Persistent', help: 'Asks whoever stores the message to keep it on disk. The chapter’s programs send transient ones.', type: 'toggle', default: true },
      ],
      probes: [
        { id: 'received', title: 'Received', kind: 'counter', unit: 'messages' },
        { id: 'sent', title: 'Sent', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'latency', title: 'End-to-end latency', kind: 'duration', unit: 'ns', help: 'From the writer to this reader.' },
      ],
    },
  ],
}
