import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

/** The layers of the design, enforced: who may import whom, types included; where time, chance and the page may be touched. */
const ROOT = join(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')

/** Folder → folders it may import. Its own is always allowed, except between siblings of systems, behaviours and formats. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  machine: ['kernel'],
  topology: [],
  ui: [],
  messaging: ['kernel', 'machine'],
  contract: ['kernel', 'topology', 'machine/layout'],
  stats: ['kernel', 'contract'],
  systems: ['contract', 'messaging', 'kernel', 'topology', 'machine'],
  behaviours: ['contract', 'messaging', 'kernel', 'topology', 'machine'],
  engine: ['kernel', 'messaging', 'stats', 'topology', 'contract', 'machine'],
  formats: ['topology', 'contract'],
  lint: ['topology', 'contract', 'messaging'],
  lessons: ['topology', 'contract'],
  share: ['formats', 'topology', 'contract'],
  app: ['topology', 'contract', 'formats', 'lessons', 'lint', 'share', 'ui/figure-text', 'worker/api', 'worker/client'],
  canvas: ['app', 'contract', 'topology', 'ui', 'worker/api'],
  stage: ['app', 'contract', 'topology', 'ui'],
  sequence: ['app', 'contract', 'topology', 'ui', 'worker/api'],
  // How a setting's words are meant (the gaps of "bursts") is said in one place.
  inspector: ['app', 'contract', 'topology', 'ui', 'sequence', 'messaging/arrival', 'worker/api'],
  panels: ['app', 'contract', 'topology', 'ui', 'share', 'sequence', 'worker/api'],
  'stage/painter': ['contract/hops', 'contract/glances', 'contract/figures', 'ui/figure-text'],
  'worker/api': ['contract', 'topology'],
  'worker/client': ['worker/api'],
}
/** Composition roots see everything. */
const ROOTS = ['main.tsx', 'worker/main.ts', 'worker/catalogue.ts', 'worker/simulation.ts', 'worker/rerun.ts', 'worker/reruns.ts', 'worker/breathe.ts', 'worker/pacer.ts', 'cli/']
const TOP = ['.ci', '.git', '.gitignore', '.npmrc', '.oxlintrc.json', '.cache', 'LICENSE', 'README.md', 'dist', 'e2e', 'index.html', 'node_modules', 'package-lock.json', 'package.json', 'public', 'src', 'tsconfig.base.json', 'tsconfig.json', 'tsconfig.node.json', 'tsconfig.page.json', 'tsconfig.worker.json', 'vite.config.ts']
const FOLDERS = [...new Set(Object.keys(LAYERS).map(layer => layer.split('/')[0]!)), 'cli', 'adr', 'worker']
/** Packages by the folders that may use them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  react: ['canvas', 'stage', 'inspector', 'panels', 'sequence', 'ui', 'main.tsx'],
  'react-dom': ['main.tsx', 'stage'],
  'radix-ui': ['ui', 'canvas', 'panels', 'inspector', 'sequence'],
  'lucide-react': ['ui', 'canvas', 'panels', 'inspector', 'sequence'],
  '@xyflow/react': ['canvas', 'stage'],
  'd3-selection': ['canvas'],
  zustand: ['app', 'canvas', 'stage', 'inspector', 'panels', 'sequence'],
  comlink: ['worker'],
  uplot: ['panels'],
  cmdk: ['panels'],
  idb: ['app'],
  fflate: ['formats'],
  'jsonc-parser': ['formats'],
  '@dagrejs/dagre': ['formats'],
}
/** Simulated code: no page, no wall clock, no chance of its own, nothing asynchronous. */
const SIMULATED = ['kernel', 'machine', 'topology', 'contract', 'messaging', 'stats', 'systems', 'behaviours', 'engine', 'lint']
const BANNED = ['document', 'window', 'navigator', 'localStorage', 'setTimeout', 'setInterval', 'requestAnimationFrame', 'queueMicrotask', 'fetch', 'performance', 'Date', 'Promise']

interface Source {
  readonly path: string
  readonly text: string
}

/** What is wrong with a file; paths are relative to src. */
function violations(source: Source): string[] {
  const found: string[] = []
  const say = (what: string): void => void found.push(`${source.path}: ${what}`)
  const [folder] = source.path.split('/')
  if (source.path.includes('/') && !FOLDERS.includes(folder!)) say(`folder ${folder} is not in the design`)
  const { program } = parseSync(source.path, source.text)
  const isTest = /\.test\.tsx?$/.test(source.path) || /\/(testing|conformance)\//.test(source.path)
  walk(program, (node, parents) => {
    const specifier = importOf(node)
    if (specifier !== null && !isTest && !ROOTS.some(root => source.path === root || (root.endsWith('/') && source.path.startsWith(root)))) checkImport(source.path, specifier, say)
    if (isTest || !SIMULATED.includes(folder!)) return
    if (node['type'] === 'Identifier' && BANNED.includes(String(node['name'])) && isReference(node, parents)) say(`simulated code may not touch ${String(node['name'])}`)
    if (node['type'] === 'AwaitExpression' || node['async'] === true) say('simulated code runs to completion: no async')
    if (node['type'] === 'MemberExpression' && name(node['object']) === 'Math' && name(node['property']) === 'random') say('simulated code draws from named streams, not Math.random')
  })
  return found
}

function checkImport(path: string, specifier: string, say: (what: string) => void): void {
  const from = layerOf(path)
  if (!specifier.startsWith('.')) {
    const folder = path.split('/')[0]!
    const [entry] = Object.entries(PACKAGES).filter(([one]) => specifier === one || specifier.startsWith(`${one}/`))
    if (specifier.startsWith('@fontsource')) return folder === 'ui' ? undefined : say(`fonts belong in ui`)
    if (!entry) return say(`package ${specifier} is not in the table`)
    return entry[1].includes(folder) ? undefined : say(`${entry[0]} is not for ${folder}`)
  }
  const target = relative(SRC, resolve(SRC, dirname(path), specifier))
  // The client starts the worker by its address.
  if (from === 'worker/client' && target === 'worker/main.ts') return
  const to = layerOf(target)
  if (from === undefined) return
  if (to === undefined) return say(`${from} may not import ${target}`)
  const family = (one: string): string => one.split('/').slice(0, 2).join('/')
  if (['systems', 'behaviours', 'formats'].includes(from) && from === to) return family(path) === family(target) || from === 'formats' ? undefined : say(`${family(path)} may not import its sibling ${family(target)}`)
  if (from === to) return
  // The page's side of the stage knows the painter by its protocol alone.
  if (from === 'stage' && target.startsWith('stage/painter/')) return ['stage/painter/protocol.ts', 'stage/painter/main.ts'].includes(target) ? undefined : say(`the stage may know the painter's protocol only, not ${target}`)
  const allowed = LAYERS[from] ?? []
  const fits = allowed.some(one => target === one || target.startsWith(`${one}/`) || target.startsWith(`${one}.`))
  if (!fits) say(`${from} may not import ${target}`)
}

/** The most specific row of the table for a path. */
function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter(layer => path === layer || path.startsWith(`${layer}/`) || path.startsWith(`${layer}.`))
    .sort((a, b) => b.length - a.length)[0]
}

