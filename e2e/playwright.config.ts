import { defineConfig, type Project } from '@playwright/test'
import { join } from 'node:path'

/** e2e.mjs finds one that nobody has. */
const PORT = Number(process.env['RELAYGROUND_PORT'] ?? 4387)
const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']

/** What a person does first and most: the same in every engine that is there. */
const CORE = ['first-visit', 'build-by-hand', 'editing', 'faults', 'keyboard', 'digests', 'links-and-files', 'views'].map(name => `${name}.spec.ts`)

const projects: Project[] = [
  { name: 'chromium', use: { browserName: 'chromium', launchOptions: { ...(process.env['RELAYGROUND_BROWSER'] ? { executablePath: process.env['RELAYGROUND_BROWSER'] } : {}), args: CHROMIUM_ARGS } } },
  // Through a bridge, since the driver is ahead of Debian's Firefox: see firefox.mjs.
  { name: 'firefox', testMatch: CORE, use: { browserName: 'firefox', channel: 'moz-firefox', launchOptions: { executablePath: join(import.meta.dirname, 'firefox.mjs'), firefoxUserPrefs: { 'focusmanager.testmode': true } } } },
  { name: 'webkit', testMatch: CORE, use: { browserName: 'webkit' } },
]

export default defineConfig({
  testDir: '.',
  outputDir: './.results',
  // Beside the spec that compares them; which browser drew them is written there too.
  snapshotPathTemplate: '{testDir}/drawing-language/pictures/{arg}{ext}',
  // Those of the README assert nothing: on demand, with PICTURES=1. Those of the drawing language are compared where the browser is the one that drew them.
  testIgnore: process.env['PICTURES'] === '1' ? [] : process.env['RELAYGROUND_PICTURES'] === 'compare' ? ['pictures.spec.ts'] : ['pictures.spec.ts', 'drawing-language.spec.ts'],
  retries: 0,
  workers: 1,
  // A busy machine is no failure: the limits are for tests that hang.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    viewport: { width: 1440, height: 900 },
  },
  projects: projects.filter(({ name }) => name === 'chromium' || process.env[`RELAYGROUND_${name!.toUpperCase()}`]),
  webServer: { command: `npx vite preview --port ${PORT} --strictPort --host 127.0.0.1`, cwd: '..', url: `http://127.0.0.1:${PORT}/`, reuseExistingServer: false, timeout: 60_000 },
})
