import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the committed pictures were taken with: another browser draws letters and edges a little differently. */
export interface Recorder {
  readonly browser: string
  readonly major: number
  readonly platform: string
}

const FILE = join(import.meta.dirname, 'pictures', 'recorded-with.json')

export function recorderOf(browser: string, version: string): Recorder {
  return { browser, major: Number(version.split('.')[0]), platform: `${process.platform} ${process.arch}` }
}

/** Why pictures can't be compared here; null where they can. */
export function whyNotComparable(now: Recorder): string | null {
  if (!existsSync(FILE)) return 'no pictures were recorded yet: npm run e2e -- drawing-language --update-snapshots'
  const then = JSON.parse(readFileSync(FILE, 'utf8')) as Recorder
  const told = ({ browser, major, platform }: Recorder): string => `${browser} ${major} on ${platform}`
  return told(then) === told(now) ? null : `the pictures were taken with ${told(then)}, and this is ${told(now)}`
}

export function noteRecorder(now: Recorder): void {
  writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`)
}
