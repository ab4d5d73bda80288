// Installs what is missing, builds the app, serves it on localhost and prints the address. Needs no other service.
import { createServer } from 'node:net'
import { ensureInstalled } from './install.mjs'
import { root } from './tasks.mjs'

const PORT_FIRST = 4173

ensureInstalled(root)
const { build, preview } = await import('vite')
console.log('Building …')
await build({ root, logLevel: 'error' })
const port = await freePort(PORT_FIRST)
const server = await preview({ root, preview: { port, host: '127.0.0.1', strictPort: true } })
console.log(`\nRelayground runs at ${server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${port}/`}\nPress Ctrl-C to stop.`)

function freePort(from) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () => (from < PORT_FIRST + 100 ? resolve(freePort(from + 1)) : reject(new Error('no free port from 4173 to 4273'))))
    probe.once('listening', () => probe.close(() => resolve(from)))
    probe.listen(from, '127.0.0.1')
  })
}
