import * as C from './memory'
import { addF, addTo, cell, get, getF, int, set, setCell, setF, setInt, setWord, word } from './memory'
import { histogramCarry, histogramLog, histogramPage, drawOther, wrapFacts } from './imports'
import * as L from '../layout'

/** Statistics, chance and facts: the steps of stats/, kernel/random.ts and engine/trace.ts. */

const TABLE: i32 = 6
/** In bytes, from the histogram's address. */
const NEWEST_BYTE: i32 = 28
const NEWEST_COUNT: i32 = 16
const NEWEST_BYTES: i32 = 32
const LOG: i32 = 15
const LOG_TIMES: i32 = 8
const NONE: i32 = 65535
const FIRST_STEP: i32 = 130944
const ZEROS: i32 = 2
const PROBE_AREA: i32 = 1
const PROBE_SINCE: i32 = 2
const PROBE_HIGHEST: i32 = 3
const FACT_RECORD: i32 = 4
const FACT_BYTE: i32 = 24
const LEDGER_NODE: i32 = 0
const LEDGER_HASH: i32 = 1
const MESSAGE_SERIAL: i32 = 2
const MESSAGE_CONTENT: i32 = 11
const CONTENT_ORIGIN: i32 = 2
const CONTENT_OBJECT: i32 = 5
const CONTENT_ORIGIN_HASH: i32 = 8

let factCursor: i32 = 0
let factEnd: i32 = 0

/** Where facts go: index of the integer that says where the next one does, and the end of the ring. */
export function factsAt(cursor: i32, end: i32): void {
  factCursor = cursor
  factEnd = end
}

@inline
export function count(probe: i32): void {
  addTo(probe, 1)
}

export function level(probe: i32, value: f64): void {
  const was = cell(probe)
  if (value == was) return
  const now = cell(C.NOW)
  addF(probe, PROBE_AREA, was * (now - getF(probe, PROBE_SINCE)))
  setF(probe, PROBE_SINCE, now)
  setCell(probe, value)
  if (value > getF(probe, PROBE_HIGHEST)) setF(probe, PROBE_HIGHEST, value)
}

/** Records a duration in a histogram, and in a second one if there is one. */
@inline
export function record(histogram: i32, late: i32, value: f64): void {
  recordOne(histogram, value)
  if (late != 0) recordOne(late, value)
}

@inline
function recordOne(at: i32, value: f64): void {
  const count = cell(at) + 1
  setCell(at, count)
  addF(at, 1, value)
  if (value < 1) {
    addF(at, ZEROS, 1)
    return
  }
  const place = (<i32><i64>(count - getF(at, ZEROS)) - 1) & (NEWEST_COUNT - 1)
  const entry = (<i32>(reinterpret<u64>(value) >> 45) - FIRST_STEP) & 8191
  store<u16>((<usize>at << 3) + (<usize>place << 1), <u16>entry, NEWEST_BYTE)
  if (place == NEWEST_COUNT - 1) spill(at)
}

/** The newest records go to the log. */
function spill(at: i32): void {
  const kept = get(at, LOG)
  const log = kept == 0 ? histogramLog(at) : kept
  const time = (<i32><i64>(cell(at) - getF(at, ZEROS)) - 1) / NEWEST_COUNT & (LOG_TIMES - 1)
  const from = (<usize>at << 3) + NEWEST_BYTE
  const to = (<usize>log << 3) + <usize>(time * NEWEST_BYTES)
  for (let byte = 0; byte < NEWEST_BYTES; byte += 8) {
    store<i64>(to + <usize>byte, load<i64>(from + <usize>byte))
    store<i64>(from + <usize>byte, -1)
  }
  if (time == LOG_TIMES - 1) bring(at, log)
}

/** Brings the records of the log to their buckets. */
function bring(at: i32, log: i32): void {
  for (let place = 0; place < LOG_TIMES * NEWEST_COUNT; place += 1) {
    const entryAt = (<usize>log << 3) + (<usize>place << 1)
    const entry = <i32>load<u16>(entryAt)
    if (entry == NONE) continue
    store<u16>(entryAt, <u16>NONE)
    const octave = entry >> 7
    const bucket = entry & 127
    const table = get(at, TABLE)
    let page = table == 0 ? 0 : int(table * 2 + octave)
    if (page == 0) page = histogramPage(at, octave)
    const byte = (<usize>page << 3) + <usize>bucket
    const records = load<u8>(byte)
    if (records < 255) store<u8>(byte, records + 1)
    else {
      store<u8>(byte, 0)
      histogramCarry(at, octave, bucket)
    }
  }
}

/** The next value of a draw in whole nanoseconds. */
@inline
export function draw(law: i32): f64 {
  const kind = get(law, L.DRAW_KIND)
  if (kind == L.DRAW_EXPONENTIAL) {
    const drawn = exponential(get(law, L.DRAW_STREAM))
    return floor<f64>(getF(law, L.F_DRAW_VALUE) * drawn * 1e6 + 0.5)
  }
  if (kind == L.DRAW_CONSTANT) return getF(law, L.F_DRAW_VALUE)
  drawOther(get(law, L.DRAW_NUMBER))
  return cell(C.SCRATCH)
}

