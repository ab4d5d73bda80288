import type { Config, ConfigValue } from '../../topology/document.ts'

/** What a policy says: names as the broker's policies have them, without x-. */
export type Definition = Config

interface Policy {
  readonly pattern: RegExp
  readonly priority: number
  readonly applyTo: string
  readonly virtualHost: string
  readonly definition: Definition
}

/** Of these the smaller wins where an operator policy, a policy or an argument disagree. */
const SMALLER_WINS = ['message-ttl', 'expires', 'max-length', 'max-length-bytes', 'delivery-limit', 'max-in-memory-length', 'max-in-memory-bytes']

/** The policies and operator policies of a broker (claims amqp.policy.*). */
export class Policies {
  readonly #policies: readonly Policy[]
  readonly #operator: readonly Policy[]

  constructor(config: Config) {
    this.#policies = policiesOf(config['policies'], () => true, row => row)
    this.#operator = policiesOf(config['parameters'], row => row['component'] === 'operator_policy', row => ({ ...asConfig(row['value']), vhost: row['vhost'] ?? '/' }))
  }

  /** What holds for an object: of the policies that match, the one of highest priority alone, with the operator's laid over it. */
  of(object: { readonly what: 'queues' | 'exchanges'; readonly name: string; readonly virtualHost: string }): Definition {
    const own = best(this.#policies, object)?.definition ?? {}
    const operator = best(this.#operator, object)?.definition
    if (!operator) return own
    const merged: Record<string, ConfigValue> = { ...own, ...operator }
    for (const name of SMALLER_WINS) merged[name] = smaller(own[name], operator[name]) ?? null
    return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
  }
}

/** The smaller of two limits; a missing one is none. */
export function smaller(one: ConfigValue | undefined, other: ConfigValue | undefined): number | undefined {
  if (typeof one !== 'number') return typeof other === 'number' ? other : undefined
  return typeof other === 'number' ? Math.min(one, other) : one
}

function best(policies: readonly Policy[], object: { readonly what: string; readonly name: string; readonly virtualHost: string }): Policy | undefined {
  let found: Policy | undefined
  for (const policy of policies) {
    const fits = policy.virtualHost === object.virtualHost && (policy.applyTo === 'all' || policy.applyTo === object.what) && policy.pattern.test(object.name)
    if (fits && (!found || policy.priority > found.priority)) found = policy
  }
  return found
}

function policiesOf(rows: ConfigValue | undefined, which: (row: Config) => boolean, body: (row: Config) => Config): readonly Policy[] {
  if (!Array.isArray(rows)) return []
  const found: Policy[] = []
  for (const row of rows as readonly ConfigValue[]) {
    if (!isConfig(row) || !which(row)) continue
    const policy = body(row)
    const pattern = patternOf(policy['pattern'])
    if (!pattern) continue
    found.push({ pattern, priority: Number(policy['priority'] ?? 0), applyTo: String(policy['apply-to'] ?? 'all'), virtualHost: String(policy['vhost'] ?? '/'), definition: definitionOf(policy['definition']) })
  }
  return found
}

/** Definitions come as an object, or as a list of pairs in exports of parameters. */
function definitionOf(value: ConfigValue | undefined): Definition {
  if (isConfig(value)) return value
  if (!Array.isArray(value)) return {}
  const pairs = (value as readonly ConfigValue[]).filter(pair => Array.isArray(pair) && typeof pair[0] === 'string' && pair.length === 2)
  return Object.fromEntries(pairs as unknown as readonly (readonly [string, ConfigValue])[]) // pairs of a name and a value: just checked
}

/** A pattern that can't be read matches nothing. */
function patternOf(text: ConfigValue | undefined): RegExp | null {
  try {
    return new RegExp(String(text))
  } catch {
    return null
  }
}

function asConfig(value: ConfigValue | undefined): Config {
  return isConfig(value) ? value : {}
}

function isConfig(value: ConfigValue | undefined): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
