// Lets Preact serve React's interface in the built page, a quarter of what would be loaded first (adr 24). The development server keeps React itself,
// for its warnings and its tools; `RELAYGROUND_REACT=react npm run build` builds with it, to tell whose a fault is.
import { join } from 'node:path'

const SERVED_BY = { react: 'preact/compat', 'react-dom': 'preact/compat', 'react-dom/client': 'src/cli/preact-root.mjs', 'react/jsx-runtime': 'preact/jsx-runtime' }

/** @returns {import('vite').Plugin} */
export function reactPlugin() {
  let root = '.'
  return {
    name: 'react-by-preact',
    enforce: 'pre',
    apply: (_, { command }) => command === 'build' && process.env['RELAYGROUND_REACT'] !== 'react',
    configResolved(config) {
      root = config.root
    },
    resolveId(source, importer) {
      const by = SERVED_BY[source]
      if (by === undefined) return null
      return by.startsWith('src/') ? join(root, by) : this.resolve(by, importer, { skipSelf: true })
    },
  }
}
