import { wireFields, type FieldSpec } from '../../contract/fields.ts'
import type { ChannelManifest, FamilyManifest, NodeManifest, Refusal } from '../../contract/manifest.ts'
import { CLAIMS } from './claims.ts'
import { ENDS } from './manifest-sockets.ts'

type Side = 'from' | 'to'
/** tcp_retries2: Linux gives a connection up after about a quarter of an hour. */
const TCP_GIVES_UP_MS = 900_000

function bindField(value: Side, from: string, to: string): FieldSpec {
  return {
    id: 'bind', label: 'Binds', help: 'Who has the address. The other connects to it, and connects again. Bind what stays, connect what comes and goes.', group: 'Connection', type: 'choice', default: value,
    choices: [
      { value: 'from', title: from, help: 'A bound socket forgets a peer that is gone.' },
      { value: 'to', title: to, help: 'A connecting socket keeps its peer’s share for when it comes back.' },
    ],
  }
}

const marks: readonly FieldSpec[] = [
  { id: 'sendMark', label: 'Send mark', help: 'SNDHWM: messages that wait for this peer at the sender. 0: no limit.', group: 'High-water marks', type: 'number', default: 1000, unit: 'messages', min: 0, max: 1_000_000, whole: true },
  { id: 'receiveMark', label: 'Receive mark', help: 'RCVHWM: messages that wait at the receiver, and on the way to it. 0: no limit.', group: 'High-water marks', type: 'number', default: 1000, unit: 'messages', min: 0, max: 1_000_000, whole: true },
  { id: 'kernelBytes', label: 'Kernel buffers', help: 'Bytes that tcp keeps on top of the marks. Linux holds about 2.9 MB on loopback; 0 lets the marks be seen.', group: 'High-water marks', type: 'number', default: 0, unit: 'B', min: 0, max: 1e9, whole: true },
]

const connection = (loss: 'repaired' | 'either' = 'repaired'): readonly FieldSpec[] => [
  { id: 'reconnect', label: 'Reconnect after', help: 'ZMQ_RECONNECT_IVL: the connecting side tries again after this, and up to twice that: libzmq adds chance so that peers don’t storm. 0: never.', group: 'Connection', type: 'number', default: 100, unit: 'ms', min: 0, max: 3_600_000, scale: 'log' },
  {
    id: 'transport', label: 'Transport', help: 'inproc joins two threads of one process: one queue of both marks, and no second connection when one end is gone.', group: 'Connection', type: 'choice', default: 'tcp',
    choices: [{ value: 'tcp', title: 'tcp or ipc' }, { value: 'inproc', title: 'inproc' }],
  },
  { id: 'heartbeat', label: 'Gives up after', help: 'A cut that lasts longer ends the connection at both ends.', group: 'Wire', type: 'number', default: TCP_GIVES_UP_MS, unit: 'ms', min: 1, max: 86_400_000, scale: 'log' },
  ...wireFields(400, { heartbeat: false, loss, lossWhen: { field: 'transport', is: ['tcp'] } }),
]

const routingId: FieldSpec = { id: 'routingId', label: 'Routing id', help: 'ZMQ_ROUTING_ID: what who asks is called at a ROUTER or a proxy. Empty: made up for each connection, so answers to an earlier one are dropped. Two of one name: the second is ignored.', group: 'Connection', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'made up' }
const handover: FieldSpec = { id: 'handover', label: 'Handover', help: 'ZMQ_ROUTER_HANDOVER: of two peers with one routing id the newcomer is served, not the first.', group: 'Connection', type: 'toggle', default: false }
const immediate: FieldSpec = { id: 'immediate', label: 'Immediate', help: 'ZMQ_IMMEDIATE: only connections that stand get messages; without it one that is not made yet gets its share, and keeps it.', group: 'Connection', type: 'toggle', default: false }
const inHand: FieldSpec = { id: 'inHand', label: 'In hand', help: 'How many messages the program holds before it reads the next: one, as a loop that awaits each. The rest waits in the socket, up to the mark.', group: 'Program', type: 'number', default: 1, unit: 'messages', min: 1, max: 1_000_000, whole: true, optional: true, none: 'reads everything at once' }
const waitingMax: FieldSpec = { id: 'waitingMax', label: 'Waits in the program', help: 'How many messages the sending program keeps while its send has to wait. More are refused.', group: 'Program', type: 'number', default: null, unit: 'messages', min: 0, max: 1_000_000, whole: true, optional: true, none: 'any number', when: { field: 'whenFull', is: ['wait'] } }
const conflate: FieldSpec = { id: 'conflate', label: 'Conflate', help: 'ZMQ_CONFLATE: each queue keeps the newest message only; marks don’t count.', group: 'High-water marks', type: 'toggle', default: false }

