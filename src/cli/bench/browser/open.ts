import type { Page } from '@playwright/test'
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { AddressInfo } from 'node:net'
// @ts-expect-error -- a script that runs before anything is installed has no types
import { findBrowser as find } from '../../find-browser.mjs'
import { ROOT, WORK } from '../root.ts'

const findBrowser = find as () => string | null
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']
const SCRIPTS = ['contest-page', 'contest-worker', 'frame-page', 'frame-worker', 'commands-page', 'commands-worker']

/** Opens a page with one of the scripts in headless Chromium, lets it be used, and closes everything; or says why that can't be. */
export async function inBrowser<T>(script: string, use: (page: Page) => Promise<T>): Promise<T | string> {
  const executablePath = findBrowser()
  if (executablePath === null) return 'no Chromium was found (RELAYGROUND_BROWSER names one)'
  const folder = join(WORK, 'browser')
  await bundle(folder)
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '/')
    // Isolated pages have a clock of microseconds.
    const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
    if (name === '') return void response.writeHead(200, { 'content-type': 'text/html', ...isolated }).end(`<!doctype html><script type="module" src="./${script}.js"></script>`)
    readFile(join(folder, name)).then(
      text => response.writeHead(200, { 'content-type': 'text/javascript', ...isolated }).end(text),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { chromium } = await import('@playwright/test')
  try {
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS })
    try {
      const page = await browser.newPage()
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      return await use(page)
    } finally {
      await browser.close()
    }
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0]! : String(error)
  } finally {
    server.close()
  }
}

let bundled = false

/** As the app is built, so that what is measured is what people get. */
async function bundle(folder: string): Promise<void> {
  if (bundled) return
  bundled = true
  const { build } = await import('vite')
  const { machinePlugin } = await import('../../machine-plugin.mjs')
  const input = Object.fromEntries(SCRIPTS.map(name => [name, join(ROOT, 'src/cli/bench/browser', `${name}.ts`)]))
  await build({
    root: ROOT,
    configFile: false,
    plugins: [machinePlugin()],
    worker: { format: 'es', plugins: () => [machinePlugin()] },
    logLevel: 'error',
    publicDir: false,
    base: './',
    build: { target: 'es2022', outDir: folder, emptyOutDir: true, modulePreload: false, rollupOptions: { input, preserveEntrySignatures: false, output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } } },
  })
}
