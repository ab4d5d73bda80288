import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FACT } from '../contract/fact.ts'
import { HOP_CHANNEL, HOP_LOOK, HOP_MESSAGE, HOP_WAY } from '../contract/hops.ts'
import { DISCARD_REASONS, ON_WIRE, PROCESSED, UNACKNOWLEDGED, WAITING } from '../contract/ledger.ts'
import { FLAG_DEAD, FLAG_PERSISTENT, FLAG_REDELIVERED, FLAG_REPLY } from '../contract/message.ts'
import { CONTENT_FLAGS, CONTENT_KEY, CONTENT_LOOK, CONTENT_OBJECT, CONTENT_ORIGIN } from '../engine/contents.ts'
import { MESSAGE_BORN, MESSAGE_CONTENT, MESSAGE_SERIAL, MESSAGE_SINCE } from '../engine/message-table.ts'
import { PACKET_A, PACKET_ARRIVE, PACKET_B, PACKET_COUNTER, PACKET_MESSAGE, PACKET_OP } from '../engine/packet-ring.ts'
import { FACT_BYTE, FACT_CONTENT, FACT_RECORD } from '../engine/trace.ts'
import * as Cells from '../kernel/event-cells.ts'
import * as Records from '../kernel/event-records.ts'
import { BUCKETS_MAX, RUNG_CELLS } from '../kernel/far-events.ts'
import * as Memory from '../kernel/memory.ts'
import { LEDGER_CAME_IN, LEDGER_COPIED, LEDGER_HASH, LEDGER_NODE, LEDGER_PUBLISHED, LEDGER_REDELIVERED, LEDGER_WENT_OUT } from '../stats/ledger.ts'
import { PROBE_AREA, PROBE_HIGHEST, PROBE_SINCE } from '../stats/probe-bank.ts'
import * as Control from '../systems/amqp/control.ts'
import * as L from './layout.ts'

/** The machine's code is compiled by itself: its copies of numbers are those that TypeScript goes by. */
const numbersOf = (file: string): Record<string, number> => {
  const text = readFileSync(join(import.meta.dirname, 'assembly', `${file}.ts`), 'utf8')
  return Object.fromEntries([...text.matchAll(/^(?:export )?const (\w+): (?:i32|f64) = (-?[\d.]+)$/gm)].map(match => [match[1]!, Number(match[2])]))
}

test('cells with a fixed place', () => {
  expect(numbersOf('memory')).toEqual({
    SCRATCH: Memory.CELL_SCRATCH, NOW: Memory.CELL_NOW, EVENT_TIME: Memory.CELL_EVENT_TIME, EVENT_COUNTER_CELL: Memory.CELL_EVENT_COUNTER, DIGEST: Memory.CELL_DIGEST, NUMBERED: Memory.CELL_NUMBERED, HORIZON: Cells.CELL_HORIZON,
    FREE_EVENT: Cells.INT_FREE_EVENT, CANCELLED: Cells.INT_CANCELLED, RANKS: Cells.INT_RANKS, NEAR: Cells.INT_NEAR, NEAR_END: Cells.INT_NEAR_END, NEAR_CROWDED: Cells.INT_NEAR_CROWDED, NEAR_ROOM: Cells.INT_NEAR_ROOM,
    TOP: Cells.INT_TOP, RUNGS: Cells.INT_RUNGS, RUNG: Cells.INT_RUNG, FREE_BLOCK: Cells.INT_FREE_BLOCK, INSTANTS: Cells.INT_INSTANTS, INSTANTS_COUNT: Cells.INT_INSTANTS_COUNT, INSTANTS_ROOM: Cells.INT_INSTANTS_ROOM, INSTANTS_SEQUENCE: Cells.CELL_INSTANTS_SEQUENCE,
    FREE_MESSAGE: Memory.INT_FREE_MESSAGE, LIVE_MESSAGES: Memory.INT_LIVE_MESSAGES, ZIGGURAT: Memory.CELL_ZIGGURAT, ZIGGURAT_HEIGHTS: Memory.CELL_ZIGGURAT_HEIGHTS,
  })
})