type Node = Readonly<Record<string, unknown>>

function name(node: unknown): string {
  return String((node as { name?: unknown } | null)?.name ?? '')
}

/** The text of any kind of import: static, re-export, type, dynamic, worker address, glob. */
function importOf(node: Node): string | null {
  const literal = (one: unknown): string | null => {
    const value = (one as { value?: unknown } | null)?.value
    return typeof value === 'string' ? value : null
  }
  switch (node['type']) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return literal(node['source'])
    case 'TSImportType':
      return literal((node['argument'] as { literal?: unknown } | undefined)?.literal ?? node['argument'] ?? node['source'])
    case 'NewExpression':
      return name(node['callee']) === 'URL' ? literal((node['arguments'] as unknown[])[0]) : null
    default:
      return null
  }
}

/** A name that means the global, not a property, a key, a parameter or something declared here. */
function isReference(node: Node, parents: readonly Node[]): boolean {
  const parent = parents.at(-1)
  if (!parent) return true
  if (parent['type'] === 'MemberExpression' && parent['property'] === node && parent['computed'] !== true) return false
  if (['Property', 'PropertyDefinition', 'MethodDefinition', 'TSPropertySignature', 'TSMethodSignature'].includes(String(parent['type'])) && parent['key'] === node) return false
  return !parents.some(one => declares(one, String(node['name'])))
}

