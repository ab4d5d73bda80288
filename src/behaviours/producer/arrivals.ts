import type { BehaviourContext } from '../../contract/model.ts'
import type { Draw } from '../../kernel/draw.ts'
import type { Law } from '../../kernel/law.ts'
import { gapLaw, OnOff, Ramp, Schedule, type Arrivals } from '../../messaging/arrival.ts'
import { parseSchedule, parseTrace, type Trace } from '../../messaging/arrival-text.ts'
import type { Config } from '../../topology/document.ts'

const NS_A_SECOND = 1e9
const NS_A_MS = 1e6
/** The fields that say when messages are made: a change of one starts the arrivals anew. */
export const ARRIVAL_FIELDS = ['rate', 'arrival', 'batchSize', 'limit', 'gap', 'onRate', 'onTime', 'offTime', 'rampFrom', 'rampTo', 'rampTime', 'schedule', 'trace'] as const

export interface ArrivalPlan {
  /** Times between arrivals that are drawn one by one, independent of when it is; null where they are not. */
  readonly gap: Draw | null
  /** Arrivals that depend on when it is; null where they don't, or never come. */
  readonly later: Arrivals | null
  /** Given times, with what is said at each; null where times are drawn. */
  readonly trace: Trace | null
}

/** The arrivals that a config asks for, beginning now. */
export function arrivalsOf(context: BehaviourContext, config: Config): ArrivalPlan {
  const number = (field: string): number => Number(config[field])
  const law = (field: string): Law => config[field] as unknown as Law // a law field: parsed
  const batch = number('batchSize')
  const startNs = context.nowNs()
  switch (config['arrival']) {
    case 'law':
      return { gap: context.draw('arrival', law('gap')), later: null, trace: null }
    case 'on-off':
      return { gap: null, later: new OnOff(context.random('arrival'), { rate: number('onRate') / batch, onTime: context.draw('on', law('onTime')), offTime: context.draw('off', law('offTime')), startNs }), trace: null }
    case 'ramp':
      return { gap: null, later: new Ramp(context.random('arrival'), { from: number('rampFrom') / batch, to: number('rampTo') / batch, overNs: number('rampTime') * NS_A_MS, startNs }), trace: null }
    case 'schedule':
      return planned(parseSchedule(String(config['schedule'])), startNs)
    case 'trace':
      return planned(parseTrace(String(config['trace'])), startNs)
    default: {
      const rate = number('rate')
      return { gap: rate > 0 ? context.draw('arrival', gapLaw(String(config['arrival']), (batch * NS_A_SECOND) / rate / NS_A_MS)) : null, later: null, trace: null }
    }
  }
}

function planned(trace: Trace, startNs: number): ArrivalPlan {
  return { gap: null, later: new Schedule(trace.rows.map(row => row.atNs), startNs), trace }
}
