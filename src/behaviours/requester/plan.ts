import type { MessageType } from '../../contract/message.ts'
import type { BehaviourContext } from '../../contract/model.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import { gapLaw } from '../../messaging/arrival.ts'
import type { Config } from '../../topology/document.ts'

const NS_A_MS = 1e6
/** A day: nobody backs off further. */
const BACK_OFF_NS_MAX = 8.64e13

/** What the settings of a requester say, ready to be used. */
export interface Plan {
  /** Somebody asks, waits, thinks and asks again; otherwise requests come by themselves. */
  readonly closed: boolean
  readonly think: Draw
  readonly gap: Draw | null
  readonly concurrency: number
  readonly timeoutNs: number
  /** How often a request without a reply is asked again, at most. */
  readonly retries: number
  /** How long it waits before it asks again, after so many times. */
  backOffNs(asked: number): number
  readonly limit: number
  readonly replyTo: string
  readonly key: string
  readonly body: string
  readonly type: MessageType
  readonly persistent: boolean
}

export const ARRIVAL_FIELDS = ['arrival', 'rate', 'gap', 'limit'] as const

export function planOf(context: BehaviourContext, config: Config): Plan {
  const law = (field: string): Law => config[field] as unknown as Law // a law field: parsed
  const arrival = String(config['arrival'])
  const closed = arrival === 'think'
  const rate = Number(config['rate'])
  const optional = (field: string): number => (typeof config[field] === 'number' ? config[field] : Infinity)
  return {
    closed,
    think: context.draw('think', law('thinkTime')),
    gap: arrival === 'law' ? context.draw('arrival', law('gap')) : closed || rate === 0 ? null : context.draw('arrival', gapLaw(arrival, 1000 / rate)),
    concurrency: closed && optional('concurrency') === Infinity ? 1 : optional('concurrency'),
    timeoutNs: Math.round(optional('timeout') * NS_A_MS),
    retries: Number(config['retries']),
    backOffNs: asked => backOffNs(Number(config['retryAfter']) * NS_A_MS, Number(config['backOff']), asked),
    limit: optional('limit'),
    replyTo: String(config['replyTo']),
    key: String(config['key']),
    body: String(config['body']),
    type: config['messageType'] as MessageType, // a choice field: parsed
    persistent: config['persistent'] === true,
  }
}

/** Multiplied out: a power may differ between engines. */
function backOffNs(firstNs: number, factor: number, asked: number): number {
  let ns = firstNs
  for (let n = 1; n < asked && ns < BACK_OFF_NS_MAX; n += 1) ns *= factor
  return Math.min(BACK_OFF_NS_MAX, Math.round(ns))
}
