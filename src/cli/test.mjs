// Everything: what CI runs and what a newcomer runs. Ends with "N passed, N failed" over all of it.
import { check } from './check.mjs'
import { endToEnd } from './e2e.mjs'
import { ensureInstalled } from './install.mjs'
import { closingLine, root, runPart, sum } from './tasks.mjs'

ensureInstalled(root)
const results = [await check()]
for (const name of ['conformance', 'validation']) {
  console.log(`— ${name}`)
  results.push(await runPart({ name, command: process.execPath, args: ['src/cli/launch.mjs', name], count: closingLine }))
}
// A short one: `npm run soak` runs the whole hour.
console.log('— memory over time')
results.push(await runPart({ name: 'soak', command: process.execPath, args: ['--expose-gc', 'src/cli/launch.mjs', 'soak', '--until', '30s'], count: closingLine }))
results.push(await endToEnd())
const { passed, failed } = sum(results)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
