// The quick part: types, lint, unit tests, architecture. Under a minute.
import { ensureInstalled } from './install.mjs'
import { bin, root, runPart, sum, vitestCount } from './tasks.mjs'

export async function check() {
  console.log('— types, lint, size, unit and architecture tests')
  const results = await Promise.all([
    runPart({ name: 'types', command: bin('tsc'), args: ['--build', '--noEmit'], quiet: true }),
    runPart({ name: 'lint', command: bin('oxlint'), args: ['--type-aware', '--deny-warnings'], quiet: true }),
    runPart({ name: 'size of the first load', command: process.execPath, args: ['src/cli/size.mjs'] }),
    runPart({ name: 'unit and architecture tests', command: bin('vitest'), args: ['run'], count: vitestCount, quiet: true }),
  ])
  return sum(results)
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  ensureInstalled(root)
  const { passed, failed } = await check()
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
