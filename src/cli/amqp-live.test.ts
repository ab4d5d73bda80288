import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare } from '../systems/amqp/conformance/compare.ts'
import { Player } from '../systems/amqp/conformance/player.ts'
import { Recorder } from './recording/recorder.ts'
import { VirtualHosts } from './recording/virtual-hosts.ts'
import { emptyHosts, liveBroker } from './recording/live-rabbitmq.ts'
import { randomScript, THEMES } from './testing/random-amqp.ts'

/**
 * The model against a real RabbitMQ: random scripts, played on both, must come out alike. Runs where one answers on this machine and its virtual
 * hosts can be made; `AMQP_SCRIPTS=100` looks further, `AMQP_FIRST` elsewhere, `AMQP_THEMES=quorum,limits` at some only.
 */
const SCRIPTS = Number(process.env['AMQP_SCRIPTS'] ?? 1)
const FIRST = Number(process.env['AMQP_FIRST'] ?? 1)
const WANTED = process.env['AMQP_THEMES']?.split(',') ?? []
const KEEP = process.env['AMQP_KEEP']
const QUIET_MS = 60
const PATIENCE_MS = 120_000

const broker = await liveBroker()
if (broker === null) console.info('The model is not compared with a live RabbitMQ: none answers here.')
/** As many as play at one time. */
const hosts = Array.from({ length: 5 }, (_, n) => `relayground-random-${process.pid}-${n}`)
const free = [...hosts]

describe.runIf(broker !== null)('the model and a live RabbitMQ', () => {
  beforeAll(() => broker!.importDefinitions(emptyHosts(hosts)), PATIENCE_MS)
  afterAll(async () => {
    for (const host of hosts) await broker!.deleteHost(host)
  }, PATIENCE_MS)

  const scripts = THEMES.filter(theme => WANTED.length === 0 || WANTED.includes(theme)).flatMap(theme => Array.from({ length: SCRIPTS }, (_, n) => [theme, FIRST + n] as const))
  it.concurrent.each(scripts)('script %s %i comes out alike', async (theme, seed) => {
    const recording = randomScript(seed, theme)
    const host = free.pop()!
    const url = `amqp://guest:guest@127.0.0.1:5672/${host}`
    const own = new VirtualHosts(url, undefined)
    try {
      await own.prepare(recording)
      const live = await new Recorder(recording, { url, quietMs: QUIET_MS }).record()
      if (KEEP) writeFileSync(`${KEEP}/${recording.id}.json`, JSON.stringify({ ...recording, observed: live }, null, 1))
      expect(compare(live, new Player(recording, 0).play(), recording.steps)).toEqual([])
    } finally {
      await own.clear(recording)
      free.push(host)
    }
  }, PATIENCE_MS)
})
