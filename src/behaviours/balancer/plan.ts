import type { Config } from '../../topology/document.ts'
import type { Picking } from './upstreams.ts'

const NS_A_MS = 1e6

/** What the config says, read once per change of it. */
export interface Plan extends Picking {
  readonly byConnection: boolean
  readonly asksRegistry: boolean
  readonly service: string
  readonly whenFailed: string
}

export function planOf(config: Config): Plan {
  return {
    byConnection: config['deals'] === 'connections',
    asksRegistry: config['upstreams'] === 'registered',
    service: String(config['service']),
    firstTurn: config['begins'] === 'second' ? 1 : 0,
    whenFailed: String(config['whenFailed']),
    failsMax: Number(config['failsMax']),
    failTimeoutNs: Math.round(Number(config['failTimeout']) * NS_A_MS),
  }
}
