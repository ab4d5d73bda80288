import type { FamilyManifest, Refusal } from '../../contract/manifest.ts'
import { CLAIMS } from './claims.ts'
import { NODES } from './manifest-nodes.ts'
import { LINES } from './manifest-lines.ts'

export const manifest: FamilyManifest = {
  family: 'redis',
  title: 'Redis',
  colour: 'redis',
  terms: { key: 'channel or key' },
  nodes: NODES,
  channels: LINES,
  claims: CLAIMS,
}

const INSIDE = ['redis.channel', 'redis.list', 'redis.stream']

export const refusals: readonly Refusal[] = [
  { from: { can: 'send' }, to: { types: ['redis.server'] }, says: 'Connect to a channel, list or stream inside the server, not to the server itself.' },
  { from: { can: 'receive' }, to: { types: ['redis.server'] }, says: 'Connect to a channel, list or stream inside the server, not to the server itself.' },
  { from: { can: 'receive' }, to: { types: INSIDE }, says: 'This application only receives. Draw the line from the channel, list or stream to it.' },
  { from: { types: INSIDE }, to: { types: INSIDE }, says: 'Nothing flows inside Redis by itself. Put an application between them that reads from one and writes to the other.' },
  { from: { can: 'converse' }, to: { types: INSIDE }, says: 'A chat user speaks WebSocket, not Redis. Connect it to a chat server, which publishes.' },
]
