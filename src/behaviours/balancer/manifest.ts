import type { FamilyManifest } from '../../contract/manifest.ts'

const RECORDED = 'Node.js Design Patterns, recorded: load-balancing'
const PROXY = 'nginx 1.22, recorded: reverse-proxy-nginx'
const ON_FAILURE = { field: 'whenFailed', is: ['next'] } as const

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.balancer.connections', says: 'A cluster deals out connections, not requests: all that comes on one connection is one worker’s.', source: RECORDED, proof: 'unit' },
    { id: 'app.balancer.next', says: 'A request whose upstream fails is tried at the next one; the client sees no error while one is alive.', source: PROXY, proof: 'unit' },
    { id: 'app.balancer.aside', says: 'An upstream that has failed is left alone for its timeout, then tried again.', source: PROXY, proof: 'unit' },
    { id: 'app.balancer.all-failed', says: 'When all upstreams have failed the client gets an error, and all are tried again.', source: PROXY, proof: 'unit' },
    { id: 'app.balancer.registered', says: 'A balancer that asks a registry serves new instances at once, and leaves those alone that have deregistered.', source: RECORDED, proof: 'unit' },
    { id: 'app.balancer.second', says: 'A balancer that moves its index before it looks begins with the second instance.', source: RECORDED, proof: 'unit' },
    { id: 'app.balancer.killed', says: 'An instance that is killed stays registered: requests to it fail until somebody takes it out.', source: RECORDED, proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.balancer',
      title: 'Load balancer',
      summary: 'Takes requests and hands each to one of several servers: a reverse proxy, a cluster behind one port.',
      icon: 'network',
      form: 'card',
      can: ['request', 'reply'],
      headline: ['forwarded', 'open'],
      subtitle: '{deals} in turn',
      docs: [
        'Lines that leave it lead to its upstreams, in the order in which they were drawn. Answers go back on the line their request came on.',
        'A cluster of processes behind one port deals out connections: clients that keep theirs stay with one worker, however busy it is.',
        'Servers behind it that keep state for their clients need that, or a store that they share.',
      ],
      fields: [
        {
          id: 'deals', label: 'Deals out', help: 'What is handed to the upstreams in turn.', type: 'choice', default: 'requests',
          choices: [{ value: 'requests', title: 'requests', help: 'As a reverse proxy does.' }, { value: 'connections', title: 'connections', help: 'As a cluster does, and a balancer with sticky sessions.' }],
        },
        {
          id: 'begins', label: 'Begins with', help: 'Whose turn is the first.', type: 'choice', default: 'first',
          choices: [{ value: 'first', title: 'the first upstream' }, { value: 'second', title: 'the second', help: 'Its index is moved before it is used, as in the chapter’s balancers.' }],
        },
        {
          id: 'upstreams', label: 'Upstreams', help: 'Who is asked.', group: 'Upstreams', type: 'choice', default: 'lines',
          choices: [{ value: 'lines', title: 'all it is connected to' }, { value: 'registered', title: 'those that are registered', help: 'It asks a service registry before each request. A line to each is needed all the same.' }],
        },
        { id: 'service', label: 'Service', help: 'The name that instances register under.', group: 'Upstreams', type: 'text', default: 'api', maxLength: 255, mono: true, when: { field: 'upstreams', is: ['registered'] } },
        {
          id: 'whenFailed', label: 'When one fails', help: 'Nobody is there, or it dies while it has the request.', group: 'Upstreams', type: 'choice', default: 'next',
          choices: [
            { value: 'next', title: 'tries the next', help: 'The request may be done twice.' },
            { value: 'error', title: 'answers with an error' },
            { value: 'ends', title: 'the program ends', help: 'As the chapter’s balancer does, which handles no errors.' },
          ],
        },
        { id: 'failsMax', label: 'Fails at most', help: 'max_fails: after so many in a row an upstream is left alone.', group: 'Upstreams', type: 'number', default: 1, unit: 'times', min: 1, max: 1_000_000, whole: true, when: ON_FAILURE },
        { id: 'failTimeout', label: 'Left alone for', help: 'fail_timeout: then it is tried again with a request.', group: 'Upstreams', type: 'number', default: 10_000, unit: 'ms', min: 0, max: 86_400_000, scale: 'log', when: ON_FAILURE },
      ],
      probes: [
        { id: 'forwarded', title: 'Handed on', kind: 'counter', unit: 'messages' },
        { id: 'open', title: 'Open', kind: 'level', unit: 'requests' },
        { id: 'answered', title: 'Answered', kind: 'counter', unit: 'messages' },
        { id: 'retried', title: 'Tried again', kind: 'counter', unit: 'messages', help: 'At another upstream, as the one before failed.' },
        { id: 'errors', title: 'Errors', kind: 'counter', unit: 'requests', help: 'Answered with an error: nobody could be asked, or who was asked failed.' },
        { id: 'aside', title: 'Left alone', kind: 'level', unit: 'servers', help: 'Upstreams that have failed and are not asked now, as of the last request.' },
      ],
    },
  ],
}
