import type { Page } from '@playwright/test'
import { noteRecorder, recorderOf, whyNotComparable } from './drawing-language/recorded-with.ts'
import { fontsAreLoaded, stopStageClock } from './drawing-language/still.ts'
import { losses, sockets, states, tokens, traffic } from './drawing-language/topologies.ts'
import { expect, test } from './fixture.ts'
import { StagePage } from './stage-page.ts'
import { crowd } from './stage-topologies.ts'
import type { Fault } from '../src/contract/input.ts'
import type { Topology } from '../src/topology/document.ts'

/**
 * The drawing language as pictures, compared with those that are committed. Made anew by
 * `npm run e2e -- drawing-language --update-snapshots`, and looked at before they are committed.
 */
test.use({ viewport: { width: 1720, height: 1000 } })

/** A pixel is another from a difference that nobody would see on; so few of them are the edges of letters, and less than a token. */
const TOLERANCE = { threshold: 0.03, maxDiffPixels: 30, animations: 'disabled', caret: 'hide', scale: 'css' } as const

/** What is open below the canvas, in pixels. */
const PANE_HEIGHT = 200

/** Wall time in which a lost message has fallen a good part of its way, and can still be read. */
const FALLEN_MS = 420
/** One of each of the topology's reasons, in the pictured moment. */
const LOSSES = 4
/** What falls has fallen after it. */
const FALL_MS = 1200

test.beforeEach(({ browser, browserName }, { config }) => {
  const now = recorderOf(browserName, browser.version())
  if (config.updateSnapshots === 'all' || config.updateSnapshots === 'changed') return noteRecorder(now)
  expect(whyNotComparable(now), 'pictures can be compared here').toBeNull()
})

const COLOURS_TOLD_MS = 800

/** Further than rates reach back. */
const RATES_REACH_SECONDS = 2.5

/** Between these nodes, with so much room around them. */
interface Region {
  readonly nodes: readonly string[]
  readonly room?: number
}

class StillPage extends StagePage {
  readonly #theme: 'light' | 'dark'
  constructor(page: Page, theme: 'light' | 'dark') {
    super(page)
    this.#theme = theme
  }

  /** At an exact simulated time, with everything loaded and nothing moving; what follows the wall's time, or lies over the canvas, is left out. */
  async still(topology: Topology, seconds: number): Promise<void> {
    // How big everything is follows from how high the canvas is.
    await this.page.addInitScript(height => localStorage.setItem('relayground.pane-height', String(height)), PANE_HEIGHT)
    await this.open(`./?play=0&painter=canvas&theme=${this.#theme}`)
    await this.page.addStyleTag({ content: '.cv-sparkline, .cv-card__latency, .cv-controls, .cv-overview, .pn-views, .pn-pane-edge, [role=log] { visibility: hidden !important } * { transition: none !important; animation: none !important }' })
    await this.show(topology, 0)
    // Rates reach back to figures that the page has: of the beginning, and of a while ago.
    await expect.poll(() => this.page.evaluate(id => window.relayground.figures.node(id) !== undefined && window.relayground.figures.nowNs() === 0, topology.nodes[0]!.id)).toBe(true)
    await this.runUntil(Math.max(0, seconds - RATES_REACH_SECONDS))
    await this.runUntil(seconds)
    await this.page.mouse.move(2, 2)
    await fontsAreLoaded(this.page)
    await this.rests()
  }

  /** The camera stands where it will, and the nodes have the colours of what they send: the painter tells these twice a second. */
  async rests(): Promise<void> {
    let last = ''
    await expect
      .poll(async () => {
        const before = last
        last = await this.page.locator('.react-flow__viewport').evaluate(element => JSON.stringify([getComputedStyle(element).transform, ...window.relayground.geometry.getState().colours]))
        return last === before
      }, { intervals: [COLOURS_TOLD_MS] })
      .toBe(true)
  }

  async fault(...faults: readonly Fault[]): Promise<void> {
    for (const fault of faults) await this.page.evaluate(fault => window.relayground.commands.fault(fault), fault)
  }

