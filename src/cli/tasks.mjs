// Runs the parts of a test command one after the other or side by side, shows progress, and adds up what passed and failed.
import { spawn } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/**
 * A part: a command of the project's own tools. `count` tells how many passed and failed from its output; without it the part is one check.
 * @typedef {{ name: string, command: string, args: string[], count?: (output: string) => { passed: number, failed: number } | null, env?: Record<string, string>, quiet?: boolean }} Part
 */

/** @param {Part} part */
export function runPart(part) {
  const startMs = Date.now()
  return new Promise(done => {
    const child = spawn(part.command, part.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...part.env } })
    let output = ''
    const take = chunk => {
      output += chunk
      if (!part.quiet) process.stdout.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', error => take(`${error.message}\n`))
    child.on('close', code => {
      const counted = part.count?.(output) ?? null
      const result = counted ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
      // A part that ends badly has failed, whatever it counted; one that counted nothing has not run.
      if (code !== 0 && result.failed === 0) result.failed = 1
      if (result.passed + result.failed === 0) result.failed = 1
      if (part.quiet && result.failed > 0) process.stdout.write(output)
      console.log(`${result.failed === 0 ? 'ok  ' : 'FAIL'} ${part.name}: ${result.passed} passed, ${result.failed} failed (${((Date.now() - startMs) / 1000).toFixed(1)} s)`)
      done(result)
    })
  })
}

export function sum(results) {
  return results.reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }), { passed: 0, failed: 0 })
}

/** The project's own closing line, "N passed, N failed", wherever it stands last. */
export function closingLine(output) {
  const all = [...output.matchAll(/^(\d+) passed, (\d+) failed\b.*$/gm)]
  const last = all.at(-1)
  return last ? { passed: Number(last[1]), failed: Number(last[2]) } : null
}

/** Vitest: "Tests  2 failed | 48 passed (50)", and a file that could not be read counts as failed. */
export function vitestCount(output) {
  const tests = /^\s*Tests\s+(.*)$/m.exec(output)
  if (!tests) return null
  const files = /^\s*Test Files\s+(.*)$/m.exec(output)
  const number = (text, what) => Number(new RegExp(`(\\d+) ${what}`).exec(text ?? '')?.[1] ?? 0)
  return { passed: number(tests[1], 'passed'), failed: Math.max(number(tests[1], 'failed'), number(files?.[1], 'failed')) }
}

/** Playwright's list: "  3 failed", "  12 passed (40s)"; flaky and interrupted ones count as failed. */
export function playwrightCount(output) {
  const number = what => Number(new RegExp(`^\\s+(\\d+) ${what}`, 'm').exec(output)?.[1] ?? 0)
  const passed = number('passed')
  const failed = number('failed') + number('flaky') + number('interrupted') + number('did not run')
  return passed + failed === 0 ? null : { passed, failed }
}

export function bin(name) {
  return resolve(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name)
}
