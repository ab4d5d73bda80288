import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Player } from '../systems/zeromq/conformance/player.ts'
import type { Recording, Watched } from '../systems/zeromq/conformance/recording.ts'
import { liveZeromq } from './testing/live-zeromq.ts'
import { randomScript, THEMES } from './testing/random-zeromq.ts'

/**
 * The model against the real libzmq: random scripts, played on both, must come out alike. Runs where a Python here can `import zmq`;
 * `ZEROMQ_SCRIPTS=100` looks further, `ZEROMQ_FIRST` elsewhere, `ZEROMQ_THEMES=pubsub,marks` at some only, `ZEROMQ_KEEP` names a folder for the scripts.
 */
const SCRIPTS = Number(process.env['ZEROMQ_SCRIPTS'] ?? 2)
const FIRST = Number(process.env['ZEROMQ_FIRST'] ?? 1)
const WANTED = process.env['ZEROMQ_THEMES']?.split(',') ?? []
const KEEP = process.env['ZEROMQ_KEEP']
const SETTLE_MS = 350
const PATIENCE_MS = 120_000

const library = await liveZeromq()
if (library === null) console.info('The model is not compared with a live libzmq: no Python here can import zmq.')

function comparable(script: Recording, { replies, deliveries }: Watched): Watched {
  const sorted = Object.entries(deliveries).map(([name, list]) => [name, script.unordered?.includes(name) ? list.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) : list])
  return { replies, deliveries: Object.fromEntries(sorted) as Watched['deliveries'] }
}

describe.runIf(library !== null)(`the model and libzmq ${library?.version ?? ''}`, () => {
  const scripts = THEMES.filter(theme => WANTED.length === 0 || WANTED.includes(theme)).flatMap(theme => Array.from({ length: SCRIPTS }, (_, n) => randomScript(FIRST + n, theme)))
  let played: ReturnType<NonNullable<typeof library>['play']> | undefined

  it.each(scripts.map((script, index) => [script.id, script, index] as const))('%s comes out alike', async (_, script, index) => {
    // They all play at one time, on sockets of their own: most of it is waiting.
    played ??= library!.play(scripts)
    const live = (await played)[index]
    if (KEEP) writeFileSync(`${KEEP}/${script.id}.json`, JSON.stringify({ ...script, observed: live }, null, 1))
    if ('failed' in live!) throw new Error(live.failed)
    expect(comparable(script, new Player(script, SETTLE_MS).play())).toEqual(comparable(script, live!))
  }, PATIENCE_MS)
})
