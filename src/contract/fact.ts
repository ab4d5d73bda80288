/** Verbs of facts. Append only; the number is folded into the digest. */
export const FACT = {
  published: 0, routed: 1, enqueued: 2, 'handed-out': 3, delivered: 4, settled: 5, requeued: 6, rejected: 7, discarded: 8, started: 9, finished: 10,
  failed: 11, crashed: 12, restarted: 13, cut: 14, healed: 15, opened: 16, closed: 17, declared: 18, deleted: 19, stored: 20, broadcast: 21, 'dead-lettered': 22, edited: 23, sent: 24,
} as const
export type FactVerb = keyof typeof FACT
/** By number. */
export const FACT_VERBS = Object.keys(FACT) as readonly FactVerb[]
