import type { FieldSpec } from '../contract/fields.ts'
import type { Config, ConfigValue } from '../topology/document.ts'

/** One of several parts that are changed together. */
export interface Configured {
  readonly fields: readonly FieldSpec[]
  readonly config: Config
}

/** What several parts can be told together: fields that mean the same for all of them, the values they share, and in which they differ. */
export interface CommonFields {
  readonly fields: readonly FieldSpec[]
  readonly config: Config
  readonly mixed: ReadonlySet<string>
}

/** Fields of the same name, type and limits in every part, in the order of the first. */
export function commonFields(parts: readonly Configured[]): CommonFields {
  const [first, ...others] = parts
  if (!first) return { fields: [], config: {}, mixed: new Set() }
  const fields = first.fields.filter(field => others.every(part => part.fields.some(one => meansTheSame(field, one))))
  const config: Record<string, ConfigValue> = {}
  const mixed = new Set<string>()
  for (const field of fields) {
    const valueOf = (part: Configured): ConfigValue => part.config[field.id] ?? part.fields.find(one => one.id === field.id)!.default
    const value = valueOf(first)
    config[field.id] = value
    const said = JSON.stringify(value)
    if (others.some(part => JSON.stringify(valueOf(part)) !== said)) mixed.add(field.id)
  }
  return { fields, config, mixed }
}

function meansTheSame(a: FieldSpec, b: FieldSpec): boolean {
  if (a === b) return true
  if (a.id !== b.id || a.type !== b.type || a.label !== b.label) return false
  const limits = ({ default: _default, help: _help, group: _group, when: _when, ...rest }: FieldSpec): string => JSON.stringify(rest)
  return limits(a) === limits(b)
}