function whenFull(value: 'wait' | 'drop', wait: string): FieldSpec {
  return {
    id: 'whenFull', label: 'When nobody has room', help: 'What a send does at the high-water mark, or without a peer.', group: 'Program', type: 'choice', default: value,
    choices: [{ value: 'wait', title: 'wait', help: wait }, { value: 'drop', title: 'lose the message', help: value === 'drop' ? 'As PUB does.' : 'As a program that ignores EAGAIN.' }],
  }
}

const pubSub: ChannelManifest = {
  type: 'zeromq.pub-sub',
  ends: ENDS['zeromq.pub-sub']!,
  title: 'PUB/SUB',
  summary: 'A publisher’s socket copies each message to every subscriber that asked for its prefix.',
  form: 'solid',
  from: { can: 'send', types: ['zeromq.proxy'] },
  to: { can: 'receive', types: ['zeromq.proxy'] },
  parallel: 'one',
  carries: 'forward',
  label: 'prefixes',
  fields: [
    { id: 'prefixes', label: 'Subscription', help: 'Prefixes of the key, one a line. Empty: everything. A subscription holds for all publishers of the socket.', type: 'text', default: '', maxLength: 4000, lines: 2, mono: true, placeholder: 'everything' },
    bindField('from', 'the publisher', 'the subscriber'),
    ...marks, conflate, whenFull('drop', 'XPUB_NODROP: one full subscriber holds up all.'), waitingMax, inHand,
    ...connection('either'),
  ],
  docs: [
    'What is sent before a subscriber’s connection and subscription are made is lost: the slow joiner.',
    'A subscriber whose queue is full misses what comes then; the publisher never waits and never knows.',
    'The publisher filters, so what nobody wants never leaves; the subscriber filters again when it reads.',
  ],
}

const pushPull: ChannelManifest = {
  type: 'zeromq.push-pull',
  ends: ENDS['zeromq.push-pull']!,
  title: 'PUSH/PULL',
  summary: 'A sender’s socket deals its messages in turn over the receivers that have room.',
  form: 'solid',
  from: { can: 'send', types: ['zeromq.proxy'] },
  to: { can: 'receive', types: ['zeromq.proxy'] },
  parallel: 'one',
  carries: 'forward',
  fields: [bindField('from', 'the sender', 'the receiver'), ...marks, conflate, whenFull('wait', 'The send waits, and the program with it.'), waitingMax, inHand, immediate, ...connection()],
  docs: [
    'Each message goes to one receiver, in turn; one that is full is skipped; when all are full the sender waits.',
    'What was dealt is not dealt again: a late worker gets nothing of it, a dead one takes its share along.',
    'All lines of this kind that leave a node are one socket, and so are all that enter it: bound ventilator and sink, workers that connect.',
  ],
}

const reqRep: ChannelManifest = {
  type: 'zeromq.req-rep',
  ends: ENDS['zeromq.req-rep']!,
  title: 'REQ/REP',
  summary: 'One question, one answer, strictly in turn.',
  form: 'solid',
  from: { can: 'request', types: ['zeromq.proxy'] },
  to: { can: 'reply', types: ['zeromq.proxy'] },
  parallel: 'one',
  carries: 'both',
  fields: [
    bindField('to', 'who asks', 'who answers'),
    { id: 'relaxed', label: 'Relaxed', help: 'ZMQ_REQ_RELAXED: another question may be asked before the answer came.', type: 'toggle', default: false },
    { id: 'correlate', label: 'Correlate', help: 'ZMQ_REQ_CORRELATE: answers to older questions are dropped. Implies relaxed here.', type: 'toggle', default: false },
    ...marks, whenFull('wait', 'A question waits until the one before is answered.'), waitingMax, inHand, immediate, routingId, handover, ...connection(),
  ],
  docs: ['A REQ whose question or answer is lost waits for ever.', 'A REQ with several lines asks in turn; a REP serves in turn, and its answer goes back the way the question came.'],
}