test('records of events, messages, contents, packets, ledgers and facts', () => {
  expect(numbersOf('records')).toEqual({ COUNTER: Records.EVENT_COUNTER, DATUM: Records.EVENT_DATUM, SOURCE: Records.EVENT_SOURCE, COUNTED_TARGET: Records.EVENT_TARGET, SIGNAL: Records.EVENT_SIGNAL, EVENT: 2, PART: 3 })
  expect(numbersOf('far')).toMatchObject({ RUNG_CELLS, BUCKETS_MAX })
  expect(numbersOf('messages')).toMatchObject({ BORN: MESSAGE_BORN, SINCE: MESSAGE_SINCE, SERIAL: MESSAGE_SERIAL, CONTENT: MESSAGE_CONTENT, CONTENT_KEY, CONTENT_LOOK, CONTENT_FLAGS, ON_WIRE, WAITING, UNACKNOWLEDGED, PROCESSED, FLAG_REDELIVERED, FLAG_PERSISTENT, FLAG_REPLY, FLAG_DEAD, PUBLISHED: LEDGER_PUBLISHED, COPIED: LEDGER_COPIED, CAME_IN: LEDGER_CAME_IN, WENT_OUT: LEDGER_WENT_OUT })
  expect(numbersOf('lanes')).toMatchObject({ ARRIVE: PACKET_ARRIVE, COUNTER: PACKET_COUNTER, A: PACKET_A, OP: PACKET_OP, MESSAGE: PACKET_MESSAGE, B: PACKET_B })
  expect(numbersOf('figures')).toMatchObject({ FACT_RECORD, FACT_BYTE, LEDGER_NODE, LEDGER_HASH, MESSAGE_SERIAL, MESSAGE_CONTENT, CONTENT_ORIGIN, CONTENT_OBJECT, PROBE_AREA, PROBE_SINCE, PROBE_HIGHEST })
  expect(L.PACKET_MESSAGE).toBe(PACKET_MESSAGE)
  expect([L.SAYS_NODE, L.SAYS_HASH]).toEqual([LEDGER_NODE, LEDGER_HASH])
  expect(FACT_CONTENT).toBe(7)
  expect([HOP_CHANNEL, HOP_LOOK, HOP_MESSAGE, HOP_WAY]).toEqual([4, 5, 6, 7])
})

test('facts, opcodes and reasons', () => {
  expect(numbersOf('queues')).toEqual({ ROUTED: FACT.routed, ENQUEUED: FACT.enqueued, HANDED_OUT: FACT['handed-out'], SETTLED: FACT.settled, REQUEUED: FACT.requeued, REJECTED: FACT.rejected, REDELIVERED: LEDGER_REDELIVERED })
  expect(numbersOf('applications')).toMatchObject({ PUBLISHED: FACT.published, DELIVERED: FACT.delivered, STARTED: FACT.started, FINISHED: FACT.finished, FAILED: FACT.failed })
  expect([L.PACKET_PUBLISH, L.PACKET_ACK, L.PACKET_NACK, L.PACKET_DELIVER, L.PACKET_ROUTE]).toEqual([Control.OP_PUBLISH, Control.OP_ACK, Control.OP_NACK, Control.OP_DELIVER, Control.OP_ROUTE])
  expect([L.BIT_REQUEUE, L.BIT_MANDATORY]).toEqual([Control.NACK_REQUEUE, Control.PUBLISH_MANDATORY])
  expect([L.REASON_UNROUTABLE, L.REASON_QUEUE_FULL, L.REASON_REJECTED].map(reason => DISCARD_REASONS[reason])).toEqual(['unroutable', 'queue full', 'rejected'])
})
