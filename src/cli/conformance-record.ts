import { execSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { compare } from '../systems/amqp/conformance/compare.ts'
import type { Recording, Watched } from '../systems/amqp/conformance/recording.ts'
import { readRecordings } from './read-recordings.ts'
import { connect } from './recording/live-client.ts'
import { emptyHosts, liveBroker } from './recording/live-rabbitmq.ts'
import { Recorder, type RecorderOptions } from './recording/recorder.ts'
import { VirtualHosts } from './recording/virtual-hosts.ts'
import { writeRecording } from './recording/write-recording.ts'

/** The recordings that the repository carries. */
const carried = import.meta.glob<Recording>('../systems/amqp/conformance/recordings/*.json', { eager: true, import: 'default' })
const QUIET_MS = 120
const RESTART_MS_MAX = 60_000
const SHOWN_MAX = 8
/** A script is written down when it comes out alike this often. */
const RUNS = 3
const USAGE = 'conformance:record -- amqp --url amqp://user:password@host:5672 [--mgmt http://user:password@host:15672 | --own-host] [--restart-cmd "…"] [--quiet MS] [--every N] [--write DIR] [--json] [DIR|FILE…]'

const OPTIONS = { url: { type: 'string' }, mgmt: { type: 'string' }, 'own-host': { type: 'boolean', default: false }, 'restart-cmd': { type: 'string' }, quiet: { type: 'string' }, every: { type: 'string' }, write: { type: 'string' }, json: { type: 'boolean', default: false } } as const

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values']

/** Plays recordings against a live broker, and reports where it did something else; or writes down what it did, where it does it every time. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS })
  const [system, ...paths] = positionals
  if (system !== 'amqp' || values.url === undefined) {
    console.error(`Usage: ${USAGE}`)
    return 2
  }
  const own = values['own-host'] ? await ownHost(values.url) : null
  try {
    return await playAll(own?.url ?? values.url, values, paths)
  } finally {
    await own?.delete()
  }
}

/** A virtual host of this command alone, so that nothing that is or was left in another is in the way; null where none can be made. */
async function ownHost(url: string): Promise<{ readonly url: string; delete(): Promise<void> } | null> {
  const broker = await liveBroker()
  if (broker === null) return null
  const host = `relayground-recordings-${process.pid}`
  const own = new URL(url)
  own.pathname = `/${host}`
  await broker.importDefinitions(emptyHosts([host], decodeURIComponent(own.username || 'guest')))
  return { url: own.href, delete: () => broker.deleteHost(host) }
}

async function playAll(url: string, values: Values, paths: readonly string[]): Promise<number> {
  const restartCommand = values['restart-cmd']
  const restart = restartCommand === undefined ? undefined : () => restartBroker(url, restartCommand)
  const hosts = new VirtualHosts(url, values.mgmt)
  const results: { id: string; differences: readonly string[]; watched?: unknown }[] = []
  let skipped = 0
  const every = Number(values.every ?? 1)
  const all = paths.length === 0 ? Object.values(carried) : (paths.flatMap(readRecordings) as readonly Recording[]) // the recorder refuses what it doesn't know
  for (const recording of all.filter((one, index) => one.system === 'amqp' && index % every === 0)) {
    if (!restart && recording.steps.some(step => step.op === 'restartBroker')) {
      skipped += 1
      console.log(`SKIPPED ${recording.id}: it restarts the broker, and there is no --restart-cmd`)
      continue
    }
    if (values.write !== undefined) {
      const differences = await record(recording, hosts, { quietMs: Number(values.quiet ?? QUIET_MS), ...(restart ? { restart } : {}) }, values.write)
      results.push({ id: recording.id, differences })
      if (differences.length > 0) console.log([`NOT WRITTEN ${recording.id}: it comes out in more than one way`, ...differences.slice(0, SHOWN_MAX).map(line => `  ${line}`)].join('\n'))
      continue
    }
    const { differences, watched } = await play(recording, hosts, { quietMs: Number(values.quiet ?? QUIET_MS), ...(restart ? { restart } : {}) })
    results.push({ id: recording.id, differences, ...(values.json ? { watched } : {}) })
    if (!values.json && differences.length > 0) console.log([`FAIL ${recording.id}`, ...differences.slice(0, SHOWN_MAX).map(line => `  ${line}`)].join('\n'))
  }
  const failed = results.filter(result => result.differences.length > 0).length
  if (values.json) console.log(JSON.stringify(results, null, 2))
  console.log(`${results.length - failed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return failed === 0 ? 0 : 1
}

async function play(recording: Recording, hosts: VirtualHosts, options: Omit<RecorderOptions, 'url'>): Promise<{ readonly differences: readonly string[]; readonly watched: Watched | null }> {
  try {
    const url = await hosts.prepare(recording)
    const recorder = new Recorder(recording, { url, ...options })
    const watched = await recorder.record().finally(() => hosts.clear(recording))
    return { differences: compare(recording.observed, watched, recording.steps), watched }
  } catch (error) {
    return { differences: [error instanceof Error ? error.message : String(error)], watched: null }
  }
}

/** Plays a script several times on an empty broker, and writes it down when it came out alike each time. */
async function record(script: Recording, hosts: VirtualHosts, options: Omit<RecorderOptions, 'url'>, folder: string): Promise<readonly string[]> {
  let first: Watched | null = null
  for (let run = 0; run < RUNS; run += 1) {
    const { differences, watched } = await play({ ...script, observed: first ?? {} }, hosts, options)
    if (watched === null) return differences
    if (first !== null && differences.length > 0) return differences
    first ??= watched
  }
  writeRecording(folder, script, first!, await versionOf(hosts.url))
  return []
}

async function versionOf(url: string): Promise<string> {
  const connection = await connect(url)
  const { product, version } = connection.connection.serverProperties
  await connection.close()
  return `${product} ${version}`
}

/** Runs the command and waits until the broker answers again. */
async function restartBroker(url: string, command: string): Promise<void> {
  execSync(command, { stdio: 'ignore' })
  const until = Date.now() + RESTART_MS_MAX
  for (;;) {
    try {
      const probe = await connect(url)
      probe.on('error', () => {})
      return await probe.close()
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise(done => setTimeout(done, 300))
    }
  }
}
