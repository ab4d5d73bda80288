import type { BehaviourContext } from '../../contract/model.ts'
import type { Law } from '../../kernel/law.ts'
import { gapLaw, Gaps, OnOff, Ramp, Schedule, type Arrivals } from '../../messaging/arrival.ts'
import { parseSchedule, parseTrace, type Trace } from '../../messaging/arrival-text.ts'
import type { Config } from '../../topology/document.ts'

const NS_A_SECOND = 1e9
const NS_A_MS = 1e6
/** The fields that say when messages are made: a change of one starts the arrivals anew. */
export const ARRIVAL_FIELDS = ['rate', 'arrival', 'batchSize', 'limit', 'gap', 'onRate', 'onTime', 'offTime', 'rampFrom', 'rampTo', 'rampTime', 'schedule', 'trace'] as const

export interface ArrivalPlan {
  readonly arrivals: Arrivals
  /** Given times, with what is said at each; null where times are drawn. */
  readonly trace: Trace | null
}

const NEVER: Arrivals = { due: false, nextNs: () => Infinity }

/** The arrivals that a config asks for, beginning now. */
export function arrivalsOf(context: BehaviourContext, config: Config): ArrivalPlan {
  const number = (field: string): number => Number(config[field])
  const law = (field: string): Law => config[field] as unknown as Law // a law field: parsed
  const batch = number('batchSize')
  const startNs = context.nowNs()
  switch (config['arrival']) {
    case 'law':
      return { arrivals: new Gaps(context.draw('arrival', law('gap'))), trace: null }
    case 'on-off':
      return { arrivals: new OnOff(context.random('arrival'), { rate: number('onRate') / batch, onTime: context.draw('on', law('onTime')), offTime: context.draw('off', law('offTime')), startNs }), trace: null }
    case 'ramp':
      return { arrivals: new Ramp(context.random('arrival'), { from: number('rampFrom') / batch, to: number('rampTo') / batch, overNs: number('rampTime') * NS_A_MS, startNs }), trace: null }
    case 'schedule':
      return planned(parseSchedule(String(config['schedule'])), startNs)
    case 'trace':
      return planned(parseTrace(String(config['trace'])), startNs)
    default: {
      const rate = number('rate')
      return { arrivals: rate > 0 ? new Gaps(context.draw('arrival', gapLaw(String(config['arrival']), (batch * NS_A_SECOND) / rate / NS_A_MS))) : NEVER, trace: null }
    }
  }
}

function planned(trace: Trace, startNs: number): ArrivalPlan {
  return { arrivals: new Schedule(trace.rows.map(row => row.atNs), startNs), trace }
}