/** By the ziggurat: most values are inside their layer at once. */
@inline
function exponential(at: i32): f64 {
  const b = word(at, 1)
  const c = word(at, 2)
  const counter = word(at, 3)
  const first = word(at, 0) + b + counter
  const a2 = b ^ (b >>> 9)
  const b2 = c + (c << 3)
  const c2 = ((c << 21) | (c >>> 11)) + first
  const second = a2 + b2 + (counter + 1)
  setWord(at, 0, b2 ^ (b2 >>> 9))
  setWord(at, 1, c2 + (c2 << 3))
  setWord(at, 2, ((c2 << 21) | (c2 >>> 11)) + second)
  setWord(at, 3, counter + 2)
  const layer = first & 255
  const fraction = ((<u64>(<u32>first) >>> 11) << 32) | <u64>(<u32>second)
  const x = <f64>(<i64>fraction) * 1.1102230246251565e-16 * getF(layer, C.ZIGGURAT)
  return x < getF(layer, C.ZIGGURAT + 1) ? x : slowly(at, x, layer)
}

/** The one draw in a hundred that isn't. */
function slowly(at: i32, x: f64, layer: i32): f64 {
  // The tail has the shape of the whole: start again from there.
  if (layer == 0) return another(at) + getF(1, C.ZIGGURAT)
  const low = getF(layer, C.ZIGGURAT_HEIGHTS)
  return low + uniform(at) * (getF(layer, C.ZIGGURAT_HEIGHTS + 1) - low) >= expMinus(x) ? another(at) : x
}

function another(at: i32): f64 {
  return exponential(at)
}

/** As exp(−x) of kernel/exact.ts, for x inside the ziggurat. */
function expMinus(x: f64): f64 {
  const k = floor<f64>(-x * 1.4426950408889634 + 0.5)
  const r = -x - k * 6.93147180369123816490e-1 - k * 1.90821492927058770002e-10
  let sum: f64 = 1
  for (let n: f64 = 14; n >= 1; n -= 1) sum = 1 + (r * sum) / n
  return sum * reinterpret<f64>((<i64>k + 1023) << 52)
}

function bits(at: i32): u32 {
  const b = word(at, 1)
  const c = word(at, 2)
  const counter = word(at, 3)
  const t = word(at, 0) + b + counter
  setWord(at, 0, b ^ (b >>> 9))
  setWord(at, 1, c + (c << 3))
  setWord(at, 2, ((c << 21) | (c >>> 11)) + t)
  setWord(at, 3, counter + 1)
  return <u32>t
}

function uniform(stream: i32): f64 {
  const high = bits(stream) >>> 5
  const low = bits(stream) >>> 6
  return (<f64>high * 67108864.0 + <f64>low) / 9007199254740992.0
}

/** True with this probability, which is above 0. */
export function chance(stream: i32, probability: f64): boolean {
  const high = bits(stream) >>> 5
  const low = bits(stream) >>> 6
  return <f64>high * 67108864.0 + <f64>low < probability * 9007199254740992.0
}

/** `says`: a ledger, or another cell that names a node as one does. */
export function fact(verb: i32, says: i32, message: i32, detail: i32): void {
  const at = int(factCursor)
  const content = get(message, MESSAGE_CONTENT)
  const now = reinterpret<u64>(cell(C.NOW))
  const serialBits = reinterpret<u64>(getF(message, MESSAGE_SERIAL))
  setF(at, 0, reinterpret<f64>(now))
  setF(at, 1, reinterpret<f64>(serialBits))
  set(at, 4, get(says, LEDGER_NODE) | (verb << FACT_BYTE))
  set(at, 5, get(content, CONTENT_ORIGIN) + 1)
  set(at, 6, detail)
  set(at, 7, get(content, CONTENT_OBJECT))
  setInt(factCursor, at + FACT_RECORD)
  // As kernel/digest.ts folds it.
  const time = (<i32>now ^ get(says, LEDGER_HASH) ^ (verb << 8)) * <i32>0x9e3779b1
  const serial = (<i32>serialBits ^ get(content, CONTENT_ORIGIN_HASH)) * <i32>0x85ebca77
  const rest = ((<i32>(now >> 32) ^ (detail * <i32>0xc2b2ae3d)) * 0x27d4eb2f) ^ (<i32>(serialBits >> 32) * 0x165667b1)
  let low = (int(C.DIGEST * 2) ^ time ^ (serial >>> 15)) * <i32>0x85ebca6b
  low ^= low >>> 15
  const high = (int(C.DIGEST * 2 + 1) ^ serial ^ (time >>> 13) ^ rest) * <i32>0xc2b2ae35
  setInt(C.DIGEST * 2, low)
  setInt(C.DIGEST * 2 + 1, (high ^ (high >>> 16)) + low)
  if (at + FACT_RECORD == factEnd) wrapFacts()
}
