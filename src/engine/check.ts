import { COPY_STATES, DISCARDED, PROCESSED } from '../contract/ledger.ts'
import type { Run } from './run.ts'

/**
 * Compares the ledgers with the message table, record by record: every live copy is counted in exactly one state at exactly one node,
 * every ledger balances, and what went out somewhere came in somewhere. Throws an Error with the numbers.
 */
export function assertLedger(run: Run): void {
  const { core } = run
  const counted = new Map(core.ledgers.map(ledger => [ledger.at, new Float64Array(COPY_STATES.length + 1)]))
  core.messages.forEachLive((_, holder, state) => {
    counted.get(holder)![state]! += 1
  })
  core.ledgers.forEach((ledger, node) => {
    const where = `node ${node} at ${core.nowNs} ns`
    if (ledger.imbalance() !== 0) throw new Error(`ledger of ${where} is off by ${ledger.imbalance()}`)
    for (let state = 1; state <= COPY_STATES.length; state += 1) {
      if (state === PROCESSED || state === DISCARDED) continue
      const table = counted.get(ledger.at)![state]
      if (ledger.state(state) !== table) throw new Error(`ledger of ${where} counts ${ledger.state(state)} in state ${state}, the table ${table}`)
    }
    if (ledger.reasonsTotal() !== ledger.discarded()) throw new Error(`${where}: ${ledger.reasonsTotal()} reasons for ${ledger.discarded()} discarded`)
  })
  const total = run.ledger()
  if (total.cameIn !== total.wentOut) throw new Error(`came in ${total.cameIn}, went out ${total.wentOut} at ${core.nowNs} ns`)
}
