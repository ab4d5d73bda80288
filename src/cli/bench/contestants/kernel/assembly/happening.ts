import * as C from '../../../../../machine/assembly/memory'
import { addTo, cell, get, set, setCell, setF } from '../../../../../machine/assembly/memory'
import * as E from '../../../../../machine/assembly/events'
import { reserve } from '../../../../../machine/assembly/imports'

/** What the kernel's workloads share: taking and scheduling events, and a table of messages as ../../kernel-run.ts has it. */

const RECORD: i32 = 5
export const BORN: i32 = 0
export const SINCE: i32 = 1
export const NUMBER: i32 = 2
export const NEXT: i32 = 6
export const FLAGS: i32 = 7
export const KEY: i32 = 8
const RECORDS_A_BLOCK: i32 = 512

let free: i32 = 0
let events: i32 = 0

export function fired(): i32 {
  return events
}

/** Takes the next event; its record can be read until something is scheduled. */
@inline
export function next(): i32 {
  const event = E.earliest()
  setCell(C.NOW, E.earliestTime())
  E.takeEarliest(event)
  events += 1
  return event
}

@inline
export function schedule(after: f64, source: i32, signal: i32, datum: f64): void {
  addTo(C.EVENT_COUNTER_CELL, 1)
  E.addEvent(0, cell(C.NOW) + after, cell(C.EVENT_COUNTER_CELL), source, 1, signal, datum)
}

/** A message that is born now. */
@inline
export function create(): i32 {
  if (free == 0) more()
  const message = free
  free = get(message, NEXT)
  setF(message, BORN, cell(C.NOW))
  return message
}

@inline
export function release(message: i32): void {
  set(message, NEXT, free)
  free = message
}

function more(): void {
  const block = reserve(RECORDS_A_BLOCK * RECORD)
  for (let n = RECORDS_A_BLOCK - 1; n >= 0; n -= 1) release(block + n * RECORD)
}
