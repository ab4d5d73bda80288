import { describe, expect, it } from 'vitest'
import { Draw } from '../kernel/draw.ts'
import type { Law } from '../kernel/law.ts'
import { Memory } from '../kernel/memory.ts'
import { randomStream } from '../kernel/random.ts'
import { OnOff, Ramp, Schedule, type Arrivals } from './arrival.ts'
import { parseSchedule, parseTrace } from './arrival-text.ts'

const SECOND = 1e9
/** Five standard errors. */
const ERRORS = 5

/** Times of arrivals up to an end, in seconds. */
function timesOf(arrivals: Arrivals, startNs: number, untilNs: number): number[] {
  const times: number[] = []
  let now = startNs
  for (;;) {
    now += arrivals.nextNs(now)
    if (now > untilNs) return times
    if (!Number.isInteger(now)) throw new Error(`${now} is not a whole nanosecond`)
    if (arrivals.due) times.push((now - startNs) / SECOND)
  }
}

function draw(seed: number, name: string, law: Law): Draw {
  const memory = new Memory()
  return new Draw(memory, randomStream(seed, name, memory), law)
}

describe('ramp', () => {
  it.each([[0, 40, 20], [40, 0, 20], [5, 5, 10], [3, 30, 0]])('from %d to %d a second over %d s has the expected count in every stretch', (from, to, over) => {
    const end = 40
    const runs = 400
    const stretches = 16
    const seen = new Array<number>(stretches).fill(0)
    for (let run = 0; run < runs; run += 1) {
      const ramp = new Ramp(randomStream(run, `ramp ${from} ${to}`), { from, to, overNs: over * SECOND, startNs: 7 })
      for (const at of timesOf(ramp, 7, 7 + end * SECOND)) seen[Math.min(stretches - 1, Math.floor((at / end) * stretches))]! += 1
    }
    const whole = (t: number): number => (t >= over ? ((from + to) / 2) * over + to * (t - over) : from * t + ((to - from) / over) * (t ** 2 / 2))
    seen.forEach((count, n) => {
      const expected = runs * (whole(((n + 1) * end) / stretches) - whole((n * end) / stretches))
      expect(Math.abs(count - expected), `stretch ${n}`).toBeLessThanOrEqual(ERRORS * Math.sqrt(expected))
    })
  })

  it('that falls to nothing ends', () => {
    const ramp = new Ramp(randomStream(1, 'down'), { from: 10, to: 0, overNs: SECOND, startNs: 0 })
    expect(timesOf(ramp, 0, 1e15).every(at => at <= 1)).toBe(true)
  })
})

describe('on and off', () => {
  it('arrives in phases that are on, at its rate', () => {
    const onOff = new OnOff(randomStream(1, 'arrival'), { rate: 50, onTime: draw(1, 'on', { law: 'constant', value: 1000 }), offTime: draw(1, 'off', { law: 'constant', value: 3000 }), startNs: 0 })
    const times = timesOf(onOff, 0, 4000 * SECOND)
    expect(times.filter(at => at % 4 > 1)).toEqual([])
    expect(Math.abs(times.length - 50_000)).toBeLessThan(ERRORS * Math.sqrt(50_000))
    // Inside a phase, early and late alike.
    const early = times.filter(at => at % 4 < 0.5).length
    expect(Math.abs(early - 25_000)).toBeLessThan(ERRORS * Math.sqrt(12_500))
  })

  it('with random phases has the long-run rate of its share of time', () => {
    const onOff = new OnOff(randomStream(2, 'arrival'), { rate: 100, onTime: draw(2, 'on', { law: 'exponential', mean: 200 }), offTime: draw(2, 'off', { law: 'exponential', mean: 600 }), startNs: 0 })
    const seconds = 20_000
    // Phases left at rates a and b make counts vary more than Poisson: 25 + 2 · 100² a b / (a + b)³ a second, 23.5 times as much.
    expect(Math.abs(timesOf(onOff, 0, seconds * SECOND).length - 25 * seconds)).toBeLessThan(ERRORS * Math.sqrt(25 * seconds * 23.5))
  })

  it('comes to an end when it is never on', () => {
    const nothing: Law = { law: 'constant', value: 0 }
    expect(new OnOff(randomStream(1, 'a'), { rate: 5, onTime: draw(1, 'on', nothing), offTime: draw(1, 'off', nothing), startNs: 0 }).nextNs(0)).toBe(Infinity)
    const rare = new OnOff(randomStream(1, 'a'), { rate: 5, onTime: draw(1, 'on', nothing), offTime: draw(1, 'off', { law: 'constant', value: 1 }), startNs: 0 })
    expect(rare.nextNs(0)).toBe(499 * 1e6)
    expect(rare.due).toBe(false)
  })
})

describe('schedule', () => {
  it('arrives at its times after the start, then never', () => {
    expect(timesOf(new Schedule([0, SECOND, SECOND, 2.5 * SECOND], 10), 10, 1e12)).toEqual([0, 1, 1, 2.5])
    expect(new Schedule([], 0).nextNs(0)).toBe(Infinity)
  })

  it('reads seconds and units, in any order', () => {
    expect(parseSchedule('2\n500ms, 1.5 1min;').rows.map(row => row.atNs / SECOND)).toEqual([0.5, 1.5, 2, 60])
    expect(parseSchedule('1 soon -2')).toMatchObject({ rows: [{ atNs: SECOND }], problems: ['Time 2: “soon” is not a time such as 1.5 or 250ms.', 'Time 3: “-2” is not a time such as 1.5 or 250ms.'] })
    expect(parseSchedule('')).toEqual({ rows: [], problems: [] })
  })
})

describe('trace', () => {
  it('reads columns by place or by name, quoted cells, any divider', () => {
    expect(parseTrace('1,a,first\n0.5,b').rows).toEqual([{ atNs: 0.5 * SECOND, key: 'b', body: null }, { atNs: SECOND, key: 'a', body: 'first' }])
    expect(parseTrace('body;time\r\n"{""n"":1;\nx}";2\r\n').rows).toEqual([{ atNs: 2 * SECOND, key: null, body: '{"n":1;\nx}' }])
    expect(parseTrace('Timestamp\tTopic\n3\torders.eu').rows).toEqual([{ atNs: 3 * SECOND, key: 'orders.eu', body: null }])
  })

  it('counts clock times from the first', () => {
    expect(parseTrace('1700000000.5\n1700000002').rows.map(row => row.atNs)).toEqual([0, 1.5 * SECOND])
    expect(parseTrace('1700000000500\n1700000002000').rows.map(row => row.atNs)).toEqual([0, 1.5 * SECOND])
  })

  it('says which lines it can’t read, the first few of many', () => {
    const { rows, problems } = parseTrace(`time\n1\n\nx\n${'y\n'.repeat(9)}`)
    expect(rows).toHaveLength(1)
    expect(problems).toHaveLength(6)
    expect([problems[0], problems[5]]).toEqual(['Line 4: “x” is not a time such as 1.5 or 250ms.', 'And 5 more like these.'])
  })
})
