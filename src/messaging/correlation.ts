/** What a message belongs to: travels on to whatever follows from it. */
export interface Correlation {
  readonly properties: { readonly correlationId: unknown; readonly replyTo?: unknown }
  readonly headers?: { readonly part: number; readonly parts: number }
}

type Said = Readonly<Record<string, unknown>> | null

/** Correlation id, return address, and which part of how many; null where a message belongs to nothing. */
export function correlationOf(properties: Said, headers: Said): Correlation | null {
  const correlationId = properties?.['correlationId']
  if (correlationId === undefined) return null
  const replyTo = properties?.['replyTo']
  const part = headers?.['part']
  const parts = headers?.['parts']
  return { properties: replyTo === undefined ? { correlationId } : { correlationId, replyTo }, ...(typeof part === 'number' && typeof parts === 'number' ? { headers: { part, parts } } : {}) }
}