const dealerRouter: ChannelManifest = {
  type: 'zeromq.dealer-router',
  ends: ENDS['zeromq.dealer-router']!,
  title: 'DEALER/ROUTER',
  summary: 'Questions and answers without any order between them; the ROUTER knows its peers by their ids.',
  form: 'solid',
  from: { can: 'converse', types: ['zeromq.proxy'] },
  to: { can: 'serve', types: ['zeromq.proxy'] },
  parallel: 'one',
  carries: 'both',
  fields: [bindField('to', 'the DEALER', 'the ROUTER'), { id: 'mandatory', label: 'Mandatory', help: 'ZMQ_ROUTER_MANDATORY: a message for a peer that isn’t there is an error, not silently dropped.', type: 'toggle', default: false }, ...marks, whenFull('wait', 'The send waits, and the program with it.'), waitingMax, immediate, routingId, handover, ...connection()],
  docs: ['A DEALER deals in turn over its lines and reads from them in turn.', 'A ROUTER sends to one peer by its id; what is for nobody it knows is dropped.'],
}

const pair: ChannelManifest = {
  type: 'zeromq.pair',
  ends: ENDS['zeromq.pair']!,
  title: 'PAIR',
  summary: 'Two sockets that have only each other.',
  form: 'solid',
  from: { can: 'converse' },
  to: { can: 'serve' },
  parallel: 'one',
  atMost: { from: 1, to: 1 },
  carries: 'both',
  fields: [bindField('from', 'this end', 'the other end'), ...marks, whenFull('wait', 'The send waits, and the program with it.'), waitingMax, ...connection()],
  docs: ['A second peer is not served. A bound PAIR that lost its peer forgets it.'],
}

const proxy: NodeManifest = {
  type: 'zeromq.proxy',
  title: 'ZeroMQ proxy',
  summary: 'Hands on between two sockets: XSUB and XPUB, PULL and PUSH, ROUTER and DEALER.',
  icon: 'waypoints',
  form: 'card',
  can: [],
  fields: [],
  probes: [
    { id: 'forwarded', title: 'Handed on', kind: 'counter', unit: 'messages' },
    { id: 'waiting', title: 'Waiting', kind: 'level', unit: 'messages', help: 'In the queues of its sockets.' },
  ],
  headline: ['forwarded'],
  subtitle: 'XSUB/XPUB · PULL/PUSH · ROUTER/DEALER',
  docs: [
    'Publishers and subscribers that know the proxy need not know each other: subscriptions travel up through it, messages down. It keeps no history.',
    'Requests are dealt in turn over the workers behind it, answers find their client.',
    'Which sockets it has depends on the lines that enter and leave it.',
  ],
}

export const manifest: FamilyManifest = {
  family: 'zeromq',
  title: 'ZeroMQ',
  colour: 'zeromq',
  terms: { key: 'topic' },
  nodes: [proxy],
  channels: [pubSub, pushPull, reqRep, dealerRouter, pair],
  claims: CLAIMS,
}

export const refusals: readonly Refusal[] = [
  { from: { types: ['zeromq.proxy'] }, to: { types: ['amqp.exchange', 'amqp.queue', 'amqp.broker'] }, says: 'A ZeroMQ proxy speaks ZeroMQ only. Put a service between it and RabbitMQ.' },
  { from: { types: ['amqp.exchange', 'amqp.queue'] }, to: { types: ['zeromq.proxy'] }, says: 'RabbitMQ doesn’t speak ZeroMQ. Put a service between: it consumes from the queue and sends to the proxy.' },
]
