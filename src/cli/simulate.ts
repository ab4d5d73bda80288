import { parseArgs } from 'node:util'
import { createRun, type Run } from '../engine/run.ts'
import { summarize } from '../engine/summary.ts'
import { SEED_MAX } from '../topology/document.ts'
import { catalogue, models } from '../worker/catalogue.ts'
import { readGiven } from './read-topology.ts'
import { summaryText } from './simulate-text.ts'

const USAGE = `Runs a topology without a browser and prints its figures.

  npm run simulate -- FILE|LINK [--until 60s] [--seed 1] [--json]

FILE is a .relay.json file, a file with a link, or a RabbitMQ definitions export.
--until takes ms, s, min or h; the default is 60s. Write -- before the options, as npm wants it.`

const UNITS: Readonly<Record<string, number>> = { ms: 1e6, s: 1e9, min: 60e9, h: 3600e9 }

export async function main(args: string[]): Promise<number> {
  let parsed: ReturnType<typeof options>
  try {
    parsed = options(args)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    return 2
  }
  if (parsed === null) {
    console.log(USAGE)
    return 2
  }
  const kinds = catalogue()
  const given = readGiven(parsed.given)
  for (const problem of given.problems) console.error(`${problem.severity}: ${problem.says}${problem.place === undefined ? '' : ` (${problem.place})`}`)
  if (!given.ok) return 1
  const { journal } = given.value
  const topology = parsed.seed === null ? given.value.topology : { ...given.value.topology, seed: parsed.seed }
  const run = createRun({ topology, catalogue: kinds, models: models(), journal })
  for (const problem of run.problems) console.error(`${problem.severity}: ${problem.says}`)
  const startMs = performance.now()
  advance(run, parsed.untilNs)
  const wallMs = performance.now() - startMs
  const summary = summarize(run)
  if (parsed.json) console.log(JSON.stringify({ ...summary, eventsPerSecond: Math.round((run.events * 1000) / wallMs) }, null, 2))
  else console.log(summaryText(summary, wallMs))
  for (const { says } of run.troubles) console.error(`error: ${says}`)
  if (run.end === 'clock') console.error('The clock reached its end, 2^53 ns (104 days): the run stopped there.')
  if (run.end === 'instant') console.error(`A hundred million events happened at ${run.nowNs / 1e9} s without time passing: the run stopped there. Give one wire of the loop a latency, or its work a duration.`)
  return 0
}

/** In slices, so that a long run can say how far it is. */
function advance(run: Run, untilNs: number): void {
  const stepNs = Math.max(1, Math.floor(untilNs / 20))
  let saidMs = performance.now()
  for (let atNs = stepNs; ; atNs = Math.min(untilNs, atNs + stepNs)) {
    if (run.advance(atNs) === 'ended' || atNs >= untilNs) return
    if (performance.now() - saidMs < 2000) continue
    saidMs = performance.now()
    console.error(`… ${(run.nowNs / 1e9).toFixed(1)} s simulated`)
  }
}

function options(args: string[]): { given: string; untilNs: number; seed: number | null; json: boolean } | null {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { until: { type: 'string', default: '60s' }, seed: { type: 'string' }, json: { type: 'boolean', default: false } } })
  const given = positionals[0]
  if (given === undefined) return null
  const time = /^([\d.]+)(ms|s|min|h)$/.exec(values.until)
  const untilNs = time ? Math.round(Number(time[1]) * UNITS[time[2]!]!) : NaN
  if (!(untilNs > 0)) throw new Error(`--until needs a time such as 500ms, 60s, 5min or 1h; got “${values.until}”.`)
  const seed = values.seed === undefined ? null : Number(values.seed)
  if (seed !== null && !(Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX)) throw new Error(`--seed needs a whole number from 0 to ${SEED_MAX}; got “${values.seed}”.`)
  return { given, untilNs, seed, json: values.json }
}
