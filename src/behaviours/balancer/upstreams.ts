import type { Endpoint } from '../../contract/model.ts'

interface Health {
  fails: number
  /** Not asked before then. */
  untilNs: number
}

export interface Picking {
  /** Index of the first turn: a balancer that moves its index before it looks begins with the second. */
  readonly firstTurn: number
  readonly failsMax: number
  readonly failTimeoutNs: number
}

/** Whose turn it is among the upstreams, and which of them are left alone for a while as they have failed. */
export class Upstreams {
  readonly #health = new Map<string, Health>()
  /** Turns taken so far. */
  #turns = 0

  /** The next of these that may be asked now, or null. When all have failed all are asked again from the next time on. */
  pick(lines: readonly Endpoint[], tried: readonly Endpoint[], nowNs: number, { firstTurn }: Picking): Endpoint | null {
    for (let n = 0; n < lines.length; n += 1) {
      const line = lines[(firstTurn + this.#turns + n) % lines.length]!
      if (tried.includes(line) || this.isAside(line, nowNs)) continue
      this.#turns += n + 1
      return line
    }
    if (tried.length === 0) this.#health.clear()
    return null
  }

  isAside(line: Endpoint, nowNs: number): boolean {
    return (this.#health.get(line.channel.id)?.untilNs ?? 0) > nowNs
  }

  failed(line: Endpoint, nowNs: number, { failsMax, failTimeoutNs }: Picking): void {
    const health = this.#health.get(line.channel.id) ?? { fails: 0, untilNs: 0 }
    health.fails += 1
    if (health.fails >= failsMax) health.untilNs = nowNs + failTimeoutNs
    this.#health.set(line.channel.id, health)
  }

  answered(line: Endpoint): void {
    this.#health.delete(line.channel.id)
  }

  clear(): void {
    this.#health.clear()
    this.#turns = 0
  }
}
