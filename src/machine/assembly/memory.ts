/** The linear memory, as the machine's code reaches it: doubles by cell, integers by index. */

@inline
export function cell(address: i32): f64 {
  return load<f64>(<usize>address << 3)
}
@inline
export function setCell(address: i32, value: f64): void {
  store<f64>(<usize>address << 3, value)
}
@inline
export function addTo(address: i32, value: f64): void {
  const at = <usize>address << 3
  store<f64>(at, load<f64>(at) + value)
}
@inline
export function int(index: i32): i32 {
  return load<i32>(<usize>index << 2)
}
@inline
export function setInt(index: i32, value: i32): void {
  store<i32>(<usize>index << 2, value)
}
/** The nth integer from an index on. */
@inline
export function word(index: i32, n: i32): i32 {
  return load<i32>((<usize>index << 2) + (<usize>n << 2))
}
@inline
export function setWord(index: i32, n: i32, value: i32): void {
  store<i32>((<usize>index << 2) + (<usize>n << 2), value)
}
/** A field of a record. */
@inline
export function get(record: i32, field: i32): i32 {
  return load<i32>((<usize>record << 3) + (<usize>field << 2))
}
@inline
export function set(record: i32, field: i32, value: i32): void {
  store<i32>((<usize>record << 3) + (<usize>field << 2), value)
}
@inline
export function getF(record: i32, field: i32): f64 {
  return load<f64>((<usize>record << 3) + (<usize>field << 3))
}
@inline
export function setF(record: i32, field: i32, value: f64): void {
  store<f64>((<usize>record << 3) + (<usize>field << 3), value)
}

/** Adds to a field. */
@inline
export function addF(record: i32, field: i32, by: f64): void {
  const at = (<usize>record << 3) + (<usize>field << 3)
  store<f64>(at, load<f64>(at) + by)
}

/** Copies a cell as it is. */
@inline
export function copyCell(to: i32, from: i32): void {
  store<i64>(<usize>to << 3, load<i64>(<usize>from << 3))
}

/** Cells and integers with a fixed place: kernel/memory.ts and kernel/event-cells.ts. */
export const SCRATCH: i32 = 0
export const NOW: i32 = 1
export const EVENT_TIME: i32 = 2
export const EVENT_COUNTER_CELL: i32 = 3
export const DIGEST: i32 = 4
export const NUMBERED: i32 = 7
export const HORIZON: i32 = 8
export const FREE_EVENT: i32 = 18
export const CANCELLED: i32 = 20
export const RANKS: i32 = 22
export const NEAR: i32 = 24
export const NEAR_END: i32 = 25
export const NEAR_CROWDED: i32 = 26
export const NEAR_ROOM: i32 = 27
export const TOP: i32 = 28
export const RUNGS: i32 = 29
export const RUNG: i32 = 30
export const FREE_BLOCK: i32 = 31
export const INSTANTS: i32 = 32
export const INSTANTS_COUNT: i32 = 33
export const INSTANTS_ROOM: i32 = 34
export const INSTANTS_SEQUENCE: i32 = 18
export const FREE_MESSAGE: i32 = 38
export const LIVE_MESSAGES: i32 = 39
export const ZIGGURAT: i32 = 24
export const ZIGGURAT_HEIGHTS: i32 = 281
