import type { Draw } from '../kernel/draw.ts'
import { root } from '../kernel/exact.ts'
import type { Law } from '../kernel/law.ts'
import type { RandomStream } from '../kernel/random.ts'

/** The law of the times between arrivals, in the unit of the mean. The names are those of the applications' setting. */
export function gapLaw(arrival: string, mean: number): Law {
  switch (arrival) {
    case 'regular':
      return { law: 'constant', value: mean }
    case 'uniform':
      return { law: 'uniform', min: 0, max: 2 * mean }
    case 'steady':
      return { law: 'erlang', mean, shape: 4 }
    case 'bursts':
      return { law: 'hyperexponential', mean, scv: 8 }
    default:
      return { law: 'exponential', mean }
  }
}

const NS_A_SECOND = 1e9

/** When messages are made, one after the other, where that depends on when it is. Only + − × ÷ and the exact root: the times are the same in every engine. */
export interface Arrivals {
  /** Whole nanoseconds from now to the next time to wake up; Infinity when there is none any more. */
  nextNs(nowNs: number): number
  /** False when that time is only for looking further: nothing arrives then. */
  readonly due: boolean
}

/** Nothing but short phases would never come to an arrival: after this many, time goes on before the search does. */
const SWITCHES_MAX = 1000

/** A Poisson stream that is switched on and off. It begins with a time that is on. */
export class OnOff implements Arrivals {
  due = true
  readonly #random: RandomStream
  readonly #meanNs: number
  readonly #onTime: Draw
  readonly #offTime: Draw
  #on = false
  /** When the present phase ends. */
  #untilNs: number

  /** `rate` is arrivals a second while it is on. */
  constructor(random: RandomStream, { rate, onTime, offTime, startNs }: { readonly rate: number; readonly onTime: Draw; readonly offTime: Draw; readonly startNs: number }) {
    this.#random = random
    this.#meanNs = rate > 0 ? NS_A_SECOND / rate : Infinity
    this.#onTime = onTime
    this.#offTime = offTime
    this.#untilNs = startNs
  }

  nextNs(nowNs: number): number {
    if (this.#meanNs === Infinity) return Infinity
    // Time that it has to be on until the next arrival: exponential, wherever the last one was in its phase.
    let left = this.#random.exponential() * this.#meanNs
    let atNs = nowNs
    for (let n = 0; n < SWITCHES_MAX; n += 1) {
      if (this.#on) {
        if (atNs + left <= this.#untilNs) {
          this.due = true
          return Math.floor(atNs + left - nowNs + 0.5)
        }
        left -= this.#untilNs - atNs
      }
      atNs = this.#untilNs
      this.#on = !this.#on
      this.#untilNs = atNs + (this.#on ? this.#onTime.ns() : this.#offTime.ns())
    }
    this.due = false
    return atNs > nowNs ? atNs - nowNs : Infinity
  }
}

/** A Poisson stream whose rate goes evenly from one value to another, and stays there: the time at which its integral has grown by an exponential amount. */
export class Ramp implements Arrivals {
  readonly due = true
  readonly #random: RandomStream
  readonly #from: number
  readonly #to: number
  readonly #seconds: number
  readonly #startNs: number

  /** Rates are arrivals a second. */
  constructor(random: RandomStream, { from, to, overNs, startNs }: { readonly from: number; readonly to: number; readonly overNs: number; readonly startNs: number }) {
    this.#random = random
    this.#from = from
    this.#to = to
    this.#seconds = overNs / NS_A_SECOND
    this.#startNs = startNs
  }

  nextNs(nowNs: number): number {
    const amount = this.#random.exponential()
    const left = this.#seconds - (nowNs - this.#startNs) / NS_A_SECOND
    if (left <= 0) return this.#level(amount, 0)
    const slope = (this.#to - this.#from) / this.#seconds
    const rate = this.#to - slope * left
    const whole = ((rate + this.#to) / 2) * left
    if (amount >= whole) return this.#level(amount - whole, left)
    // rate·x + slope·x²/2 = amount, in the form that has no difference of nearly equal numbers.
    const inside = rate * rate + 2 * slope * amount
    return Math.floor(((2 * amount) / (rate + root(inside > 0 ? inside : 0))) * NS_A_SECOND + 0.5)
  }

  /** After the ramp the rate stays. */
  #level(amount: number, afterSeconds: number): number {
    return this.#to > 0 ? Math.floor((afterSeconds + amount / this.#to) * NS_A_SECOND + 0.5) : Infinity
  }
}

/** At given times after the start, in order; then nothing more. */
export class Schedule implements Arrivals {
  readonly due = true
  /** How many arrivals were told. */
  told = 0
  readonly #timesNs: readonly number[]
  readonly #startNs: number

  constructor(timesNs: readonly number[], startNs: number) {
    this.#timesNs = timesNs
    this.#startNs = startNs
  }

  nextNs(nowNs: number): number {
    const at = this.#timesNs[this.told]
    if (at === undefined) return Infinity
    this.told += 1
    return Math.max(0, this.#startNs + at - nowNs)
  }
}
