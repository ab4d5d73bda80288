import { spawnSync } from 'node:child_process'
import { BUNDLE } from './root.ts'

const TIME_LIMIT_MS = 300_000

/** Runs a task of `child.ts` in a process of its own: its answer, or why there is none. Who asks knows what it answers. */
export function inChild(task: string, ...args: readonly (string | number)[]): unknown {
  const entry = 'const { child } = await import(process.argv[1]); await child(process.argv.slice(2))'
  return answer([process.execPath, '--expose-gc', '--input-type=module', '-e', entry, BUNDLE, task, ...args.map(String)])
}

/** Runs a program whose last line is JSON: that, or the sentence that says why there is none. */
export function answer(command: readonly string[]): unknown {
  const done = spawnSync(command[0]!, command.slice(1), { encoding: 'utf8', timeout: TIME_LIMIT_MS })
  const line = done.stdout?.trim().split('\n').at(-1) ?? ''
  try {
    return JSON.parse(line) as unknown
  } catch {
    const error = (done.stderr ?? '').split('\n').find(one => one.includes('Error'))
    return done.error?.message ?? error ?? `no answer (${done.signal ?? done.status})`
  }
}
