import * as C from './memory'
import { addF, addTo, cell, get, getF, int, set, setCell, setF, setInt } from './memory'
import { histogramCarry, histogramPage, slowly, drawOther, wrapFacts } from './imports'
import * as L from '../layout'

/** Statistics, chance and facts: the steps of stats/, kernel/random.ts and engine/trace.ts. */

const PAGES: i32 = 3
const FIRST_PAGE: i32 = 44
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
export function record(histogram: i32, late: i32, value: f64): void {
  recordOne(histogram, value)
  if (late != 0) recordOne(late, value)
}

@inline
function recordOne(at: i32, value: f64): void {
  addTo(at, 1)
  addF(at, 1, value)
  if (value < 1) {
    addF(at, ZEROS, 1)
    return
  }
  const high = <i32>(reinterpret<u64>(value) >> 32)
  const octave = ((high >> 20) - 1023) & 63
  const pages = (at + PAGES) * 2 + ((octave + FIRST_PAGE) & 63)
  if (int(pages) == 0) histogramPage(at, octave)
  const bucket = (high >> 13) & 127
  const place = (<usize>int(pages) << 3) + <usize>bucket
  const records = load<u8>(place)
  if (records < 255) store<u8>(place, records + 1)
  else {
    store<u8>(place, 0)
    histogramCarry(at, octave, bucket)
  }
}

/** The next value of a draw in whole nanoseconds. */
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

function exponential(at: i32): f64 {
  const b = int(at + 1)
  const c = int(at + 2)
  const counter = int(at + 3)
  const first = int(at) + b + counter
  const a2 = b ^ (b >>> 9)
  const b2 = c + (c << 3)
  const c2 = ((c << 21) | (c >>> 11)) + first
  const second = a2 + b2 + (counter + 1)
  setInt(at, b2 ^ (b2 >>> 9))
  setInt(at + 1, c2 + (c2 << 3))
  setInt(at + 2, ((c2 << 21) | (c2 >>> 11)) + second)
  setInt(at + 3, counter + 2)
  const layer = first & 255
  const x = (<f64>(<u32>first >>> 11) * 4294967296.0 + <f64>(<u32>second)) * 1.1102230246251565e-16 * cell(C.ZIGGURAT + layer)
  if (x < cell(C.ZIGGURAT + 1 + layer)) return x
  setCell(C.SCRATCH, x)
  slowly(at, layer)
  return cell(C.SCRATCH)
}

function bits(at: i32): u32 {
  const b = int(at + 1)
  const c = int(at + 2)
  const counter = int(at + 3)
  const t = int(at) + b + counter
  setInt(at, b ^ (b >>> 9))
  setInt(at + 1, c + (c << 3))
  setInt(at + 2, ((c << 21) | (c >>> 11)) + t)
  setInt(at + 3, counter + 1)
  return <u32>t
}

/** True with this probability, which is above 0. */
export function chance(stream: i32, probability: f64): boolean {
  const high = bits(stream) >>> 5
  const low = bits(stream) >>> 6
  return <f64>high * 67108864.0 + <f64>low < probability * 9007199254740992.0
}

export function fact(verb: i32, ledger: i32, message: i32, detail: i32): void {
  const at = int(factCursor)
  const content = get(message, MESSAGE_CONTENT)
  const now = reinterpret<u64>(cell(C.NOW))
  const serialBits = reinterpret<u64>(getF(message, MESSAGE_SERIAL))
  setF(at, 0, reinterpret<f64>(now))
  setF(at, 1, reinterpret<f64>(serialBits))
  set(at, 4, get(ledger, LEDGER_NODE) | (verb << FACT_BYTE))
  set(at, 5, get(content, CONTENT_ORIGIN) + 1)
  set(at, 6, detail)
  setInt(factCursor, at + FACT_RECORD)
  // As kernel/digest.ts folds it.
  const time = (<i32>now ^ get(ledger, LEDGER_HASH) ^ (verb << 8)) * <i32>0x9e3779b1
  const serial = (<i32>serialBits ^ get(content, CONTENT_ORIGIN_HASH)) * <i32>0x85ebca77
  const rest = ((<i32>(now >> 32) ^ (detail * <i32>0xc2b2ae3d)) * 0x27d4eb2f) ^ (<i32>(serialBits >> 32) * 0x165667b1)
  let low = (int(C.DIGEST * 2) ^ time ^ (serial >>> 15)) * <i32>0x85ebca6b
  low ^= low >>> 15
  const high = (int(C.DIGEST * 2 + 1) ^ serial ^ (time >>> 13) ^ rest) * <i32>0xc2b2ae35
  setInt(C.DIGEST * 2, low)
  setInt(C.DIGEST * 2 + 1, (high ^ (high >>> 16)) + low)
  if (at + FACT_RECORD == factEnd) wrapFacts()
}
