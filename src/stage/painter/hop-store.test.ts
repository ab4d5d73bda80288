import { expect, it } from 'vitest'
import { HOP_BYTES, HOP_CHANNEL, HOP_LOOK, HOP_MESSAGE, HOP_WAY } from '../../contract/hops.ts'
import { FALLING, FLYING, HELD, HOPS_MAX, HopStore, STOPPED } from './hop-store.ts'

interface Hop {
  readonly depart: number
  readonly arrive: number
  readonly channel: number
  readonly way?: number
  readonly message?: number
}

function stored(hops: readonly Hop[], into = new HopStore()): HopStore {
  const buffer = new ArrayBuffer(hops.length * HOP_BYTES)
  const f64 = new Float64Array(buffer)
  const i32 = new Int32Array(buffer)
  hops.forEach(({ depart, arrive, channel, way = 0, message = 1 }, n) => {
    f64[n * 4] = depart
    f64[n * 4 + 1] = arrive
    i32[n * 8 + HOP_CHANNEL] = channel
    i32[n * 8 + HOP_LOOK] = 1
    i32[n * 8 + HOP_MESSAGE] = message
    i32[n * 8 + HOP_WAY] = way
  })
  into.push(buffer, hops.length, 0)
  return into
}

const states = (store: HopStore) => Array.from(store.state.subarray(0, store.count))

it('what had not arrived when a connection was lost falls off where it was; what had arrived and other lanes are left alone', () => {
  const store = stored([{ depart: 0, arrive: 100, channel: 3 }, { depart: 0, arrive: 40, channel: 3 }, { depart: 0, arrive: 100, channel: 3, way: 1 }])
  store.forget({ lane: 6, atNs: 50, reason: 4, nowMs: 9 })
  expect(states(store)).toEqual([FALLING, FLYING, FLYING])
  expect([store.share[0], store.reason[0], store.sinceMs[0]]).toEqual([0.5, 4, 9])
})

it('a cut holds what is under way until it is sent again', () => {
  const store = stored([{ depart: 0, arrive: 100, channel: 1 }, { depart: 0, arrive: 100, channel: 2 }])
  store.forget({ lane: 2, atNs: 25, reason: 0, nowMs: 0 })
  expect(states(store)).toEqual([HELD, FLYING])
  store.releaseHeld(2)
  expect([store.count, store.lane[0]]).toEqual([1, 4])
})

it('a token that someone looks at falls from where it stands', () => {
  const store = stored([{ depart: 0, arrive: 100, channel: 1 }])
  store.state[0] = STOPPED
  store.share[0] = 0.2
  store.forget({ lane: 2, atNs: 80, reason: 1, nowMs: 0 })
  expect([store.state[0], store.share[0]]).toEqual([FALLING, Math.fround(0.2)])
})

it('a full store takes what is new in the place of others, one after another', () => {
  const store = new HopStore()
  const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => ({ depart: 0, arrive: 1, channel: 0, message: from + n }))
  stored(many(0, HOPS_MAX), store)
  stored(many(1_000_000, 3), store)
  expect(store.count).toBe(HOPS_MAX)
  expect(Array.from(store.message).filter(message => message >= 1_000_000)).toHaveLength(3)
})
