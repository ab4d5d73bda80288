import { parseArgs } from 'node:util'
import { readRecordings } from './read-recordings.ts'

/** What every recording has; the rest is its system's. */
interface Recording {
  readonly id: string
  readonly system: string
}
type Player = (recording: unknown) => readonly string[]

/** Players by the `system` of a recording: each family brings its own. */
const found = import.meta.glob<{ readonly players: Readonly<Record<string, Player>> }>('../systems/*/conformance/players.ts', { eager: true })
const PLAYERS: Readonly<Record<string, Player | undefined>> = Object.assign({}, ...Object.values(found).map(module => module.players))
/** The recordings that the repository carries, beside their family. */
const carried = import.meta.glob<Recording>('../systems/*/conformance/recordings/*.json', { eager: true, import: 'default' })
const SHOWN_MAX = 8

interface Result {
  readonly id: string
  readonly differences: readonly string[]
}

/** Replays recordings of real brokers through the models. With no argument, the carried ones. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean', default: false } } })
  const recordings = positionals.length === 0 ? Object.values(carried) : (positionals.flatMap(readRecordings) as readonly Recording[]) // the player refuses what it doesn't know
  const results: Result[] = recordings.map(recording => {
    const player = PLAYERS[recording.system]
    return { id: `${recording.system}/${recording.id}`, differences: player ? player(recording) : [`there is no player for the system ${recording.system} yet`] }
  })
  const failed = results.filter(result => result.differences.length > 0)
  if (values.json) console.log(JSON.stringify(results, null, 2))
  else for (const { id, differences } of failed) console.log([`FAIL ${id}`, ...differences.slice(0, SHOWN_MAX).map(line => `  ${line}`), ...(differences.length > SHOWN_MAX ? [`  … and ${differences.length - SHOWN_MAX} more`] : [])].join('\n'))
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
  return failed.length === 0 && results.length > 0 ? 0 : 1
}
