import type { Handle } from '../../contract/message.ts'
import type { Asked, Ground } from '../../contract/why.ts'
import { topicWords } from '../../messaging/topic-match.ts'
import type { Broker } from './broker.ts'
import { moreKeys } from './envelope.ts'
import { Exchange, type Binding } from './exchange.ts'

/** More bindings than this are counted, not listed; those that match are listed first then. */
const LISTED = 10

export interface Trial {
  readonly exchange: Exchange
  readonly binding: Binding
  readonly fits: boolean
}

export interface Trials {
  readonly all: readonly Trial[]
  /** Exchanges that matched nothing and handed on to their alternate. */
  readonly alternates: readonly { readonly from: Exchange; readonly to: Exchange }[]
}

/** The exchange a message came through, if it is there now; never one that asking for it would make. */
export function exchangeOf(broker: Broker, virtualHost: string, name: string): Exchange | undefined {
  return broker.objects.exchanges.get(broker.objects.key(virtualHost, name))
}

/** Every binding that the message would be tried against now, exchange by exchange, as the broker does it. */
export function triedBy(exchange: Exchange, message: Handle): Trials {
  const { messages } = exchange.node
  const headers = messages.headers(message)
  const keys = [messages.key(message), ...(moreKeys(messages, message) ?? [])]
  const words = keys.map(topicWords)
  const all: Trial[] = []
  const alternates: { from: Exchange; to: Exchange }[] = []
  const visited = new Set([exchange])
  // A set takes in what is added while it is walked through.
  for (const here of visited) {
    const matching = new Set(here.matching(keys, words, headers))
    const trials = here.bindings.map((binding): Trial => ({ exchange: here, binding, fits: matching.has(binding) }))
    all.push(...trials)
    for (const { binding, fits } of trials) if (fits && binding.to instanceof Exchange) visited.add(binding.to)
    const alternate = trials.some(one => one.fits) ? undefined : here.alternate()
    if (!alternate) continue
    alternates.push({ from: here, to: alternate })
    visited.add(alternate)
  }
  return { all, alternates }
}

/** The bindings tried, one line each. */
export function trialGrounds(trials: Trials): readonly Ground[] {
  const several = new Set(trials.all.map(trial => trial.exchange)).size > 1
  const ground = ({ exchange, binding, fits }: Trial): Ground => ({ says: `${several ? `${exchange.name}: ` : ''}${bindingText(exchange, binding)}`, fits })
  const alternates = trials.alternates.map(({ from, to }): Ground => ({ says: `${from.name} matched nothing, so its alternate exchange ${to.name} was tried` }))
  if (trials.all.length <= LISTED) return [...trials.all.map(ground), ...alternates]
  const listed = [...trials.all.filter(trial => trial.fits), ...trials.all.filter(trial => !trial.fits)].slice(0, LISTED)
  const rest = trials.all.length - listed.length
  const matching = trials.all.filter(trial => trial.fits).length - listed.filter(trial => trial.fits).length
  return [...listed.map(ground), { says: `and ${rest} more bindings, ${matching === 0 ? 'none of which matches' : `${matching} of which match`}` }, ...alternates]
}

/** Says so when what is tried now may not be what was tried then. */
export function changedSince(trials: Trials, exchange: Exchange, routedNs: number): readonly Ground[] {
  const changed = Math.max(exchange.changedNs, ...trials.all.map(trial => trial.exchange.changedNs))
  return changed > routedNs ? [{ says: 'These are the bindings of now: they have changed since it was routed', sinceNs: changed }] : []
}

/** When the message was routed, as far as is known. */
export function routedNs(asked: Asked): number {
  const { node, message, last } = asked
  return last('routed')?.atNs ?? node.messages.sinceNs(message)
}

/** What an exchange looks at. */
export function triedWith(exchange: Exchange, message: Handle): string {
  const { messages } = exchange.node
  if (exchange.flags.type === 'headers') return 'its headers'
  const more = moreKeys(messages, message)
  const keys = [messages.key(message), ...(more ?? [])].map(key => `“${key}”`)
  return keys.length === 1 ? `its routing key ${keys[0]}` : `any of its routing keys ${keys.join(', ')}`
}

function bindingText(exchange: Exchange, { key, to, arguments: args }: Binding): string {
  const target = to instanceof Exchange ? `the exchange ${to.name}` : to.name
  switch (exchange.flags.type) {
    case 'fanout':
      return `everything → ${target}`
    case 'headers':
      return `${Object.entries(args).map(([name, value]) => `${name}: ${value === null ? 'present' : JSON.stringify(value)}`).join(', ') || 'no arguments'} → ${target}`
    default:
      return `${key === '' ? '(empty key)' : key} → ${target}`
  }
}
