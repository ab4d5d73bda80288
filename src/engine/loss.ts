import type { DiscardReason } from '../contract/ledger.ts'
import type { RandomStream } from '../kernel/random.ts'
import type { Config } from '../topology/document.ts'

/** What ends a message that a network has lost. */
export const LOST: DiscardReason = 'lost on the wire'

/** Linux waits a round trip and at least this long for an acknowledgement (TCP_RTO_MIN), twice as long each time, at most two minutes. */
const RESEND_NS_MIN = 2e8
const RESEND_NS_MAX = 1.2e11
/** It sends fifteen times more (tcp_retries2), then the connection is lost. */
const RESENDS_MAX = 15
/** Then this has passed: 924.6 s on Linux. */
export const GIVES_UP_NS = 924.6e9
/** Signals of a channel: nothing has come through for too long; forward, and one more is backward. */
export const SILENCE = 2

/**
 * A network that loses packets. A stream sends them again: a loss is time, for all that comes behind as well. Where nobody sends again the message
 * is gone; what the protocol itself says comes through all the same.
 */
export class Loss {
  /** Packets that were sent again. */
  resent = 0
  readonly #stream: RandomStream
  readonly #share: number
  readonly #forGood: boolean

  constructor(stream: RandomStream, share: number, forGood: boolean) {
    this.#stream = stream
    this.#share = share
    this.#forGood = forGood
  }

  /** Whether the next packet never arrives. */
  takes(isMessage: boolean): boolean {
    return this.#forGood && isMessage && this.#stream.chance(this.#share)
  }

  /** How much later the next packet arrives because it had to be sent again; Infinity when the sender has given up. `latencyNs` is its own. */
  delayNs(latencyNs: number): number {
    if (this.#forGood) return 0
    let waitNs = RESEND_NS_MIN + latencyNs + latencyNs
    let delayNs = 0
    for (let n = 0; this.#stream.chance(this.#share); n += 1) {
      if (n === RESENDS_MAX) return Infinity
      this.resent += 1
      delayNs += Math.min(RESEND_NS_MAX, waitNs)
      waitNs += waitNs
    }
    return delayNs
  }
}

/** The share of packets that a wire's settings say are lost, from 0 to 1. */
export function lossOf(config: Config): number {
  const { loss } = config
  return typeof loss === 'number' ? loss / 100 : 0
}
