import { STATE_DISCARDED, STATE_PROCESSED } from '../stats/ledger.ts'
import type { Run } from './run.ts'

/**
 * Compares the ledgers with the message table, record by record: every live copy is counted in exactly one state at exactly one node,
 * every ledger balances, and what went out somewhere came in somewhere. Throws an Error with the numbers.
 */
export function assertLedger(run: Run): void {
  const { core } = run
  const counted = core.ledgers.map(ledger => new Float64Array(ledger.states.length))
  core.messages.forEachLive((_, holder, state) => {
    counted[holder]![state]! += 1
  })
  core.ledgers.forEach((ledger, node) => {
    const where = `node ${node} at ${core.nowNs} ns`
    if (ledger.imbalance() !== 0) throw new Error(`ledger of ${where} is off by ${ledger.imbalance()}`)
    for (let state = 1; state < ledger.states.length; state += 1) {
      if (state === STATE_PROCESSED || state === STATE_DISCARDED) continue
      if (ledger.states[state] !== counted[node]![state])
        throw new Error(`ledger of ${where} counts ${ledger.states[state]} in state ${state}, the table ${counted[node]![state]}`)
    }
    const reasons = ledger.reasons.reduce((sum, count) => sum + count, 0)
    if (reasons !== ledger.states[STATE_DISCARDED]) throw new Error(`${where}: ${reasons} reasons for ${ledger.states[STATE_DISCARDED]} discarded`)
  })
  const total = run.totalLedger()
  if (total.cameIn !== total.wentOut) throw new Error(`came in ${total.cameIn}, went out ${total.wentOut} at ${core.nowNs} ns`)
}
