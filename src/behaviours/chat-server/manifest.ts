import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'chat',
  title: 'Chat',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'chat.server.own-path', says: 'With a broker a message comes back to its own server through it; the sender has no special path.', source: 'Node.js Design Patterns, recorded: chat-amqp', proof: 'unit' },
    { id: 'chat.server.island', says: 'Without a broker a server reaches only its own users.', source: 'Node.js Design Patterns, recorded: chat-basic', proof: 'unit' },
    { id: 'chat.server.broker-lost', says: 'A server that handles no errors ends when its broker is gone, and drops all its users; one whose client connects again goes on.', source: 'Node.js Design Patterns, recorded: broker-single-point-of-failure, redis-pubsub-broker-restart', proof: 'unit' },
    { id: 'chat.server.history', says: 'A user that joins gets the history, and may get what is said at that moment twice: it is a user before the history has come.', source: 'Node.js Design Patterns, recorded: streams-history-live-race', proof: 'unit' },
    { id: 'chat.server.framing', says: 'Where topic and text share a frame that is cut at its spaces, users of other servers get the first word only.', source: 'Node.js Design Patterns, recorded: chat-zmq2', proof: 'unit' },
    { id: 'chat.server.own-users-directly', says: 'In a mesh of sockets a server serves its own users at once and publishes for the others: its users get each line once.', source: 'Node.js Design Patterns, recorded: chat-zmq', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'chat.server',
      title: 'Chat server',
      summary: 'Takes what its users write to the broker, and what the broker brings to all its users.',
      icon: 'messages-square',
      form: 'card',
      can: ['serve', 'send', 'receive', 'request'],
      headline: ['broadcast', 'clients'],
      subtitle: 'chat server',
      docs: [
        'Connected to a broker, it publishes every line and broadcasts only what the broker delivers.',
        'With no channel to send on, it broadcasts to its own users: an island.',
        'A publisher’s socket does not hear itself: in a mesh of such sockets the server has to serve its own users directly.',
      ],
      fields: [
        {
          id: 'ownUsers', label: 'Own users', help: 'How they get what one of them writes.', type: 'choice', default: 'through',
          choices: [
            { value: 'through', title: 'by what comes back', help: 'A broker brings it back, to everybody in one order.' },
            { value: 'directly', title: 'directly', help: 'At once, before the other servers: as in a mesh of sockets, which do not hear themselves. With a broker they would get it twice.' },
          ],
        },
        {
          id: 'onJoin', label: 'A user that joins gets', help: 'What was said before it came: from a history service, or a log, that the server asks over a line which goes both ways.', type: 'choice', default: 'nothing',
          choices: [
            { value: 'nothing', title: 'what is said from now on' },
            { value: 'history', title: 'the history, too', help: 'While it is asked for the user is told what is said meanwhile: that may come before the history, and again in it.' },
          ],
        },
        {
          id: 'framing', label: 'Topic and text', help: 'How servers tell each other what a message is about. It is part of their contract: all have to do the same.', group: 'Between servers', type: 'choice', default: 'frames',
          choices: [
            { value: 'frames', title: 'each in a frame of its own', help: 'Edition 4: the text stays what it is.' },
            { value: 'first-space', title: 'in one frame, cut at the first space', help: 'Edition 3.' },
            { value: 'spaces', title: 'in one frame, cut at the spaces', help: 'Editions 1 and 2: of three words the first one arrives.' },
          ],
        },
        { id: 'topic', label: 'Topic', help: 'What the frame begins with. Subscribers ask for it by prefix.', group: 'Between servers', type: 'text', default: 'chat', maxLength: 255, mono: true, when: { field: 'framing', is: ['spaces', 'first-space'] } },
        whenLostField,
      ],
      probes: [
        { id: 'broadcast', title: 'Broadcast', kind: 'counter', unit: 'messages', help: 'Messages sent to every connected user.' },
        { id: 'clients', title: 'Users connected', kind: 'level', unit: 'clients' },
        { id: 'histories', title: 'Of the history', kind: 'counter', unit: 'messages', help: 'Sent to users that have just joined.' },
        { id: 'fromUsers', title: 'From users', kind: 'counter', unit: 'messages' },
        { id: 'published', title: 'Published', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
      ],
    },
  ],
}
