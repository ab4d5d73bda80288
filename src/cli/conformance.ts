import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** What every recording has, whatever else it says: its player knows. */
interface Recording {
  readonly id: string
  readonly system: string
}
type Player = (recording: unknown) => readonly string[]

/** Players by the `system` of a recording, found beside their families. */
const found = import.meta.glob<{ readonly players: Readonly<Record<string, Player>> }>('../systems/*/conformance/players.ts', { eager: true })
const PLAYERS = new Map<string, Player>(Object.values(found).flatMap(module => Object.entries(module.players)))
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
  const recordings = positionals.length === 0 ? Object.values(carried) : positionals.flatMap(readRecordings)
  const results: Result[] = recordings.map(recording => {
    const player = PLAYERS.get(recording.system)
    return { id: `${recording.system}/${recording.id}`, differences: player ? player(recording) : [`there is no player for the system ${recording.system} yet`] }
  })
  const failed = results.filter(result => result.differences.length > 0)
  if (values.json) console.log(JSON.stringify(results, null, 2))
  else for (const { id, differences } of failed) console.log([`FAIL ${id}`, ...differences.slice(0, SHOWN_MAX).map(line => `  ${line}`), ...(differences.length > SHOWN_MAX ? [`  … and ${differences.length - SHOWN_MAX} more`] : [])].join('\n'))
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
  return failed.length === 0 && results.length > 0 ? 0 : 1
}

function readRecordings(path: string): readonly Recording[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter(name => name.endsWith('.json'))
        .sort()
        .map(name => join(path, name))
    : [path]
  return files.map(file => JSON.parse(readFileSync(file, 'utf8')) as Recording) // the player refuses what it doesn't know
}
