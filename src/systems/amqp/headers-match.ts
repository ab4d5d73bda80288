import type { Headers } from '../../contract/message.ts'
import type { Config } from '../../topology/document.ts'

/**
 * A headers binding against a message (claims amqp.headers.*): `x-match` all (the default) or any ignore arguments whose name begins
 * with x-; all-with-x and any-with-x compare those too, but never x-match itself. Values are compared with their type; null means "present".
 */
export function headersMatch(binding: Config, headers: Headers | null): boolean {
  const mode = binding['x-match'] ?? 'all'
  const withX = mode === 'all-with-x' || mode === 'any-with-x'
  const any = mode === 'any' || mode === 'any-with-x'
  for (const [name, expected] of Object.entries(binding)) {
    if (name === 'x-match' || (!withX && name.startsWith('x-'))) continue
    const there = headers !== null && Object.hasOwn(headers, name)
    const equal = there && (expected === null || headers[name] === expected)
    if (equal === any) return any
  }
  return !any
}
