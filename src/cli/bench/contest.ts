import { ANCHOR, CONTESTANTS, ENGINE, KERNEL, SIMPY, type Contestant } from './contestants.ts'
import { waitsFor } from './contestants/engine.ts'
import { buildAnchor, findSimPy, type Command } from './foreign.ts'
import type { Cost } from './measure.ts'
import type { Options } from './options.ts'
import { answer, inChild } from './processes.ts'
import { median } from './summary.ts'
import { suspicion, type Outcome, type Workload } from './workload.ts'

export type Result = Outcome & Pick<Cost, 'userSeconds'> & Partial<Cost> & { readonly version?: string }

export interface Row {
  readonly contestant: string
  readonly workload: Workload
  /** By round; null where it failed. */
  readonly results: readonly (Result | null)[]
}

export interface Contest {
  readonly rows: readonly Row[]
  /** Who did not run, or not everywhere, and why. */
  readonly absent: readonly string[]
  readonly suspect: readonly string[]
  readonly versions: readonly string[]
}

/** Rounds are interleaved: each runs every contestant once on every workload, so that whatever else the machine does hits all alike. */
export function runContest(options: Options, say: (line: string) => void): Contest {
  const absent: string[] = []
  const suspect: string[] = []
  const commands = foreignCommands(options, absent)
  const rows: { contestant: string; workload: Workload; results: (Result | null)[] }[] = []
  for (const workload of options.workloads) {
    for (const contestant of CONTESTANTS) {
      if (!options.takesPart(contestant.name) || contestant.messages[workload] === undefined) continue
      if (contestant.start.by !== 'node' && !commands.has(contestant.name)) continue
      const waiting = contestant.name === ENGINE ? waitsFor(workload) : null
      if (waiting !== null) absent.push(`${contestant.name} on ${workload} waits for ${waiting}`)
      else rows.push({ contestant: contestant.name, workload, results: [] })
    }
  }
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const row of rows) {
      const contestant = CONTESTANTS.find(one => one.name === row.contestant)!
      const result = runOne(contestant, row.workload, round, options, commands)
      if (typeof result === 'string') absent.push(`${row.contestant} on ${row.workload}, round ${round}: ${result}`)
      else {
        // smqp fills one consumer after the other: its mean differs by design.
        const off = row.contestant === 'smqp' ? null : suspicion(row.workload, result)
        if (off !== null) suspect.push(`SUSPECT ${row.contestant} on ${row.workload}, round ${round}: ${off}`)
      }
      row.results.push(typeof result === 'string' ? null : result)
    }
    say(`round ${round} of ${options.rounds}`)
  }
  return { rows, absent, suspect, versions: [...commands].map(([name, command]) => `${name}: ${command.says}`) }
}

function foreignCommands(options: Options, absent: string[]): ReadonlyMap<string, Command> {
  const commands = new Map<string, Command>()
  for (const [name, find] of [[ANCHOR, buildAnchor], [SIMPY, findSimPy]] as const) {
    if (!options.takesPart(name)) continue
    const command = find()
    if (typeof command === 'string') absent.push(`${name} did not run: ${command}`)
    else commands.set(name, command)
  }
  return commands
}

function runOne(contestant: Contestant, workload: Workload, round: number, options: Options, commands: ReadonlyMap<string, Command>): Result | string {
  const messages = Math.max(1000, Math.round(contestant.messages[workload]! * options.scale))
  const command = commands.get(contestant.name)
  const answered = command ? answer([...command.command, workload, String(messages), String(round)]) : inChild('contest', contestant.name, workload, messages, round)
  return answered as Result | string
}

/** Messages per second of user CPU, by round. */
export function rates(row: Row): number[] {
  return row.results.flatMap(result => (result === null ? [] : [result.messages / result.userSeconds]))
}

export function rowOf(contest: Contest, contestant: string, workload: Workload): Row | undefined {
  return contest.rows.find(row => row.contestant === contestant && row.workload === workload)
}

/** Median of the ratios of the rounds in which both ran. */
export function ratio(contest: Contest, workload: Workload, contestant: string, base: string): number {
  const a = rowOf(contest, contestant, workload)
  const b = rowOf(contest, base, workload)
  if (!a || !b) return NaN
  const ratios = a.results.flatMap((result, round) => {
    const other = b.results[round]
    return result === null || !other ? [] : [result.messages / result.userSeconds / (other.messages / other.userSeconds)]
  })
  return median(ratios)
}

/** Collections of garbage in a timed run of ours, in the worst workload. Growth and compilation cause a few, however many messages there are. */
export function collections(contest: Contest): number {
  const ours = contest.rows.filter(row => row.contestant === KERNEL || row.contestant === ENGINE)
  return ours.length === 0 ? NaN : Math.max(...ours.map(row => median(row.results.flatMap(result => (result === null ? [] : [result.collections ?? 0])))))
}
