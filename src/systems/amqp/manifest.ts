import { wireFields, type FieldSpec } from '../../contract/fields.ts'
import type { FamilyManifest, NodeManifest, ChannelManifest, Refusal } from '../../contract/manifest.ts'
import { CLAIMS } from './claims.ts'
import { CONSUME_FIELDS, PUBLISH_FIELDS, QUEUE_FIELDS } from './fields.ts'

const nameField: FieldSpec = { id: 'name', label: 'Name', help: 'What clients call it. Empty: the label is the name.', type: 'text', default: '', maxLength: 255, mono: true }
const virtualHostField: FieldSpec = { id: 'virtualHost', label: 'Virtual host', help: 'A namespace of its own inside the broker: names in different virtual hosts never meet.', group: 'Broker', type: 'text', default: '/', maxLength: 255, mono: true }
const argumentsField: FieldSpec = { id: 'arguments', label: 'Arguments', help: 'x-arguments as RabbitMQ takes them.', group: 'Arguments', type: 'record', default: {}, placeholder: 'x-message-ttl' }

const broker: NodeManifest = {
  type: 'amqp.broker',
  title: 'RabbitMQ',
  summary: 'A broker: holds exchanges and queues, crashes and restarts as one.',
  icon: 'server',
  form: 'container',
  can: [],
  fields: [],
  probes: [
    { id: 'connections', title: 'Connections', kind: 'level', unit: 'connections' },
  ],
  headline: ['connections'],
  subtitle: 'amqp 0-9-1 · durable queues survive restart',
  stop: 'A stop is in good order: only what had been handed out comes back marked redelivered. After a crash everything does.',
  carried: [
    { field: 'policies', says: 'Policies: applied by pattern, the one of highest priority; an argument of its own wins.' },
    { field: 'parameters', says: 'Parameters: operator policies are applied over policies; anything else is only kept.' },
    { field: 'permissions', says: 'Permissions: patterns of names that a user may configure, write and read, else 403. guest may do everything where none says otherwise.' },
    { field: 'topicPermissions', says: 'Topic permissions: patterns of routing keys that a user may publish to a topic exchange.' },
    { field: 'virtualHosts', says: 'Virtual hosts: what an import said of them, written again by an export.' },
    { field: 'globalParameters', says: 'Global parameters of the cluster: only kept, and written again by an export.' },
  ],
  docs: [
    'When the broker restarts, durable exchanges and queues come back, with the persistent messages of durable queues.',
    'Transient messages, and everything in queues that are not durable, die with it.',
  ],
}

const exchange: NodeManifest = {
  type: 'amqp.exchange',
  title: 'Exchange',
  summary: 'Takes messages and hands a copy to every queue whose binding matches.',
  icon: 'hexagon',
  form: 'hexagon',
  within: 'amqp.broker',
  can: [],
  fields: [
    nameField,
    {
      id: 'exchangeType', label: 'Type', help: 'How bindings are compared with the routing key.', type: 'choice', default: 'direct',
      choices: [
        { value: 'direct', title: 'direct', help: 'The binding key equals the routing key.' },
        { value: 'fanout', title: 'fanout', help: 'Every bound queue; keys are ignored.' },
        { value: 'topic', title: 'topic', help: 'Words between dots: * is one word, # is zero or more.' },
        { value: 'headers', title: 'headers', help: 'The message’s headers against the binding’s arguments; keys are ignored.' },
      ],
    },
    { id: 'durable', label: 'Durable', help: 'Survives a restart of the broker.', type: 'toggle', default: true },
    { id: 'autoDelete', label: 'Auto-delete', help: 'Deleted when its last binding goes, but never before it had one.', type: 'toggle', default: false },
    { id: 'internal', label: 'Internal', help: 'Only other exchanges may send to it.', type: 'toggle', default: false },
    { id: 'alternateExchange', label: 'Alternate exchange', help: 'Name of the exchange that gets what no binding matches.', group: 'Broker', type: 'text', default: '', maxLength: 255, mono: true, placeholder: 'none' },
    virtualHostField,
    argumentsField,
  ],
  probes: [
    { id: 'in', title: 'Published in', kind: 'counter', unit: 'messages' },
    { id: 'routed', title: 'Copies routed', kind: 'counter', unit: 'messages' },
    { id: 'unroutable', title: 'Unroutable', kind: 'counter', unit: 'messages', help: 'No binding matched: the message is dropped.' },
  ],
  headline: ['in'],
  subtitle: '{exchangeType}',
  docs: [
    'An exchange keeps nothing: a message goes on to queues in the same instant, or is dropped when none matches.',
    'A queue gets one copy however many bindings match.',
    'topic: * matches exactly one word, # zero or more words.',
  ],
}

