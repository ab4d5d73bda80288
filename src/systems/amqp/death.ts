import type { DiscardReason } from '../../contract/ledger.ts'
import type { Amendment, Handle, Messages } from '../../contract/message.ts'
import type { Config, ConfigValue } from '../../topology/document.ts'
import { BCC_KEYS, FLAG_DIRECT, listOf } from './envelope.ts'

/** Why a message dies, as x-death has it. */
export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit'

/** How the ledger calls the end of a message that dies where no dead letters are kept. */
export const DISCARDED_AS: Readonly<Record<DeathReason, DiscardReason>> = { rejected: 'rejected', expired: 'expired', maxlen: 'queue full', delivery_limit: 'delivery limit' }

const NS_A_SECOND = 1e9

/** What a dead letter says differently from the message that died (claims amqp.dlx.*). */
export function deathOf(messages: Messages, message: Handle, death: { readonly queue: string; readonly reason: DeathReason; readonly routingKey: string | null; readonly nowNs: number }): Amendment {
  const headers = messages.headers(message) ?? {}
  const properties = messages.properties(message)
  const key = (messages.flags(message) & FLAG_DIRECT) !== 0 ? death.queue : messages.key(message)
  const exchange = messages.text(messages.via(message))
  const expiration = properties?.['expiration']
  const entry: Config = {
    count: 1,
    exchange,
    queue: death.queue,
    reason: death.reason,
    'routing-keys': [key, ...(listOf(headers['CC']) ?? [])],
    time: Math.floor(death.nowNs / NS_A_SECOND),
    // Claim amqp.dlx.expired: the expiration would bite again in the next queue.
    ...(typeof expiration === 'string' ? { 'original-expiration': expiration } : {}),
  }
  const before = headers['x-death']
  const first = Array.isArray(before) ? {} : { 'x-first-death-exchange': exchange, 'x-first-death-queue': death.queue, 'x-first-death-reason': death.reason }
  const rekeyed = death.routingKey !== null
  return {
    key: death.routingKey ?? key,
    // Claim amqp.dlx.cc: a key of its own ends the routing by others.
    headers: { ...first, 'x-death': history(entry, Array.isArray(before) ? (before as readonly ConfigValue[]) : []), ...(rekeyed ? { CC: undefined } : {}) },
    properties: { ...(expiration === undefined ? {} : { expiration: undefined }), ...(rekeyed ? { [BCC_KEYS]: undefined } : {}) },
  }
}

/**
 * The newest death stands first; the others are turned round at every death, and those of the same queue and reason become one (claims
 * amqp.dlx.x-death-order and amqp.dlx.count): RabbitMQ 3.10 folds the list from the left each time.
 */
function history(entry: Config, before: readonly ConfigValue[]): readonly Config[] {
  const entries = before.filter(isEntry)
  const others: Config[] = []
  for (const one of entries) if (!others.some(other => isSame(other, one))) others.unshift(one)
  const known = others.findIndex(other => isSame(other, entry))
  if (known < 0) return [entry, ...others]
  const [again] = others.splice(known, 1)
  return [{ ...again, count: Number(again!['count'] ?? 1) + 1 }, ...others]
}

/** A dead letter that comes back to a queue it died in, with no rejection on the way, would go round for ever (claims amqp.dlx.cycle, amqp.dlx.cycle-rejected). */
export function isCycle(deaths: ConfigValue | undefined, queue: string): boolean {
  if (!Array.isArray(deaths)) return false
  const entries = (deaths as readonly ConfigValue[]).filter(isEntry)
  const last = entries.findIndex(entry => entry['queue'] === queue)
  return last >= 0 && entries.slice(0, last + 1).every(entry => entry['reason'] !== 'rejected')
}

function isSame(one: Config, other: Config): boolean {
  return one['queue'] === other['queue'] && one['reason'] === other['reason']
}

function isEntry(value: ConfigValue): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
