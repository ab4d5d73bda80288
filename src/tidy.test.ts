import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

/** The style guide as a test. */
const ROOT = join(import.meta.dirname, '..')
const LINES_MAX = 400
const FUNCTION_LINES_MAX = 70
/** Functions that were longer when the limit came: they may shrink, nothing may join them. */
const LONG_FUNCTIONS: readonly string[] = ['perform in src/systems/amqp/perform.ts', 'performOn in src/systems/amqp/conformance/player.ts', 'fileCommands in src/app/file-commands.ts', 'runCommands in src/app/run-commands.ts', 'documentCommands in src/app/document-commands.ts']
/** Words that must not be left behind. */
const MARKERS = ['TODO', 'FIXME', 'XXX', '.only(', '.skip(', 'debugger', '@ts-ignore', 'as any']

function files(folder: string): string[] {
  return readdirSync(folder).flatMap(one => {
    const path = join(folder, one)
    if (statSync(path).isDirectory()) return one.startsWith('.') ? [] : files(path)
    return /\.(tsx?|mjs|css)$/.test(one) ? [path] : []
  })
}

const all = [...files(join(ROOT, 'src')), ...files(join(ROOT, 'e2e'))]
  .map(path => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
  // This file names what it looks for.
  .filter(file => file.path !== 'src/tidy.test.ts')

/** Names of functions that are too long, with where they are. Test suites (`describe`) and arrow functions without a name are not counted. */
function longFunctions(path: string, text: string): string[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const line = (offset: number): number => starts.findLastIndex(start => start <= offset)
  const found: string[] = []
  const visit = (node: unknown, name: string): void => {
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) return node.forEach(one => visit(one, name))
    const one = node as { type?: string; id?: { name?: string }; key?: { name?: string }; start?: number; end?: number }
    const own = one.id?.name ?? one.key?.name ?? name
    if (['FunctionDeclaration', 'FunctionExpression'].includes(one.type ?? '') && line(one.end ?? 0) - line(one.start ?? 0) + 1 > FUNCTION_LINES_MAX) found.push(`${own} in ${path}`)
    for (const value of Object.values(one)) if (typeof value === 'object') visit(value, own)
  }
  visit(parseSync(path, text).program, '')
  return found
}

describe('the code is tidy', () => {
  it(`no file has more than ${LINES_MAX} lines`, () => {
    expect(all.filter(file => file.text.split('\n').length > LINES_MAX + 1).map(file => file.path)).toEqual([])
  })

  it(`no function joins those with more than ${FUNCTION_LINES_MAX} lines`, () => {
    const long = all.filter(file => !file.path.endsWith('.css')).flatMap(file => longFunctions(file.path, file.text))
    expect(long.filter(one => !LONG_FUNCTIONS.includes(one))).toEqual([])
  })

  it('nothing is left behind', () => {
    expect(all.flatMap(file => MARKERS.filter(marker => file.text.includes(marker)).map(marker => `${marker} in ${file.path}`))).toEqual([])
  })

  it('prints to the console from commands only', () => {
    expect(all.filter(file => file.text.includes('console.log') && !file.path.startsWith('src/cli/')).map(file => file.path)).toEqual([])
  })

  it('exports no defaults but where a tool asks for one', () => {
    const asked = ['e2e/playwright.config.ts']
    expect(all.filter(file => /^export default/m.test(file.text) && !asked.includes(file.path)).map(file => file.path)).toEqual([])
  })

  it('finds what it looks for', () => {
    expect(longFunctions('x.ts', `function f() {\n${'\n'.repeat(FUNCTION_LINES_MAX)}}`)).toEqual(['f in x.ts'])
  })
})