const queue: NodeManifest = {
  type: 'amqp.queue',
  title: 'Queue',
  summary: 'Keeps messages in order until a consumer has acknowledged them.',
  icon: 'rows-3',
  form: 'tube',
  within: 'amqp.broker',
  can: [],
  fields: [
    ...QUEUE_FIELDS(nameField, virtualHostField, argumentsField),
  ],
  probes: [
    { id: 'ready', title: 'Ready', kind: 'level', unit: 'messages' },
    { id: 'unacked', title: 'Unacked', kind: 'level', unit: 'messages', help: 'Handed out and not yet settled.' },
    { id: 'consumers', title: 'Consumers', kind: 'level', unit: 'consumers' },
    { id: 'enqueued', title: 'In', kind: 'counter', unit: 'messages' },
    { id: 'delivered', title: 'Delivered', kind: 'counter', unit: 'messages' },
    { id: 'acknowledged', title: 'Acknowledged', kind: 'counter', unit: 'messages' },
    { id: 'redelivered', title: 'Redelivered', kind: 'counter', unit: 'messages' },
    { id: 'wait', title: 'Wait in the queue', kind: 'duration', unit: 'ns', help: 'From arrival to being handed out.' },
    { id: 'deadLettered', title: 'Dead-lettered', kind: 'counter', unit: 'messages', help: 'Expired, rejected, or dropped for length, and published again to the dead-letter exchange.' },
    { id: 'dropped', title: 'Dropped or refused', kind: 'counter', unit: 'messages', help: 'Expired, rejected, or too many, with nowhere to go; and what publishers were refused.' },
  ],
  headline: ['ready'],
  bound: { probe: 'ready', field: 'maxLength' },
  log: { oldest: 'First offset', position: 'Next offset' },
  subtitle: '{durable?durable|transient} {queueType}{exclusive? · exclusive|}{autoDelete? · auto-delete|}',
  docs: [
    'Consumers that are ready take turns; one that has used up its prefetch is skipped.',
    'A message that was handed out stays with the queue as unacked until it is acknowledged; when its consumer is lost it returns to its place, marked redelivered.',
    'A message that is requeued returns to its old place; in a quorum queue it goes to the tail, or with a delivery limit to the front.',
    'What expires, is rejected or is dropped for length goes to the dead-letter exchange, if there is one.',
    'A stream keeps everything: each reader has its own place in it, and acknowledging removes nothing.',
    'A stream is drawn as a tape between its first and its next offset, the oldest entry at the right. A flag stands at the offset that a reader gets next, with how far it is behind; what all readers have had is faded.',
  ],
}

const reconnectField: FieldSpec = { id: 'reconnect', label: 'Reconnect after', help: 'How long the client waits before it tries again. Most libraries wait 1 to 5 s; 0 means never, as the chapter’s programs.', group: 'Connection', type: 'number', default: 1000, unit: 'ms', min: 0, max: 3_600_000, scale: 'log' }

const userField: FieldSpec = { id: 'user', label: 'User', help: 'Whom the client connects as. What its permissions don’t allow is refused: 403.', group: 'Connection', type: 'text', default: 'guest', maxLength: 255, mono: true }

const publish: ChannelManifest = {
  type: 'amqp.publish',
  title: 'publish',
  summary: 'An application publishes to an exchange, or through the default exchange to a queue.',
  form: 'solid',
  from: { can: 'send' },
  to: { types: ['amqp.exchange', 'amqp.queue'] },
  parallel: 'one',
  carries: 'forward',
  fields: [
    ...PUBLISH_FIELDS,
    userField,
    reconnectField,
    ...wireFields(400),
  ],
  docs: ['Publishing is one-way: without confirms the client never learns what became of a message.'],
}

const consume: ChannelManifest = {
  type: 'amqp.consume',
  title: 'consume',
  summary: 'The queue hands messages to the application.',
  form: 'solid',
  from: { types: ['amqp.queue'] },
  to: { can: 'receive' },
  parallel: 'one',
  carries: 'forward',
  fields: [
    ...CONSUME_FIELDS(argumentsField),
    userField,
    reconnectField,
    ...wireFields(400),
  ],
  docs: ['Without a prefetch the queue hands everything it has to the first consumer that is there.'],
}

const binding: ChannelManifest = {
  type: 'amqp.binding',
  title: 'binding',
  summary: 'Routes from an exchange to a queue or another exchange.',
  form: 'dashed',
  from: { types: ['amqp.exchange'] },
  to: { types: ['amqp.queue', 'amqp.exchange'] },
  sameContainer: true,
  parallel: 'many',
  carries: 'forward',
  label: 'routingKey',
  fields: [
    { id: 'routingKey', label: 'Binding key', help: 'direct: equals the routing key. topic: a pattern with * and #. fanout: ignored.', type: 'text', default: '', maxLength: 255, mono: true },
    argumentsField,
    ...wireFields(200, { heartbeat: false, loss: 'none' }),
  ],
  docs: ['A queue with several matching bindings still gets one copy.'],
}

export const manifest: FamilyManifest = {
  family: 'amqp',
  title: 'RabbitMQ',
  colour: 'rabbitmq',
  terms: { key: 'routing key' },
  nodes: [broker, exchange, queue],
  channels: [publish, consume, binding],
  claims: CLAIMS,
}

export const refusals: readonly Refusal[] = [
  { from: { types: ['amqp.queue'] }, to: { types: ['amqp.queue'] }, says: 'A queue doesn’t feed another queue in RabbitMQ. Put an exchange between them, or an application that consumes and publishes.' },
  { from: { types: ['amqp.queue'] }, to: { types: ['amqp.exchange'] }, says: 'A queue doesn’t publish. Draw the binding from the exchange to the queue.' },
  { from: { types: ['amqp.exchange'] }, to: { can: 'receive' }, says: 'Consumers read from queues, not from exchanges. Bind a queue to the exchange and consume from that.' },
  { from: { can: 'receive' }, to: { types: ['amqp.exchange'] }, says: 'This application only receives. Connect it to a queue, or use one that publishes.' },
  { from: { can: 'send' }, to: { types: ['amqp.broker'] }, says: 'Connect to an exchange or queue inside the broker, not to the broker itself.' },
  { from: { can: 'receive' }, to: { types: ['amqp.broker'] }, says: 'Connect to a queue inside the broker, not to the broker itself.' },
]
