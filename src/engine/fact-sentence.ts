import type { FactVerb } from '../contract/fact.ts'
import type { Fact } from './trace.ts'

/** What a fact says, with the names of its node and its message. */
const SENTENCES: Readonly<Record<FactVerb, (node: string, message: string, detail: number) => string>> = {
  published: (node, message) => `${node} published ${message}`,
  routed: (node, message, detail) => `${node} routed ${message}: ${detail === 1 ? 'one copy goes' : `${detail} copies go`} on`,
  enqueued: (node, message) => `${message} joined ${node}`,
  'handed-out': (node, message) => `${node} handed out ${message}`,
  delivered: (node, message) => `${message} was delivered to ${node}`,
  settled: (node, message) => `${message} was acknowledged, and ${node} let it go`,
  requeued: (node, message) => `${message} was put back into ${node}`,
  rejected: (node, message) => `${message} was rejected, ${node} hears`,
  discarded: (node, message) => `${message} died at ${node}`,
  started: (node, message) => `${node} began to work on ${message}`,
  finished: (node, message) => `${node} finished its work on ${message}`,
  failed: (node, message) => `${node} failed on ${message}`,
  crashed: node => `${node} crashed`,
  restarted: node => `${node} came back`,
  cut: node => `A connection of ${node} was cut`,
  healed: node => `A connection of ${node} was healed`,
  opened: node => `${node} opened a connection`,
  closed: node => `A connection of ${node} was closed`,
  declared: node => `${node} was declared`,
  deleted: node => `${node} was deleted`,
  stored: (node, message) => `${node} stored ${message}`,
  broadcast: (node, message, detail) => `${node} passed ${message} on to everybody connected: ${detail}`,
  'dead-lettered': (node, message) => `${message} became a dead letter at ${node}`,
  edited: node => `${node} was edited`,
  sent: (node, message) => `${node} sent ${message}`,
}

export function factSentence({ verb, detail, reason }: Pick<Fact, 'verb' | 'detail' | 'reason'>, node: string, message: string | null): string {
  const says = SENTENCES[verb](node, message ?? 'a message', detail)
  return reason === null ? says : `${says}: ${reason}`
}
