import type { Page } from '@playwright/test'
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
// @ts-expect-error -- a script that runs before anything is installed has no types
import { findBrowser as find } from '../../find-browser.mjs'
import { ROOT, WORK } from '../root.ts'
import { threadTimes, type ThreadTimes } from './threads.ts'

const findBrowser = find as () => string | null
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css', woff2: 'font/woff2', svg: 'image/svg+xml' }
const SIZE = { width: 1280, height: 800 }

export interface MeasuredBrowser {
  /** Where the built app is served, and beside it the page of the stage alone. */
  readonly app: string
  readonly stage: string
  /** A page of its own process, with nothing on it yet. */
  page(): Promise<Page>
  times(): ThreadTimes
}

/** Builds the app and the stage's own page, opens a browser without a GPU, lets it be measured and closes everything. */
export async function inMeasuredBrowser<T>(use: (browser: MeasuredBrowser) => Promise<T>): Promise<T | string> {
  const executablePath = findBrowser()
  if (executablePath === null) return 'no Chromium was found (RELAYGROUND_BROWSER names one)'
  if (process.platform !== 'linux') return 'CPU time of single threads is read from /proc, which only Linux has'
  await build()
  const server = createServer((request, response) => {
    const name = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://page').pathname))
    const file = join(WORK, 'stage', name.endsWith('/') ? `${name}index.html` : name)
    readFile(file).then(
      body => response.writeHead(200, { 'content-type': TYPES[file.split('.').at(-1)!] ?? 'application/octet-stream' }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const { chromium } = await import('@playwright/test')
  try {
    const started = await chromium.launchServer({ executablePath, args: ARGUMENTS })
    try {
      const browser = await chromium.connect(started.wsEndpoint())
      return await use({
        app: `${address}app/`,
        stage: `${address}page/`,
        page: async () => (await browser.newContext({ viewport: SIZE })).newPage(),
        times: () => threadTimes(started.process().pid!),
      })
    } finally {
      await started.close()
    }
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0]! : String(error)
  } finally {
    server.close()
  }
}

async function build(): Promise<void> {
  const vite = await import('vite')
  const common = { root: ROOT, logLevel: 'error', base: './' } as const
  await vite.build({ ...common, configFile: join(ROOT, 'vite.config.ts'), build: { outDir: join(WORK, 'stage/app'), emptyOutDir: true, reportCompressedSize: false } })
  await vite.build({ ...common, configFile: false, publicDir: false, root: join(ROOT, 'src/cli/bench/browser'), worker: { format: 'es' }, build: { target: 'es2022', outDir: join(WORK, 'stage/page'), emptyOutDir: true, reportCompressedSize: false, rollupOptions: { input: join(ROOT, 'src/cli/bench/browser/stage-page.html') } } })
}
