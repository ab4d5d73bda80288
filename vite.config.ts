import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { flowPlugin } from './src/cli/flow-plugin.mjs'
import { machinePlugin } from './src/cli/machine-plugin.mjs'
import { manifestPlugin } from './src/cli/manifest-plugin.mjs'
import { reactPlugin } from './src/cli/react-plugin.mjs'

export default defineConfig({
  // Relative addresses: the build is a folder of static files that works under any path of any host.
  base: './',
  plugins: [react(), machinePlugin(), manifestPlugin(), flowPlugin(), reactPlugin()],
  worker: { format: 'es', plugins: () => [machinePlugin()] },
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 900 },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  // A busy machine is no failure: the limit is for tests that hang.
  test: { testTimeout: 120_000, include: ['src/**/*.test.{ts,tsx}'], environment: 'node', reporters: ['default'] },
})
