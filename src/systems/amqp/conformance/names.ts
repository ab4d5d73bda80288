import { isReplyAddress } from '../reply-addresses.ts'
import type { Seen } from './recording.ts'

const REPLY_ADDRESS = '$direct-reply-to'

/** Names that the broker made and the recording's aliases for them; and what was really seen where an alias is shown. */
export class Names {
  readonly #real = new Map<string, string>()
  readonly #alias = new Map<string, string>()
  /** What was seen, by what is shown of it. */
  readonly #seen = new WeakMap<Seen, Seen>()

  bind(alias: string, real: string): void {
    this.#real.set(alias, real)
    this.#alias.set(real, alias)
  }

  real(name: string): string {
    return this.#real.get(name) ?? name
  }

  /** A value with aliases in the place of generated names, however deep. */
  shown(value: unknown): unknown {
    if (typeof value === 'string') return this.#alias.get(value) ?? (isReplyAddress(value) ? REPLY_ADDRESS : value)
    if (Array.isArray(value)) return value.map(one => this.shown(one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.shown(one)]))
  }

  show(seen: Seen): Seen {
    const shown = this.shown(seen) as Seen // an object stays one
    this.#seen.set(shown, seen)
    return shown
  }

  /** A value of a step: an alias, `{ from }` for a field of something seen earlier, or the value itself. */
  value(value: unknown, seenAt: (from: Readonly<Record<string, unknown>>) => Seen | undefined): unknown {
    if (typeof value === 'string') return this.real(value)
    if (Array.isArray(value)) return value.map(one => this.value(one, seenAt))
    if (typeof value !== 'object' || value === null) return value
    const from = (value as { from?: unknown }).from
    if (typeof from !== 'object' || from === null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.value(one, seenAt)]))
    const shown = seenAt(from as Record<string, unknown>)
    const seen = shown && (this.#seen.get(shown) ?? shown)
    const field = String((from as { field?: unknown }).field)
    return seen?.[field] ?? (seen?.['properties'] as Seen | undefined)?.[field]
  }
}
