import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLAIMS } from './claims.ts'
import type { Recording } from './conformance/recording.ts'

/** The table of claims in README.md is made of the claims and the recordings: `WRITE_README=1 npx vitest run src/systems/amqp/readme` writes it. */
const README = join(import.meta.dirname, 'README.md')
const BEGIN = '<!-- claims: made by readme.test.ts -->'
const END = '<!-- end of claims -->'
const FOLDER = join(import.meta.dirname, 'conformance/recordings')
const recordings = readdirSync(FOLDER).map(name => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Recording)

function table(): string {
  const rows = CLAIMS.filter(claim => claim.proof !== 'not-modelled').map(({ id, says, proof }) => `| \`${id}\` | ${says.replaceAll('|', '\\|')} | ${proof === 'unit' ? 'unit test' : showing(id).join(', ')} |`)
  const left = CLAIMS.filter(claim => claim.proof === 'not-modelled').map(({ id, says }) => `| \`${id}\` | ${says} |`)
  return ['| claim | says | shown by |', '|---|---|---|', ...rows, '', '## Not modelled', '', '| claim | what |', '|---|---|', ...left].join('\n')
}

function showing(id: string): string[] {
  return recordings.filter(recording => recording.rules.some(rule => `amqp.${rule}` === id)).map(recording => recording.id)
}

/** Names of all tests of this folder and of the command line. */
function testTexts(): string {
  const folders = [import.meta.dirname, join(import.meta.dirname, '../../cli')]
  return folders.flatMap(folder => readdirSync(folder).filter(name => name.endsWith('.test.ts')).map(name => readFileSync(join(folder, name), 'utf8'))).join('\n')
}

describe('claims', () => {
  it('each rule that a recording shows is a claim, and each recorded claim has a recording', () => {
    const rules = new Set(recordings.flatMap(recording => recording.rules.map(rule => `amqp.${rule}`)))
    expect([...rules].filter(rule => !CLAIMS.some(claim => claim.id === rule))).toEqual([])
    expect(CLAIMS.filter(claim => claim.proof === 'recording' && !rules.has(claim.id)).map(claim => claim.id)).toEqual([])
  })

  it('each tested claim has a test that begins with its id', () => {
    const texts = testTexts()
    expect(CLAIMS.filter(claim => claim.proof === 'unit' && !texts.includes(`'${claim.id}: `)).map(claim => claim.id)).toEqual([])
  })

  it('the readme has the table of claims', () => {
    const text = readFileSync(README, 'utf8')
    const wanted = `${text.slice(0, text.indexOf(BEGIN) + BEGIN.length)}\n${table()}\n${text.slice(text.indexOf(END))}`
    if (process.env['WRITE_README']) writeFileSync(README, wanted)
    else expect(text).toBe(wanted)
  })
})