function declares(scope: Node, wanted: string): boolean {
  const text = JSON.stringify(scope['params'] ?? scope['declarations'] ?? scope['id'] ?? null)
  return text.includes(`"name":"${wanted}"`) && (scope['type'] !== 'VariableDeclaration' || text.includes(`"id":{"type":"Identifier","start"`))
}

function walk(node: unknown, visit: (node: Node, parents: readonly Node[]) => void, parents: readonly Node[] = []): void {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) return node.forEach(one => walk(one, visit, parents))
  const one = node as Node
  const known = typeof one['type'] === 'string'
  if (known) visit(one, parents)
  const inside = known ? [...parents, one] : parents
  for (const value of Object.values(one)) if (typeof value === 'object') walk(value, visit, inside)
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap(one => {
    const path = join(folder, one)
    return statSync(path).isDirectory() ? files(path) : /\.tsx?$/.test(one) ? [path] : []
  })
}

describe('the architecture', () => {
  it('has only the top-level entries and folders of the design', () => {
    expect(readdirSync(ROOT).filter(entry => !TOP.includes(entry))).toEqual([])
    expect(readdirSync(SRC).filter(entry => statSync(join(SRC, entry)).isDirectory() && !FOLDERS.includes(entry))).toEqual([])
  })

  it('keeps its layers in every file', () => {
    const all = files(SRC)
    expect(all.length).toBeGreaterThan(150)
    expect(all.flatMap(path => violations({ path: relative(SRC, path), text: readFileSync(path, 'utf8') }))).toEqual([])
  })

  it.each([
    ['kernel/x.ts', "import { a } from '../engine/run.ts'", 'kernel may not import'],
    ['kernel/x.ts', "import {\n  a,\n  b,\n} from '../topology/document.ts'", 'kernel may not import'],
    ['contract/x.ts', "import type { Run } from '../engine/run.ts'", 'contract may not import'],
    ['engine/x.ts', "export { system } from '../systems/amqp/model.ts'", 'engine may not import'],
    ['systems/amqp/x.ts', "import { a } from '../websocket/model.ts'", 'its sibling'],
    ['behaviours/producer/x.ts', "const a = import('../consumer/behaviour.ts')", 'its sibling'],
    ['canvas/x.tsx', "import { Chart } from '../panels/Chart.tsx'", 'canvas may not import'],
    ['panels/x.tsx', "import { main } from '../worker/main.ts'", 'panels may not import'],
    ['app/x.ts', "import { useState } from 'react'", 'react is not for app'],
    ['app/x.ts', "import x from 'left-pad'", 'not in the table'],
    ['stage/painter/x.ts', "import { app } from '../../app/current.ts'", 'stage/painter may not import'],
    ['stage/x.ts', "new Worker(new URL('../engine/run.ts', import.meta.url))", 'stage may not import'],
    ['engine/x.ts', 'const t = Date.now()', 'may not touch Date'],
    ['engine/x.ts', 'setTimeout(() => 1, 2)', 'may not touch setTimeout'],
    ['messaging/x.ts', 'const x = Math.random()', 'Math.random'],
    ['stats/x.ts', 'async function f() { await g() }', 'no async'],
    ['utils/x.ts', 'export const a = 1', 'not in the design'],
  ])('%s refuses: %s', (path, text, says) => {
    expect(violations({ path, text }).join('\n')).toContain(says)
  })

  it('lets through what is allowed', () => {
    expect(violations({ path: 'engine/x.ts', text: "import { Digest } from '../kernel/digest.ts'\nconst o = { document: 1 }\nconst d = o.document" })).toEqual([])
  })
})

describe('folders of systems and behaviours', () => {
  const folders = ['systems', 'behaviours'].flatMap(kind => readdirSync(join(SRC, kind)).map(one => `${kind}/${one}`))
  it.each(folders)('%s has a manifest, a model and, for a system, a README', folder => {
    const has = (file: string): boolean => existsSync(join(SRC, folder, file))
    expect(has('manifest.ts')).toBe(true)
    expect(has('model.ts') || has('behaviour.ts')).toBe(true)
    if (folder.startsWith('systems/')) expect(has('README.md')).toBe(true)
  })
})
