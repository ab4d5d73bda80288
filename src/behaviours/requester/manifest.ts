import { whenLostField } from '../../contract/lost-connection.ts'
import type { FamilyManifest } from '../../contract/manifest.ts'

export const manifest: FamilyManifest = {
  family: 'app',
  title: 'Applications',
  colour: 'application',
  terms: { key: 'key' },
  channels: [],
  claims: [
    { id: 'app.requester.correlation', says: 'Replies find their requests by correlation id, in whatever order they come.', source: 'Node.js Design Patterns, correlation identifier', proof: 'unit' },
    { id: 'app.requester.return-address', says: 'A request says where its reply is to go: the replier knows no requester beforehand.', source: 'Node.js Design Patterns, return address', proof: 'unit' },
    { id: 'app.requester.timeout', says: 'After its timeout a request is given up; a reply that comes later is told apart and dropped.', source: 'Node.js Design Patterns, correlation identifier (the request’s timeout)', proof: 'unit' },
    { id: 'app.requester.back-pressure', says: 'A requester whose send has to wait asks nothing more until it has gone through.', source: 'ZeroMQ, zmq_send without ZMQ_DONTWAIT', proof: 'unit' },
  ],
  nodes: [
    {
      type: 'app.requester',
      title: 'Requester',
      summary: 'Asks, and waits for the reply.',
      icon: 'message-circle-question',
      form: 'card',
      can: ['send', 'receive', 'request', 'converse'],
      sends: true,
      headline: ['replies', 'outstanding'],
      subtitle: 'requester · {concurrency} at once',
      docs: [
        'Each request carries a correlation id, and its reply carries the same one: so many may be under way at once.',
        'Its return address is the queue, list or channel that it reads replies from. Where requests and replies share a line none is needed.',
        'After thinking: somebody asks, waits for the reply, thinks, and asks again; “at once” says how many do so.',
      ],
      fields: [
        {
          id: 'arrival', label: 'Asks', help: 'When requests come.', type: 'choice', default: 'think',
          choices: [
            { value: 'think', title: 'after thinking', help: 'The next one comes a while after the reply.' },
            { value: 'poisson', title: 'Poisson', help: 'At a rate, independent of each other.' },
            { value: 'regular', title: 'regular', help: 'Always the same gap.' },
            { value: 'uniform', title: 'uniform', help: 'Gaps from zero to twice the mean.' },
            { value: 'steady', title: 'steady', help: 'Erlang with 4 phases: between regular and Poisson.' },
            { value: 'bursts', title: 'bursts', help: 'Hyperexponential: many close together, then long pauses.' },
            { value: 'law', title: 'any law', help: 'Gaps of a law of your own.' },
          ],
        },
        { id: 'thinkTime', label: 'Think time', help: 'From the reply, or its timeout, to the next request.', type: 'law', default: { law: 'exponential', mean: 1000 }, unit: 'ms', when: { field: 'arrival', is: ['think'] } },
        { id: 'rate', label: 'Rate', help: 'Requests per second, on average. 0: only by hand.', type: 'number', default: 1, unit: '/s', min: 0, max: 1_000_000, scale: 'log', when: { field: 'arrival', is: ['poisson', 'regular', 'uniform', 'steady', 'bursts'] } },
        { id: 'gap', label: 'Time between', help: 'From one request to the next.', type: 'law', default: { law: 'exponential', mean: 1000 }, unit: 'ms', when: { field: 'arrival', is: ['law'] } },
        { id: 'concurrency', label: 'At once', help: 'Requests that may be open. What is due beyond that waits for a reply or a timeout.', type: 'number', default: 1, unit: 'requests', min: 1, max: 100_000, whole: true, optional: true, none: 'any number' },
        { id: 'timeout', label: 'Timeout', help: 'A request is given up after this; its reply comes late, if at all.', type: 'number', default: 10_000, unit: 'ms', min: 1, max: 86_400_000, scale: 'log', optional: true, none: 'waits for ever' },
        { id: 'limit', label: 'Stop after', help: 'A number of requests, or never.', type: 'number', default: null, unit: 'requests', min: 1, max: 1e12, whole: true, optional: true, none: 'never' },
        { id: 'replyTo', label: 'Return address', help: 'Key that replies are sent with. Empty: what it reads from.', group: 'Request', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'where it reads from' },
        { id: 'key', label: 'Key', help: 'Routing key, topic or subject. {n}, {id}, {time}, {random} are filled in.', group: 'Request', type: 'text', default: '', maxLength: 255, mono: true },
        { id: 'body', label: 'Body', help: '{n}, {id}, {time}, {random} are filled in.', group: 'Request', type: 'text', default: '{"a":{n},"b":{random}}', maxLength: 4000, lines: 3, mono: true },
        {
          id: 'messageType', label: 'Type', help: 'What the request is for.', group: 'Request', type: 'choice', default: 'command',
          choices: [{ value: 'command', title: 'command' }, { value: 'event', title: 'event' }, { value: 'document', title: 'document' }],
        },
        { id: 'persistent', label: 'Persistent', help: 'delivery mode 2: survives a restart in a durable queue.', group: 'Request', type: 'toggle', default: false },
        whenLostField,
      ],
      probes: [
        { id: 'replies', title: 'Replies', kind: 'counter', unit: 'messages' },
        { id: 'outstanding', title: 'Outstanding', kind: 'level', unit: 'requests', help: 'Asked, and neither answered nor given up.' },
        { id: 'requests', title: 'Requests', kind: 'counter', unit: 'messages' },
        { id: 'timeouts', title: 'Timed out', kind: 'counter', unit: 'requests' },
        { id: 'late', title: 'Late replies', kind: 'counter', unit: 'messages', help: 'Came after the timeout or a restart, or answer nothing that was asked here.' },
        { id: 'lost', title: 'Could not be sent', kind: 'counter', unit: 'messages' },
        { id: 'waiting', title: 'Waiting to be asked', kind: 'level', unit: 'requests', help: 'Due, but too many are open or a send has to wait.' },
        { id: 'latency', title: 'Round trip', kind: 'duration', unit: 'ns', help: 'From the request to its reply.' },
      ],
    },
  ],
}
