// Runs a TypeScript command of this folder in Node: bundles it with the build tool, so that folders are found by glob and the code is the
// one of production, and calls its main(args).
import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureInstalled } from './install.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const [name, ...args] = process.argv.slice(2)
const commands = ['simulate', 'definitions', 'conformance', 'conformance-record', 'validation', 'chapter', 'soak', 'bench']

if (!commands.includes(name)) {
  console.error(`There is no command "${name ?? ''}": use one of ${commands.join(', ')}.`)
  process.exit(2)
}
ensureInstalled(root)
const { build } = await import('vite')
const { machinePlugin } = await import('./machine-plugin.mjs')
const outDir = join(root, '.cache/cli', name)
await mkdir(outDir, { recursive: true })
// Compressed as production is: constants of other files become numbers, which the hot paths count on.
await build({
  root,
  configFile: false,
  plugins: [machinePlugin()],
  logLevel: 'error',
  publicDir: false,
  build: { ssr: join(root, 'src/cli', `${name}.ts`), outDir, emptyOutDir: true, target: 'node20', sourcemap: 'inline', rollupOptions: { output: { topLevelVar: false, entryFileNames: 'main.mjs', chunkFileNames: '[name].mjs', minify: { compress: true, mangle: false, codegen: false } } } },
})
process.setSourceMapsEnabled(true)
const { main } = await import(pathToFileURL(join(outDir, 'main.mjs')).href)
process.exitCode = await main(args)
