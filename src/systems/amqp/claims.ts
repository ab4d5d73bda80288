import type { Claim } from '../../contract/manifest.ts'

const RECORDED = 'recordings of RabbitMQ 3.10.8'
const claim = (id: string, says: string, proof: Claim['proof'] = 'recording'): Claim => ({ id: `amqp.${id}`, says, source: RECORDED, proof })

/** One checkable sentence each; ids are those of the conformance rules. */
export const CLAIMS: readonly Claim[] = [
  claim('route.default', 'The default exchange routes by queue name; every queue is bound to it from declaration to deletion.'),
  claim('route.direct', 'Direct: the binding key must equal the routing key as a whole, case included.'),
  claim('route.fanout', 'Fanout: every bound queue gets a copy; keys are ignored.'),
  claim('route.once', 'A queue receives one copy per publish however many bindings, keys or paths lead to it.'),
  claim('route.drop', 'A message that reaches no queue and is not mandatory is dropped silently.'),
  claim('topic.star', 'Topic: * matches exactly one word.'),
  claim('topic.hash', 'Topic: # matches zero or more words, anywhere in the pattern.'),
  claim('topic.multi-hash', 'Topic: several # and * combine; the empty key has zero words.'),
  claim('topic.empty-words', 'Topic: dots always separate; empty words count as words.'),
  claim('topic.whole-word', 'Topic: * and # act only as whole words.'),
  claim('topic.case', 'Topic: words are compared with case.'),
  claim('headers.all', 'Headers: x-match all (the default) needs every binding argument present with an equal value.'),
  claim('headers.any', 'Headers: x-match any needs one equal argument.'),
  claim('headers.empty', 'Headers: with nothing to compare, all matches every message, any matches none.'),
  claim('headers.types', 'Headers: values are compared with their type.'),
  claim('headers.void', 'Headers: a void binding value matches any value of a header that is present.'),
  claim('e2e.basic', 'Exchange-to-exchange bindings filter like queue bindings.'),
  claim('e2e.cycle', 'An exchange is visited once per publish, so rings end.'),
  claim('e2e.once', 'Several exchange paths to one queue give one copy.'),
  claim('consume.round-robin', 'Ready consumers take turns in order of registration.'),
  claim('consume.no-ack', 'no-ack deliveries are settled when sent: not requeued on loss.'),
  claim('prefetch.consumer', 'Prefetch limits unacked messages per consumer; any settlement opens the window.'),
  claim('prefetch.skip', 'Consumers at their limit are skipped in the rotation.'),
  claim('prefetch.zero', 'Prefetch 0 means unlimited.'),
  claim('ack.basic', 'Ack settles one delivery, in any order.'),
  claim('reject.drop', 'Reject or nack without requeue discards.'),
  claim('requeue.position', 'Classic queue: a requeued message returns to its original position.'),
  claim('redelivered', 'redelivered is true once a message was handed out before, to anyone.'),
  claim('conn.requeue', 'Losing a connection requeues the unacked messages of all its channels at their old places.'),
  claim('queue.exclusive', 'An exclusive queue is usable only by its connection and is deleted with it, durable or not.'),
  claim('queue.auto-delete', 'An auto-delete queue is deleted, messages and all, when its last consumer goes; never before it had one.'),
  claim('restart.durable', 'After a restart durable queues and exchanges exist, bindings if both ends are durable; all else is gone.'),
  claim('restart.persistent', 'In durable classic queues only delivery-mode 2 messages survive, in order.'),
  claim('restart.unacked', 'Unacked persistent messages are back with redelivered set; acked ones are gone.'),
  claim('cluster', 'Clusters, federation and shovels are not modelled.', 'not-modelled'),
]
