import type { Bay } from '../../contract/parking.ts'
import * as L from '../../machine/layout.ts'
import type { Consumer } from './consumer.ts'
import type { Queue } from './queue.ts'

/** A queue never gets longer than this. */
const LENGTH_MOST = 2 ** 30

/** Whether the machine knows all that this queue does: first in, first out, no time to live, no limit but one of length that refuses. */
export function isPlain(queue: Queue): boolean {
  const { kind, maxLength, maxBytes, overflow, maxPriority } = queue.settings
  const plain = queue.drawn && queue.figures.isShownOnce && kind === 'classic' && maxPriority < 0 && maxBytes === Infinity && (maxLength === Infinity || overflow === 'reject-publish')
  return plain && queue.settings.ttlNs === Infinity && queue.deadlines === null && queue.letters.count === 0 && queue.fetchedCount === 0 && queue.turns.isPlain
}

export function park(bay: Bay, queue: Queue): void {
  const record = bay.at(queue, L.QUEUE_CELLS)
  const line = queue.turns.inLine()
  let room = L.QUEUE_OWN_CONSUMERS
  while (room < queue.consumers.length) room *= 2
  const ring = room === L.QUEUE_OWN_CONSUMERS ? record + L.QUEUE_OWN_RING : bay.block(queue, 'ring', room)
  const chain = queue.ready.levels[0]!
  const { maxLength, deadLetterExchange } = queue.settings
  const { ledger, index } = bay.node(queue.node)
  const { f, i } = bay.memory
  const at = record * 2
  i[at + L.QUEUE_LEDGER] = ledger
  i[at + L.QUEUE_HEAD] = chain.head
  i[at + L.QUEUE_TAIL] = chain.tail
  i[at + L.QUEUE_COUNT] = chain.count
  i[at + L.QUEUE_UNACKED] = queue.unackedCount
  i[at + L.QUEUE_LIMIT] = maxLength === Infinity ? -1 : Math.min(maxLength, LENGTH_MOST)
  i[at + L.QUEUE_RING] = ring
  i[at + L.QUEUE_RING_MASK] = room - 1
  i[at + L.QUEUE_RING_HEAD] = 0
  i[at + L.QUEUE_RING_COUNT] = line.length
  i[at + L.QUEUE_NUMBER] = queue.number
  i[at + L.QUEUE_DEAD_LETTERS] = deadLetterExchange === null ? 0 : 1
  i[at + L.QUEUE_NODE] = index
  f[record + L.F_QUEUE_POSITION] = queue.lastMark
  queue.figures.park(bay, record)
  line.forEach((consumer, n) => (bay.memory.i[ring * 2 + n] = bay.at(consumer.channel.wire, L.SUBSCRIPTION_CELLS)))
}

export function unpark(bay: Bay, queue: Queue): void {
  const record = bay.at(queue, L.QUEUE_CELLS)
  const { f, i } = bay.memory
  const at = record * 2
  queue.ready.restore({ head: i[at + L.QUEUE_HEAD]!, tail: i[at + L.QUEUE_TAIL]!, count: i[at + L.QUEUE_COUNT]! })
  queue.unackedCount = i[at + L.QUEUE_UNACKED]!
  queue.lastMark = f[record + L.F_QUEUE_POSITION]!
  const ring = i[at + L.QUEUE_RING]! * 2
  const line: Consumer[] = []
  for (let n = 0; n < i[at + L.QUEUE_RING_COUNT]!; n += 1) {
    const subscription = i[ring + ((i[at + L.QUEUE_RING_HEAD]! + n) & i[at + L.QUEUE_RING_MASK]!)]!
    line.push(queue.consumers.find(one => one.channel.wire === bay.part(subscription))!)
  }
  queue.turns.lineUp(line)
  queue.figures.told(queue.ready.count, queue.unackedCount)
}
