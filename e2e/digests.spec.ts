import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomTopology } from '../src/cli/testing/random-topology.ts'
import { randomStream } from '../src/kernel/random.ts'
import type { Topology } from '../src/topology/document.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const root = join(import.meta.dirname, '..')
/** A random topology each, played for a while at this speed before it is run on to a time of its own. */
const PLAYED = [
  { seed: 101, speed: '0.1' },
  { seed: 102, speed: '1' },
  { seed: 103, speed: '10' },
  { seed: 104, speed: 'max' },
] as const
const PLAYED_MS = 700

/** What Node makes of a topology at a time. */
function headless(topology: Topology, untilNs: number): { readonly digest: string; readonly events: number } {
  const file = join(mkdtempSync(join(tmpdir(), 'relay-')), 'random.relay.json')
  writeFileSync(file, JSON.stringify(topology))
  const printed = execFileSync(process.execPath, ['src/cli/launch.mjs', 'simulate', file, '--until', `${untilNs / 1e6}ms`, '--json'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return JSON.parse(printed) as { digest: string; events: number }
}

for (const { seed, speed } of PLAYED) {
  test(`random topology ${seed}, watched at speed ${speed}, has the digest that it has in Node`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open('./?play=0')
    const topology = randomTopology(randomStream(seed, 'digests'), seed)
    await page.evaluate(
      ({ text, speed }) => {
        const { commands } = window.relayground
        commands.setSpeed(speed === 'max' ? 'max' : Number(speed))
        commands.open(JSON.parse(text) as Topology, { play: true }) // what was written below
      },
      { text: JSON.stringify(topology), speed },
    )
    await expect.poll(() => page.evaluate(() => window.relayground.figures.nowNs())).toBeGreaterThan(0)
    await page.waitForTimeout(PLAYED_MS)
    await page.evaluate(() => window.relayground.commands.pause())
    // A time that has passed is reached at once: where the clock was stopped.
    const { nowNs } = await relay.runUntil(0)
    expect(nowNs).toBeGreaterThan(0)
    const untilNs = Math.ceil(nowNs / 1e8 + 5) * 1e8
    const here = await relay.runUntil(untilNs / 1e9)
    const there = headless(topology, untilNs)
    expect({ digest: here.digest, events: here.events }).toEqual({ digest: there.digest, events: there.events })
  })
}
