import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built command, which child processes run again. */
export const BUNDLE = join(dirname(fileURLToPath(import.meta.url)), 'main.mjs')
/** The project's folder: the first one up from here with a package.json. */
export const ROOT = up(dirname(BUNDLE))
export const WORK = join(ROOT, '.cache/bench')
export const ANCHOR_FOLDER = join(ROOT, 'src/cli/bench/anchor')

function up(folder: string): string {
  if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder
  return up(dirname(folder))
}
