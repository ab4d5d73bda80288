import { parseArgs } from 'node:util'
import { CONTESTANTS } from './contestants.ts'
import { WORKLOADS, type Workload } from './workload.ts'

export const PARTS = ['contest', 'pending', 'memory', 'nodes', 'frame', 'commands', 'stage', 'browser'] as const
export type Part = (typeof PARTS)[number]

export interface Options {
  readonly rounds: number
  readonly scale: number
  readonly workloads: readonly Workload[]
  readonly json: boolean
  includes(part: Part): boolean
  takesPart(contestant: string): boolean
}

export const USAGE = `How fast the simulation is, as ratios to what else there is, measured side by side.

  npm run bench -- [--only NAME,NAME …] [--workloads W1,W4] [--rounds 5] [--scale 1] [--json]

Parts: ${PARTS.join(', ')}. Contestants: ${CONTESTANTS.map(one => one.name).join(', ')}.
--only takes parts and contestants; a contestant alone means the contest. Write -- before the options, as npm wants it.`

/** The options, or the sentence that says what is wrong with them. */
export function readOptions(args: string[]): Options | string {
  let values: { rounds: string; scale: string; workloads: string; only?: string; json: boolean }
  try {
    values = parseArgs({ args, options: { rounds: { type: 'string', default: '5' }, scale: { type: 'string', default: '1' }, workloads: { type: 'string', default: WORKLOADS.join(',') }, only: { type: 'string' }, json: { type: 'boolean', default: false } } }).values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const only = values.only?.split(',') ?? []
  const contestants = CONTESTANTS.map(one => one.name)
  const unknown = only.find(name => !contestants.includes(name) && !(PARTS as readonly string[]).includes(name))
  if (unknown !== undefined) return `--only does not know “${unknown}”.`
  const workloads = values.workloads.split(',')
  const strange = workloads.find(one => !(WORKLOADS as readonly string[]).includes(one))
  if (strange !== undefined) return `--workloads does not know “${strange}”.`
  const rounds = Number(values.rounds)
  const scale = Number(values.scale)
  if (!Number.isInteger(rounds) || rounds < 1) return `--rounds needs a whole number from 1; got “${values.rounds}”.`
  if (!(scale > 0)) return `--scale needs a number above 0; got “${values.scale}”.`
  const chosen = contestants.filter(name => only.includes(name))
  return {
    rounds,
    scale,
    workloads: workloads as Workload[],
    json: values.json,
    includes: (part: Part) => only.length === 0 || only.includes(part) || (part === 'contest' && chosen.length > 0),
    takesPart: (name: string) => chosen.length === 0 || chosen.includes(name),
  }
}
