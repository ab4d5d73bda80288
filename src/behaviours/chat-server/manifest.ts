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
  ],
  nodes: [
    {
      type: 'chat.server',
      title: 'Chat server',
      summary: 'Takes what its users write to the broker, and what the broker brings to all its users.',
      icon: 'messages-square',
      form: 'card',
      can: ['serve', 'send', 'receive'],
      headline: ['broadcast', 'clients'],
      subtitle: 'chat server',
      docs: ['Connected to a broker, it publishes every line and broadcasts only what the broker delivers.', 'With no channel to send on, it broadcasts to its own users: an island.'],
      fields: [],
      probes: [
        { id: 'broadcast', title: 'Broadcast', kind: 'counter', unit: 'messages', help: 'Messages sent to every connected user.' },
        { id: 'clients', title: 'Users connected', kind: 'level', unit: 'clients' },
        { id: 'fromUsers', title: 'From users', kind: 'counter', unit: 'messages' },
        { id: 'published', title: 'Published', kind: 'counter', unit: 'messages' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
      ],
    },
  ],
}
