import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Recordings of a folder, by name, or of one file. */
export function readRecordings(path: string): readonly unknown[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter(name => name.endsWith('.json'))
        .sort()
        .map(name => join(path, name))
    : [path]
  return files.map(file => JSON.parse(readFileSync(file, 'utf8')) as unknown)
}
