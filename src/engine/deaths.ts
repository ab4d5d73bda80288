import type { DiscardReason } from '../contract/ledger.ts'

/** Why a copy died at a node, where nobody there has more to say. */
export const DEATHS: Readonly<Record<DiscardReason, (node: string) => string>> = {
  unroutable: node => `${node} found nowhere to send it.`,
  'no subscriber': node => `Nobody was connected to ${node} to take it.`,
  'queue full': node => `${node} was full.`,
  expired: node => `Its time to live was over when it stood at the head of ${node}.`,
  rejected: node => `It was rejected at ${node}, and not to be given back.`,
  trimmed: node => `${node} keeps no more than its limits allow: the oldest entries go.`,
  purged: node => `${node} was purged: everything that waited in it went.`,
  'queue deleted': node => `${node} was deleted, with everything in it.`,
  'connection lost': node => `The connection was lost, and ${node} kept no copy to send again.`,
  'broker crashed': node => `${node} crashed and had it in memory only.`,
  filtered: node => `A filter at ${node} let it not through.`,
  'application crashed': node => `${node} crashed and had it in memory only.`,
  'node removed': node => `${node}, or the channel it was on, was removed from the topology.`,
  refused: node => `${node} refused it.`,
  'delivery limit': node => `It was given back to ${node} more often than the delivery limit allows.`,
  'dead-letter cycle': node => `A dead letter would have come back from ${node} to a queue that it had died in, with no rejection on the way.`,
  'lost on the wire': node => `It had left ${node} when the network lost it, and nobody sends it again.`,
  replaced: node => `${node} keeps the newest only, and a newer one took its place.`,
}
