import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { SEED_MAX } from '../topology/document.ts'
import type { Case } from './validation/case.ts'
import { measureCase, PRECISION, type CaseResult, type MeasureOptions } from './validation/measure.ts'
import carried from './validation/queueing.json'
import { caseText, countOf } from './validation/text.ts'

const USAGE = `Compares ordinary topologies with exact results of queueing theory.

  npm run validation [-- FILE] [--precision 0.01] [--seed 1] [--workers 2] [--json]

FILE is a list of cases, each with id, model, params and exact; without one, the carried cases.
--precision is the half-width of each 99 % interval as a share of its mean, before a case is judged.`

interface Options extends MeasureOptions {
  readonly file: string | undefined
  readonly workers: number
  readonly json: boolean
}

/** What a worker thread answers. */
interface Answer {
  readonly result: CaseResult
  readonly wallMs: number
}

export async function main(args: string[]): Promise<number> {
  const options = read(args)
  const cases = typeof options === 'string' ? options : options.file === undefined ? (carried as unknown as readonly Case[]) : readCases(options.file) // the format of the carried file
  if (typeof options === 'string' || typeof cases === 'string') {
    console.error(typeof options === 'string' ? `${options}\n\n${USAGE}` : cases)
    return 2
  }
  if (!options.json) console.log(`Half-width of each 99 % interval: at most ${(options.precision * 100).toPrecision(2)} % of its mean.`)
  const results: CaseResult[] = []
  await measureAll(cases, options, ({ result, wallMs }) => {
    results.push(result)
    if (!options.json) console.log(caseText(result, wallMs))
  })
  const waiting = results.filter(result => result.waiting !== null)
  if (waiting.length > 0 && !options.json) console.log(`Not counted, their parts do not exist yet: ${waiting.map(result => result.id).join(', ')}.`)
  if (options.json) console.log(JSON.stringify(results, null, 2))
  const { passed, failed } = countOf(results)
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

function read(args: string[]): Options | string {
  let parsed
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { precision: { type: 'string', default: String(PRECISION) }, seed: { type: 'string', default: '1' }, workers: { type: 'string', default: String(Math.min(2, availableParallelism())) }, json: { type: 'boolean', default: false } } })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { values, positionals } = parsed
  const [precision, seed, workers] = [Number(values.precision), Number(values.seed), Number(values.workers)]
  if (!(precision > 0 && precision < 1)) return `--precision needs a share such as 0.01; got “${values.precision}”.`
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX)) return `--seed needs a whole number from 0 to ${SEED_MAX}; got “${values.seed}”.`
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= 64)) return `--workers needs a whole number from 1 to 64; got “${values.workers}”.`
  return { file: positionals[0], precision, seed, workers, json: values.json }
}

/** The cases of a file, or the sentence that says why it isn't one. */
function readCases(path: string): readonly Case[] | string {
  try {
    const cases = JSON.parse(readFileSync(path, 'utf8')) as unknown
    const isCase = (one: Partial<Case> | null): boolean => typeof one?.id === 'string' && typeof one.model === 'string' && typeof one.params === 'object' && typeof one.exact === 'object'
    if (Array.isArray(cases) && (cases as (Partial<Case> | null)[]).every(isCase)) return cases as readonly Case[]
    return `${path}: expected a list of cases, each with id, model, params and exact.`
  } catch (error) {
    return `${path} can't be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Cases side by side, each in a thread; told in the order of the file. A case's result depends on the case and the options alone. */
async function measureAll(cases: readonly Case[], options: Options, tell: (answer: Answer) => void): Promise<void> {
  const { precision, seed } = options
  if (options.workers === 1) {
    for (const one of cases) tell(measured(one, { precision, seed }))
    return
  }
  const answers: (Answer | undefined)[] = cases.map(() => undefined)
  let next = 0
  let told = 0
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { validation: true } })
    try {
      while (next < cases.length) {
        const place = next
        next += 1
        answers[place] = await ask(worker, { one: cases[place]!, options: { precision, seed } })
        for (; answers[told]; told += 1) tell(answers[told]!)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(options.workers, cases.length) }, work))
}

interface Question {
  readonly one: Case
  readonly options: MeasureOptions
}

/** A thread that fails takes the whole command with it: its error is thrown by Node. */
function ask(worker: Worker, question: Question): Promise<Answer> {
  return new Promise(resolve => {
    worker.once('message', resolve)
    worker.postMessage(question)
  })
}

function measured(one: Case, options: MeasureOptions): Answer {
  const startMs = performance.now()
  const result = measureCase(one, options)
  return { result, wallMs: performance.now() - startMs }
}

// The same module is the thread's: it answers each case with its result.
if (!isMainThread && (workerData as { validation?: boolean } | null)?.validation === true) {
  parentPort!.on('message', ({ one, options }: Question) => parentPort!.postMessage(measured(one, options)))
}
