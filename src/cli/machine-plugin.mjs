// Compiles AssemblyScript where it is imported as “…/index.ts?machine”; what was compiled is kept under .cache by the hash of its text.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'

const SUFFIX = '?machine'
// Vector instructions: every browser since 2023 has them, and where they are missing the machine isn't used.
const OPTIONS = ['--importMemory', '--noExportMemory', '--runtime', 'stub', '-O3', '--converge', '--noAssert', '--enable', 'simd']

/** @returns {import('vite').Plugin} */
export function machinePlugin() {
  let root = '.'
  return {
    name: 'machine',
    enforce: 'pre',
    configResolved(config) {
      root = config.root
    },
    async resolveId(source, importer) {
      return source.endsWith(SUFFIX) && importer ? resolve(dirname(importer), source) : null
    },
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null
      const entry = id.slice(0, -SUFFIX.length)
      const sources = await sourcesOf(entry)
      for (const file of sources.keys()) this.addWatchFile(file)
      return `export default ${JSON.stringify(await compile(root, entry, sources))}`
    },
  }
}

/** @param {string} entry @returns {Promise<Map<string, string>>} text by file: the entry and all that it imports, in the order of the imports */
async function sourcesOf(entry) {
  /** @type {Map<string, string>} */
  const sources = new Map()
  const waiting = [entry]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sources.has(file)) continue
    const text = await readFile(file, 'utf8')
    sources.set(file, text)
    for (const [, imported] of text.matchAll(/^(?:import|export)\b[^'"]*\bfrom\s*['"](\.[^'"]+)['"]/gm)) waiting.push(`${resolve(dirname(file), imported)}.ts`)
  }
  return sources
}

/** @param {string} root @param {string} entry @param {Map<string, string>} sources @returns {Promise<string>} the WebAssembly in base64 */
async function compile(root, entry, sources) {
  const hash = createHash('sha256').update(OPTIONS.join())
  for (const [file, text] of sources) hash.update(relative(root, file)).update(text)
  const kept = join(root, '.cache/machine', `${hash.digest('hex').slice(0, 24)}.wasm`)
  try {
    return (await readFile(kept)).toString('base64')
  } catch {
    const { default: asc } = await import('assemblyscript/asc')
    /** @type {Uint8Array | null} */
    let binary = null
    const { error, stderr } = await asc.main([entry, ...OPTIONS, '--outFile', 'machine.wasm', '--baseDir', root], {
      writeFile(_name, contents) {
        if (typeof contents !== 'string') binary = contents
      },
    })
    if (error || !binary) throw new Error(`${relative(root, entry)} does not compile:\n${stderr.toString()}`)
    await mkdir(dirname(kept), { recursive: true })
    // Two builds at once: each writes its own and the last one stays.
    await writeFile(`${kept}.${process.pid}`, binary)
    await rename(`${kept}.${process.pid}`, kept)
    return Buffer.from(binary).toString('base64')
  }
}
