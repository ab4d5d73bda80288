// Serves all manifests as two modules of plain data: “virtual:kinds” is what the page starts with, “virtual:kind-texts” what only those read who look closely.
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { machinePlugin } from './machine-plugin.mjs'

const KINDS = 'virtual:kinds'
const TEXTS = 'virtual:kind-texts'

/** @returns {import('vite').Plugin} */
export function manifestPlugin() {
  let root = '.'
  return {
    name: 'manifests',
    configResolved(config) {
      root = config.root
    },
    resolveId(source) {
      return source === KINDS || source === TEXTS ? `\0${source}` : null
    },
    async load(id) {
      if (id !== `\0${KINDS}` && id !== `\0${TEXTS}`) return null
      const run = path => runnerImport(join(root, path), { root, configFile: false, logLevel: 'error', plugins: [machinePlugin()] })
      const [made, split] = await Promise.all([run('src/cli/families.ts'), run('src/contract/manifest-texts.ts')])
      for (const file of [...made.dependencies, ...split.dependencies]) this.addWatchFile(join(root, file))
      const { families, texts } = split.module.splitTexts(made.module.families)
      // A string that is parsed: sooner read by the browser than the same as program text.
      const exported = (name, value) => `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))})\n`
      return id === `\0${TEXTS}` ? exported('texts', texts) : exported('families', families) + exported('refusals', made.module.refusals)
    },
  }
}
