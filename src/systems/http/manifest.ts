import { wireFields } from '../../contract/fields.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

const RFC = 'RFC 9112'
/** tcp_retries2: Linux gives a connection up after about a quarter of an hour. */
const TCP_GIVES_UP_MS = 900_000

export const manifest: FamilyManifest = {
  family: 'http',
  title: 'HTTP',
  colour: 'application',
  terms: { key: 'path' },
  nodes: [],
  channels: [
    {
      type: 'http.request',
      title: 'HTTP',
      summary: 'An application asks another one, and waits for its answer on the same connection.',
      form: 'solid',
      from: { can: 'request' },
      to: { can: 'reply' },
      parallel: 'one',
      carries: 'both',
      fields: [
        { id: 'keepAlive', label: 'Keep alive', help: 'A connection is kept for the next request. Otherwise each request makes its own, which takes a round trip.', group: 'Connection', type: 'toggle', default: true },
        { id: 'socketsMax', label: 'Connections at most', help: 'Of this client to this server; a request beyond that waits for a free one.', group: 'Connection', type: 'number', default: null, unit: 'connections', min: 1, max: 100_000, whole: true, optional: true, none: 'any number' },
        { id: 'heartbeat', label: 'Gives up after', help: 'A cut that lasts longer ends all connections. HTTP itself knows no heartbeat.', group: 'Wire', type: 'number', default: TCP_GIVES_UP_MS, unit: 'ms', min: 1, max: 86_400_000, scale: 'log' },
        ...wireFields(400, { heartbeat: false }),
      ],
      docs: [
        'A connection carries one request at a time: who asks for more at once needs more connections.',
        'A server that is not there refuses (ECONNREFUSED); one that dies breaks what is under way (ECONNRESET). Either is an error of the request, and nothing is tried again by itself.',
        'Work that fails is answered with an error, and so is a request that a balancer can take nowhere.',
      ],
    },
  ],
  claims: [
    { id: 'http.one-at-a-time', says: 'A connection carries one request at a time; the next waits, or takes another connection.', source: `${RFC}, persistence`, proof: 'unit' },
    { id: 'http.connect', says: 'A request on a new connection takes a round trip more than one on a connection that is kept.', source: `${RFC}, connection management`, proof: 'unit' },
    { id: 'http.refused', says: 'A server that is not there refuses; the request is an error at once.', source: 'connect(2), ECONNREFUSED', proof: 'unit' },
    { id: 'http.reset', says: 'A server that dies breaks the requests under way: nobody knows whether they were done.', source: 'Node.js Design Patterns, recorded: cluster-crash-respawn', proof: 'unit' },
    { id: 'http.error', says: 'Work that fails is answered with an error.', source: 'RFC 9110, 5xx', proof: 'unit' },
    { id: 'http.pipelining', says: 'Pipelining, HTTP/2 and HTTP/3, timeouts of idle connections, proxies’ caches, redirects and TLS are not modelled.', source: RFC, proof: 'not-modelled' },
  ],
}
