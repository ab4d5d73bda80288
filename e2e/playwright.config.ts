import { defineConfig } from '@playwright/test'

const PORT = 4387

export default defineConfig({
  testDir: '.',
  outputDir: './.results',
  // Beside the spec that compares them; which browser drew them is written there too.
  snapshotPathTemplate: '{testDir}/drawing-language/pictures/{arg}{ext}',
  // Pictures of the README are made on demand: they assert nothing.
  testIgnore: process.env['PICTURES'] === '1' ? [] : ['pictures.spec.ts'],
  retries: 0,
  workers: 1,
  // A busy machine is no failure: the limits are for tests that hang.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(process.env['RELAYGROUND_BROWSER'] ? { executablePath: process.env['RELAYGROUND_BROWSER'] } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
    },
  },
  webServer: { command: `npx vite preview --port ${PORT} --strictPort --host 127.0.0.1`, cwd: '..', url: `http://127.0.0.1:${PORT}/`, reuseExistingServer: false, timeout: 60_000 },
})
