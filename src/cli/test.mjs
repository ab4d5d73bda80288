// Everything: what CI runs and what a newcomer runs. Ends with "N passed, N failed" over all of it.
import { createConnection } from 'node:net'
import { check } from './check.mjs'
import { endToEnd } from './e2e.mjs'
import { ensureInstalled } from './install.mjs'
import { closingLine, root, runPart, sum } from './tasks.mjs'

ensureInstalled(root)
const results = [await check()]
for (const name of ['conformance', 'validation', 'chapter']) {
  console.log(`— ${name}`)
  results.push(await runPart({ name, command: process.execPath, args: ['src/cli/launch.mjs', name], count: closingLine }))
}
// A short one: `npm run soak` runs the whole hour.
console.log('— memory over time')
results.push(await runPart({ name: 'soak', command: process.execPath, args: ['--expose-gc', 'src/cli/launch.mjs', 'soak', '--until', '2min'], count: closingLine }))
results.push(await againstLiveBroker())
results.push(await endToEnd())
const { passed, failed } = sum(results)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** Plays some of the recordings against a RabbitMQ that answers on the standard port; none there, none played. */
async function againstLiveBroker() {
  console.log('— recordings against a live RabbitMQ')
  if (!(await answers(5672))) {
    console.log('SKIPPED recordings against a live RabbitMQ: nothing answers on 127.0.0.1:5672')
    return { passed: 0, failed: 0 }
  }
  return runPart({ name: 'conformance of a live RabbitMQ', command: process.execPath, args: ['src/cli/launch.mjs', 'conformance-record', 'amqp', '--url', 'amqp://guest:guest@127.0.0.1:5672', '--own-host', '--every', '6'], count: closingLine })
}

function answers(port) {
  return new Promise(done => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.on('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.on('error', () => done(false))
  })
}
