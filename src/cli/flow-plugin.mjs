// Builds React Flow without what the page has no use for. Of d3, which its camera uses a corner of, the small stand-ins of src/canvas/d3 come along.
// (The development server bundles packages by itself, without this: there React Flow has the whole of d3.)
import { join } from 'node:path'

const STAND_INS = { 'd3-transition': 'src/canvas/d3/transition.ts', 'd3-interpolate': 'src/canvas/d3/interpolate.ts' }
/** Names for developer tools hold components that nobody uses; so do calls of which the bundler can't know that they only wrap. */
const DISPLAY_NAME = /^\w+\.displayName = '\w+';$/gm
const WRAPPING = /^(const \w+ = )((?:memo|forwardRef|fixedForwardRef|createContext)\()/gm

/** @returns {import('vite').Plugin} */
export function flowPlugin() {
  let root = '.'
  return {
    name: 'flow',
    enforce: 'pre',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    resolveId(source) {
      return source in STAND_INS ? join(root, STAND_INS[source]) : null
    },
    transform(code, id) {
      if (!/@xyflow\/react\/.*\.js$/.test(id)) return null
      return { code: code.replace(DISPLAY_NAME, '').replace(WRAPPING, '$1/* @__PURE__ */ $2'), map: null }
    },
  }
}
