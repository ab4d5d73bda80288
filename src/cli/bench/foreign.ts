import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ANCHOR_FOLDER, WORK } from './root.ts'

/** What is not JavaScript: the C anchor, built when a compiler is there, and SimPy, when a Python has it. */
export interface Command {
  readonly command: readonly string[]
  readonly says: string
}

const COMPILERS = ['clang', 'gcc', 'cc']
const FLAGS = ['-O3', '-march=native', '-ffp-contract=off']

/** The command of the anchor, or the sentence that says why there is none. */
export function buildAnchor(): Command | string {
  mkdirSync(WORK, { recursive: true })
  const program = join(WORK, 'anchor')
  const refused: string[] = []
  for (const compiler of COMPILERS) {
    const built = spawnSync(compiler, [...FLAGS, '-o', program, join(ANCHOR_FOLDER, 'contest.c')], { encoding: 'utf8' })
    if (built.status === 0) return { command: [program], says: `${compiler} ${FLAGS.join(' ')}` }
    if (built.error === undefined) refused.push(`${compiler}: ${built.stderr.split('\n')[0]}`)
  }
  return refused.length > 0 ? `it could not be built (${refused.join('; ')})` : `no compiler was found (${COMPILERS.join(', ')})`
}

const PYTHONS = ['python3', '/usr/bin/python3']
/** Module and program, the newest first. */
const SIMPYS = [
  { module: 'simpy', program: 'simpy_contest.py' },
  { module: 'SimPy', program: 'simpy2_contest.py' },
]

/** The command of SimPy 4, 3 or 2, or the sentence that says why there is none. */
export function findSimPy(): Command | string {
  for (const { module, program } of SIMPYS) {
    for (const python of PYTHONS) {
      const asked = spawnSync(python, ['-c', `import ${module}; print(getattr(${module}, '__version__', '4'))`], { encoding: 'utf8' })
      if (asked.status === 0) return { command: [python, join(ANCHOR_FOLDER, program)], says: `SimPy ${asked.stdout.trim()}` }
    }
  }
  return 'no Python with SimPy was found (Debian: apt install python3-simpy)'
}
