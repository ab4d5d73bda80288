// Compiles the machine's AssemblyScript where it is imported as “…/index.ts?machine”; what was compiled is kept under .cache by the hash of its text.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

const SUFFIX = '?machine'
const OPTIONS = ['--importMemory', '--noExportMemory', '--runtime', 'stub', '-O3', '--converge', '--noAssert']

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
      for (const file of await sources(root)) this.addWatchFile(file)
      return `export default ${JSON.stringify(await compile(root, id.slice(0, -SUFFIX.length)))}`
    },
  }
}

/** @param {string} root */
async function sources(root) {
  const folder = join(root, 'src/machine')
  const inside = join(folder, 'assembly')
  return [join(folder, 'layout.ts'), ...(await readdir(inside)).sort().map(name => join(inside, name))]
}

/** @param {string} root @param {string} entry @returns {Promise<string>} the WebAssembly in base64 */
async function compile(root, entry) {
  const hash = createHash('sha256').update(OPTIONS.join())
  for (const file of await sources(root)) hash.update(file.slice(root.length)).update(await readFile(file))
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
    if (error || !binary) throw new Error(`The machine's code does not compile:\n${stderr.toString()}`)
    await mkdir(dirname(kept), { recursive: true })
    // Two builds at once: each writes its own and the last one stays.
    await writeFile(`${kept}.${process.pid}`, binary)
    await rename(`${kept}.${process.pid}`, kept)
    return Buffer.from(binary).toString('base64')
  }
}
