import type { Commands } from './commands.ts'
import type { HistoryMark } from '../worker/api.ts'
import { startRerun, type RerunClient, type SimulationClient } from '../worker/client.ts'

type SequenceCommands = Pick<Commands, 'sequence' | 'sequenceProgress' | 'endSequence'>

/** Stretches of the run, told by running its history once more in a worker of its own, which is there as long as somebody asks. */
export function sequenceCommands({ api }: Pick<SimulationClient, 'api'>): SequenceCommands {
  let rerun: RerunClient | null = null
  /** What the rerun knows of the history. */
  let known: HistoryMark | null = null
  const asking = new Set<string>()
  return {
    sequence: async (who, ask) => {
      asking.add(who)
      rerun ??= startRerun()
      const mine = rerun
      const { run, inputs, nowNs, changed } = await api.history(known)
      // Nobody asks any more: it was stopped meanwhile.
      if (mine !== rerun) return null
      if (changed) {
        known = { run, inputs }
        void mine.api.tell(changed)
      }
      return mine.api.record(who, nowNs, ask)
    },
    sequenceProgress: async who => (rerun ? rerun.api.progress(who) : 0),
    endSequence: who => {
      asking.delete(who)
      void rerun?.api.end(who)
      if (asking.size > 0) return
      rerun?.stop()
      rerun = null
      known = null
    },
  }
}
