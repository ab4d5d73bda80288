import { call } from './live-client.ts'
import { seenOf, type Recorder } from './recorder.ts'
import type { Step } from '../../systems/amqp/conformance/recording.ts'

type Operation = (recorder: Recorder, session: Parameters<Recorder['published']>[0], step: Step) => Promise<void>

const flag = (step: Step, field: string): boolean => step[field] === true
const argsOf = (recorder: Recorder, step: Step): object => recorder.value(step['arguments'] ?? {}) as object // an object stays one

/** Every step that needs a channel, as the client library does it. */
export const LIVE_OPERATIONS: Readonly<Record<string, Operation>> = {
  connect: async () => {},
  openChannel: async () => {},
  declareExchange: async (recorder, { live }, step) => {
    recorder.exchanges.add(String(step['name']))
    await call(live, 'exchangeDeclare', { exchange: recorder.text(step['name']), type: String(step['type'] ?? 'direct'), passive: flag(step, 'passive'), durable: flag(step, 'durable'), autoDelete: flag(step, 'autoDelete'), internal: flag(step, 'internal'), arguments: argsOf(recorder, step) })
  },
  deleteExchange: async (recorder, { live }, step) => void (await call(live, 'exchangeDelete', { exchange: recorder.text(step['name']), ifUnused: flag(step, 'ifUnused') })),
  declareQueue: async (recorder, { live }, step) => {
    const name = recorder.text(step['name'])
    const shown = typeof step['as'] === 'string' ? `$${step['as']}` : String(recorder.names.shown(name))
    recorder.queues.add(shown)
    const fields = await call(live, 'queueDeclare', { queue: name, passive: flag(step, 'passive'), durable: flag(step, 'durable'), exclusive: flag(step, 'exclusive'), autoDelete: flag(step, 'autoDelete'), arguments: argsOf(recorder, step) })
    if (typeof step['as'] === 'string') recorder.names.bind(shown, String(fields['queue']))
    if (flag(step, 'passive')) recorder.watched.replies.push({ step: recorder.step, op: step.op, queue: shown, messageCount: fields['messageCount'], consumerCount: fields['consumerCount'] })
  },
  deleteQueue: async (recorder, { live }, step) => {
    const fields = await call(live, 'queueDelete', { queue: recorder.text(step['name']), ifUnused: flag(step, 'ifUnused'), ifEmpty: flag(step, 'ifEmpty') })
    recorder.watched.replies.push({ step: recorder.step, op: step.op, queue: step['name'], messageCount: fields['messageCount'] })
  },
  purge: async (recorder, { live }, step) => {
    const fields = await call(live, 'queuePurge', { queue: recorder.text(step['queue']) })
    recorder.watched.replies.push({ step: recorder.step, op: step.op, queue: step['queue'], messageCount: fields['messageCount'] })
  },
  bindQueue: queueBinding('queueBind'),
  unbindQueue: queueBinding('queueUnbind'),
  bindExchange: exchangeBinding('exchangeBind'),
  unbindExchange: exchangeBinding('exchangeUnbind'),
  qos: async (_, { live }, step) => void (await call(live, 'basicQos', { prefetchSize: 0, prefetchCount: Number(step['count']), global: flag(step, 'global') })),
  consume: async (recorder, session, step) => {
    const name = String(step['consumer'])
    if (step['prefetch'] !== undefined) await call(session.live, 'basicQos', { prefetchSize: 0, prefetchCount: Number(step['prefetch']), global: false })
    const known = recorder.consumers.find(one => one.name === name)
    const consumer = known ?? { name, session, count: 0, tags: [] }
    if (known) known.session = session
    else recorder.consumers.push(consumer)
    const priority = step['priority'] === undefined ? {} : { priority: Number(step['priority']) }
    const heard = (message: Parameters<typeof seenOf>[0] | null): void => {
      if (message) return recorder.delivered(consumer, message)
      recorder.cancelled(name)
    }
    await session.live.consume(recorder.text(step['queue']), heard, { consumerTag: name, noAck: flag(step, 'noAck'), exclusive: flag(step, 'exclusive'), arguments: argsOf(recorder, step), ...priority })
  },
  cancel: async (_, { live }, step) => void (await call(live, 'basicCancel', { consumerTag: String(step['consumer']) })),
  publish: async (recorder, session, step) => {
    if (flag(step, 'confirm') && !session.confirming) {
      await call(session.live, 'confirmSelect', {})
      session.confirming = true
    }
    const bodies = Array.isArray(step['bodies']) ? (step['bodies'] as unknown[]).map(String) : [String(step['body'] ?? '')]
    const properties = recorder.value(step['properties'] ?? {}) as Record<string, unknown> // an object stays one
    const fields = { exchange: recorder.text(step['exchange']), routingKey: recorder.text(step['routingKey']), mandatory: flag(step, 'mandatory'), immediate: flag(step, 'immediate') }
    for (const body of bodies) {
      if (session.confirming) recorder.published(session).bodies.push(body)
      session.live.sendMessage({ ticket: 0, ...fields }, { headers: {}, ...properties }, Buffer.from(body))
    }
  },
  ack: async (recorder, { live }, step) => live.ack({ fields: { deliveryTag: tagOf(recorder, step) } }, flag(step, 'multiple')),
  nack: async (recorder, { live }, step) => live.nack({ fields: { deliveryTag: tagOf(recorder, step) } }, flag(step, 'multiple'), step['requeue'] !== false),
  reject: async (recorder, { live }, step) => live.reject({ fields: { deliveryTag: tagOf(recorder, step) } }, step['requeue'] !== false),
  recover: async (_, { live }, step) => void (await call(live, 'basicRecover', { requeue: step['requeue'] !== false })),
  get: async (recorder, session, step) => {
    const queue = String(step['queue'])
    const message = await session.live.get(recorder.text(queue), { noAck: flag(step, 'noAck') })
    if (message === false) return void recorder.watched.gets.push({ step: recorder.step, queue, empty: true })
    const { body, exchange, routingKey, redelivered, ...rest } = seenOf(message)
    const seen = recorder.names.show({ step: recorder.step, queue, body, exchange, routingKey, redelivered, ...rest, messageCount: message.fields.messageCount })
    recorder.watched.gets.push(seen)
    if (typeof step['as'] === 'string') recorder.gets.set(step['as'], { session, tag: message.fields.deliveryTag, seen })
  },
}

function queueBinding(method: 'queueBind' | 'queueUnbind'): Operation {
  return async (recorder, { live }, step) => void (await call(live, method, { queue: recorder.text(step['queue']), exchange: recorder.text(step['exchange']), routingKey: recorder.text(step['routingKey']), arguments: argsOf(recorder, step) }))
}

function exchangeBinding(method: 'exchangeBind' | 'exchangeUnbind'): Operation {
  return async (recorder, { live }, step) => void (await call(live, method, { source: recorder.text(step['source']), destination: recorder.text(step['destination']), routingKey: recorder.text(step['routingKey']), arguments: argsOf(recorder, step) }))
}

function tagOf(recorder: Recorder, step: Step): number {
  if (typeof step['deliveryTag'] === 'number') return step['deliveryTag']
  const got = recorder.gets.get(String(step['get']))
  return got?.tag ?? recorder.consumers.find(one => one.name === step['consumer'])?.tags[Number(step['delivery']) - 1] ?? 0
}
