/** A user's mistake: what is wrong, where, and the way out. Ours are thrown Errors; simulated failures are events. */
export interface Problem {
  /** Stable code, for example `amqp.queue.limit`. */
  readonly code: string
  /** 'error': refused. 'warning': accepted, but something is not as written (kept, ignored, not simulated). */
  readonly severity: 'error' | 'warning'
  /** One sentence for people, the way out included. */
  readonly says: string
  /** Id of the node or channel, when the problem is in one. */
  readonly part?: string
  readonly field?: string
  /** Place in a file: a JSON path or "line 3, column 7". */
  readonly place?: string
}

export type Outcome<T> = { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] } | { readonly ok: false; readonly problems: readonly Problem[] }
