import type { Claim } from '../../contract/manifest.ts'

const POSTGRES = 'PostgreSQL documentation'
const claim = (id: string, says: string, source: string, proof: Claim['proof'] = 'unit'): Claim => ({ id: `store.${id}`, says, source, proof })

export const CLAIMS: readonly Claim[] = [
  claim('poll.latency', 'A reader learns of a change when it asks next: half an interval later on average, a whole one at worst.', 'arithmetic of polling'),
  claim('poll.empty', 'Asking costs the database the same whether anything has changed or not.', 'arithmetic of polling'),
  claim('poll.skips', 'A row that is written twice between two polls is read once: readers see states, not changes.', 'arithmetic of polling'),
  claim('poll.again', 'A program that died reads again what it had not said to be done with, where its position is kept; it misses what came meanwhile, where it begins anew.', 'Enterprise Integration Patterns, polling consumer'),
  claim('poll.drains', 'After a full answer a poller may ask at once, so a batch limits an answer and not the rate.', 'Enterprise Integration Patterns, polling consumer'),
  claim('update.lost', 'Of two programs that read a row, think, and write it, the second destroys what the first wrote.', `${POSTGRES}, Read Committed`),
  claim('update.compare', 'A write that asks for the version it has read changes nothing when somebody was faster; who tries again loses no update.', `${POSTGRES}, application-level consistency`),
  claim('update.lock', 'A row that is locked before it is read is written by one after the other: nothing is lost, and nobody tries in vain.', `${POSTGRES}, SELECT … FOR UPDATE`),
  claim('update.lock-released', 'The lock of a program that dies is given to the next in line when its connection ends.', `${POSTGRES}, explicit locking`),
  claim('take.once', 'Workers that skip locked rows never get the same job, and each gets the oldest that is free.', `${POSTGRES}, FOR UPDATE SKIP LOCKED`),
  claim('take.rollback', 'The jobs of a worker that dies are free again when its connection ends.', `${POSTGRES}, transactions`),
  claim('crash.logged', 'What was committed is there after a crash; what was open is rolled back.', `${POSTGRES}, reliability`),
  claim('crash.unlogged', 'A table that isn’t logged is empty after a crash.', `${POSTGRES}, CREATE UNLOGGED TABLE`),
  claim('write.in-doubt', 'When the connection breaks before the answer nobody knows whether the write was done: trying again may do it twice.', `${POSTGRES}, transaction status after a lost connection`),
  claim('connections.max', 'A connection too many is refused; its client tries again later.', `${POSTGRES}, max_connections`),
  claim('busy', 'Statements share the processes of the server: polls that find nothing delay writes.', 'queueing'),
  claim('not.transactions', 'Transactions over several rows, isolation levels, deadlocks, indexes and query plans are not modelled.', POSTGRES, 'not-modelled'),
  claim('not.notify', 'LISTEN and NOTIFY, triggers, change data capture and replication are not modelled.', POSTGRES, 'not-modelled'),
]
