import type { Headers } from '../../../contract/message.ts'
import type { Config } from '../../../topology/document.ts'
import type { AnyQueue } from '../queue.ts'
import { StreamQueue } from '../stream-queue.ts'
import type { Seen } from './recording.ts'

const PROPERTIES = ['contentType', 'contentEncoding', 'deliveryMode', 'priority', 'correlationId', 'replyTo', 'expiration', 'messageId', 'timestamp', 'type', 'userId', 'appId']

export function stateOf(queue: AnyQueue | undefined): Seen {
  if (!queue) return { exists: false }
  return queue instanceof StreamQueue ? { exists: true, consumers: queue.consumerCount } : { exists: true, messagesReady: queue.ready.count, consumers: queue.consumerCount }
}

/** What was present; headers without the time of deaths. */
export function propertiesOf(headers: Headers | null, properties: Readonly<Record<string, unknown>> | null): { properties?: Record<string, unknown> } {
  const shown: Record<string, unknown> = {}
  for (const name of PROPERTIES) if (properties?.[name] !== undefined) shown[name] = properties[name]
  if (headers !== null && Object.keys(headers).length > 0) shown['headers'] = timeless(headers)
  return Object.keys(shown).length === 0 ? {} : { properties: shown }
}

/** x-death without the times. */
function timeless(headers: Headers): Headers {
  const deaths = headers['x-death']
  if (!Array.isArray(deaths)) return headers
  return { ...headers, 'x-death': (deaths as readonly Config[]).map(death => Object.fromEntries(Object.entries(death).filter(([name]) => name !== 'time'))) }
}
