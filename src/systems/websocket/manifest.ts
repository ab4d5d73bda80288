import { wireFields } from '../../contract/fields.ts'
import type { FamilyManifest, Refusal } from '../../contract/manifest.ts'

const SOURCE = 'RFC 6455 and the chapter’s programs'

export const manifest: FamilyManifest = {
  family: 'websocket',
  title: 'WebSocket',
  colour: 'application',
  terms: { key: 'key' },
  nodes: [],
  channels: [
    {
      type: 'websocket.connection',
      title: 'WebSocket',
      summary: 'A client talks with a server, both ways, in order.',
      form: 'solid',
      from: { can: 'converse' },
      to: { can: 'serve' },
      parallel: 'one',
      carries: 'both',
      fields: [
        { id: 'reconnect', label: 'Reconnect after', help: 'How long the client waits before it tries again. 0: never, as the chapter’s clients do.', group: 'Connection', type: 'number', default: 1000, unit: 'ms', min: 0, max: 3_600_000, scale: 'log' },
        ...wireFields(400),
      ],
      docs: ['Messages arrive in the order they were sent; what flies when the connection breaks is lost.', 'When the server dies, every client’s connection closes with code 1006.'],
    },
  ],
  claims: [
    { id: 'websocket.order', says: 'Messages of one connection arrive in the order they were sent.', source: SOURCE, proof: 'unit' },
    { id: 'websocket.loss', says: 'A message on its way when the connection breaks is lost.', source: SOURCE, proof: 'unit' },
    { id: 'websocket.reconnect', says: 'A client connects again only when its program does so.', source: SOURCE, proof: 'unit' },
    { id: 'websocket.frames', says: 'Fragmentation, pings and compression are not modelled.', source: 'RFC 6455', proof: 'not-modelled' },
  ],
}

export const refusals: readonly Refusal[] = [
  { from: { can: 'converse' }, to: { can: 'converse' }, says: 'Users don’t talk to each other directly: connect both to a chat server.' },
  { from: { can: 'converse' }, to: { types: ['amqp.exchange', 'amqp.queue'] }, says: 'A chat user speaks WebSocket, not AMQP. Connect it to a chat server, which publishes to the exchange.' },
]
