import { runTask } from './bench/child.ts'
import { runContest, type Contest } from './bench/contest.ts'
import { contestTargets, contestText } from './bench/contest-report.ts'
import { readOptions, USAGE, type Options } from './bench/options.ts'
import { runBrowser } from './bench/parts/browser.ts'
import { runCommands } from './bench/parts/commands.ts'
import { runFrame } from './bench/parts/frame.ts'
import { runMemory } from './bench/parts/memory.ts'
import { runNodes } from './bench/parts/nodes.ts'
import { runPending } from './bench/parts/pending.ts'
import { runStage } from './bench/parts/stage.ts'
import type { PartReport } from './bench/part-report.ts'
import { table, type Target } from './bench/summary.ts'

/** The contest and its parts, one after the other; the exit code is 0 unless something broke. */
export async function main(args: string[]): Promise<number> {
  const options = readOptions(args)
  if (typeof options === 'string') {
    console.error(`${options}\n\n${USAGE}`)
    return 2
  }
  const say = (line: string): void => console.error(`… ${line}`)
  const show = (text: string): void => void (options.json || console.log(`${text}\n`))
  let contest: Contest | null = null
  if (options.includes('contest')) {
    contest = runContest(options, say)
    show(contestText(contest))
  }
  const reports: PartReport[] = []
  for (const run of parts(options)) {
    const report = await run(options, contest)
    reports.push(report)
    show(`${report.title}\n${report.text}`)
  }
  const targets: Target[] = [...(contest ? contestTargets(contest) : []), ...reports.flatMap(report => report.targets)]
  if (options.json) console.log(JSON.stringify({ contest, parts: reports.map(({ title, data, targets: own }) => ({ title, data, targets: own })), targets }, null, 2))
  else console.log(targetsText(targets))
  return reports.some(report => report.broke !== undefined) || (contest?.suspect.length ?? 0) > 0 ? 1 : 0
}

/** Entry of the child processes. */
export async function child(args: string[]): Promise<void> {
  await runTask(args)
}

function parts(options: Options) {
  return [
    { part: 'pending', run: runPending },
    { part: 'memory', run: runMemory },
    { part: 'nodes', run: runNodes },
    { part: 'frame', run: runFrame },
    { part: 'stage', run: runStage },
    { part: 'commands', run: runCommands },
    { part: 'browser', run: runBrowser },
  ].flatMap(({ part, run }) => (options.includes(part as 'pending') ? [run] : []))
}

function targetsText(targets: readonly Target[]): string {
  const rows = targets.map(({ says, wanted, got, holds }) => [says, wanted, got, holds === null ? 'not judged' : holds ? 'holds' : 'misses'])
  const held = targets.filter(one => one.holds === true).length
  const judged = targets.filter(one => one.holds !== null).length
  return `Targets\n${table(['', 'wanted', 'got', ''], rows)}\n${held} of ${judged} targets hold`
}