  async matches(name: string, { nodes, room = 16 }: Region): Promise<void> {
    const boxes = (await this.boxes()).concat(await this.containers()).filter(({ id }) => nodes.includes(id))
    const pane = (await this.page.locator('.react-flow').boundingBox())!
    const left = Math.min(...boxes.map(({ x }) => x)) - room
    const top = Math.min(...boxes.map(({ y }) => y)) - room
    const clip = {
      x: Math.round(pane.x + left),
      y: Math.round(pane.y + top),
      width: Math.round(Math.max(...boxes.map(({ x, width }) => x + width)) + room - left),
      height: Math.round(Math.max(...boxes.map(({ y, height }) => y + height)) + room - top),
    }
    await expect(this.page).toHaveScreenshot(`${name}-${this.#theme}.png`, { ...TOLERANCE, clip })
  }

  private containers() {
    return this.page.evaluate(() => {
      const { a: zoom, e: left, f: top } = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform)
      return [...window.relayground.geometry.getState().boxes].map(([id, box]) => ({ id, type: '', x: box.x * zoom + left, y: box.y * zoom + top, width: box.width * zoom, height: box.height * zoom }))
    })
  }
}

for (const theme of ['light', 'dark'] as const) {
  test(`tokens: shape by type, hollow reply, ring when redelivered, plum when dead (${theme})`, async ({ page }) => {
    const still = new StillPage(page, theme)
    await still.still(tokens, 9.3)
    await expect.poll(() => still.tally().then(tally => tally.tokens)).toBeGreaterThan(12)
    await still.matches('tokens-in', { nodes: ['command', 'document', 'broker'] })
    await still.matches('tokens-out', { nodes: ['commands', 'dead', 'gives back', 'mourner'] })
    await still.matches('tokens-reply', { nodes: ['asks', 'answers'], room: 30 })
  })

  test(`states: queues and their limits, an exchange and its keys, what is cut and what is down (${theme})`, async ({ page }) => {
    const still = new StillPage(page, theme)
    await still.still(states, 4)
    await still.matches('states-up', { nodes: ['broker', 'too many', 'crashes'] })
    await still.fault({ fault: 'cut', channel: 'few>holds' }, { fault: 'crash', node: 'crashes' }, { fault: 'crash', node: 'other broker' })
    await still.runUntil(5)
    await still.rests()
    await still.matches('states-broken', { nodes: ['few', 'too many', 'consumer', 'other broker'] })
  })

  test(`sockets that bind and connect, and a log (${theme})`, async ({ page }) => {
    const still = new StillPage(page, theme)
    await still.still(sockets, 4.2)
    await still.matches('sockets', { nodes: ['publisher', 'one', 'worker', 'ventilator'] })
    await still.matches('log', { nodes: ['adds', 'redis', 'reader'] })
  })

  test(`traffic: lines grow with it, and a crowded one is a ribbon (${theme})`, async ({ page }) => {
    const still = new StillPage(page, theme)
    await still.still(traffic, 4.25)
    await expect.poll(() => still.tally().then(({ grains, tokens }) => grains > 20 && tokens > 5)).toBe(true)
    await still.matches('traffic', { nodes: ['1 a second', 'sink 2'] })
  })

  test(`losses fall off their line, and say why (${theme})`, async ({ page }) => {
    const still = new StillPage(page, theme)
    await still.still(losses, 2.9)
    await page.waitForTimeout(FALL_MS)
    const goOn = await stopStageClock(page)
    await still.fault({ fault: 'crash', node: 'crashes' })
    await still.runUntil(3.05)
    // Each begins to fall when it is told of, not before.
    await expect.poll(() => still.tally().then(({ specials }) => specials)).toBeGreaterThanOrEqual(LOSSES)
    await goOn(FALLEN_MS)
    await still.rests()
    await still.matches('losses', { nodes: ['nowhere', 'unaware', 'broker', 'crashes'], room: 24 })
  })

  test(`the map, where nodes are too many to be elements (${theme})`, async ({ page }) => {
    const still = new StillPage(page, theme)
    await still.still(crowd(100), 3)
    await expect.poll(() => still.tally().then(tally => tally.map)).toBe(true)
    await still.matches('map', { nodes: ['producer-1', 'queue-38'] })
  })
}
