// End-to-end tests of the built app in a real browser: builds, finds or installs a browser, runs Playwright.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ensureBrowser, ensureFirefox, findWebKit } from './find-browser.mjs'
import { ensureInstalled } from './install.mjs'
import { bin, playwrightCount, root, runPart, sum } from './tasks.mjs'

/** @param {string[]} args for Playwright */
export async function endToEnd(args = []) {
  console.log('— production build')
  const built = await runPart({ name: 'build', command: bin('vite'), args: ['build', '--logLevel', 'warn'] })
  if (built.failed > 0) return built
  console.log('— end-to-end tests in a real browser')
  const browser = await ensureBrowser(root)
  if (!browser) {
    console.error('No Chromium was found and none could be installed: set RELAYGROUND_BROWSER to one.')
    return sum([built, { passed: 0, failed: 1 }])
  }
  const firefox = ensureFirefox(root)
  const webkit = await findWebKit()
  console.log(`browser: ${browser}`)
  console.log(firefox ? `and the core tests in ${firefox}` : 'SKIPPED in Firefox: none was found and none could be installed; RELAYGROUND_FIREFOX names one.')
  console.log(webkit ? `and the core tests in ${webkit}` : 'SKIPPED in WebKit: Playwright’s is not installed.')
  const picturesOf = drawnWith()
  const isSame = drawsAs(browser) === picturesOf
  if (!isSame) console.log(`SKIPPED pictures of the drawing language: ${picturesOf} drew them, this is ${drawsAs(browser)}, which draws letters and edges otherwise.`)
  const tested = await runPart({ name: 'end-to-end', command: bin('playwright'), args: ['test', '--config', 'e2e/playwright.config.ts', ...args], env: { RELAYGROUND_BROWSER: browser, RELAYGROUND_FIREFOX: firefox ?? '', RELAYGROUND_WEBKIT: webkit ?? '', RELAYGROUND_PICTURES: isSame ? 'compare' : '', RELAYGROUND_PORT: String(await freePort()) }, count: playwrightCount })
  return sum([built, tested])
}

/** What the committed pictures were taken with. */
function drawnWith() {
  const { browser, major, platform } = JSON.parse(readFileSync(join(root, 'e2e/drawing-language/pictures/recorded-with.json'), 'utf8'))
  return `${browser} ${major} on ${platform}`
}

function drawsAs(browser) {
  const version = /(\d+)\.\d+/.exec(execFileSync(browser, ['--version', '--no-sandbox'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  return `chromium ${version?.[1] ?? '?'} on ${process.platform} ${process.arch}`
}

/** So that two runs on one machine don't meet. */
function freePort() {
  return new Promise((done, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  ensureInstalled(root)
  const { passed, failed } = await endToEnd(process.argv.slice(2))
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
