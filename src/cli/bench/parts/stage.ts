import type { Page } from '@playwright/test'
import type { App } from '../../../app/app.ts'
import type { Tally } from '../../../stage/painter/protocol.ts'
import type { Topology } from '../../../topology/document.ts'
import { inMeasuredBrowser, type MeasuredBrowser } from '../browser/measured-browser.ts'
import type { StagePage } from '../browser/stage-page.ts'
import { busiestMs } from '../browser/threads.ts'
import { pause } from '../measure.ts'
import type { Options } from '../options.ts'
import { broken, type PartReport } from '../part-report.ts'
import { atMost, figure, median, table, type Target } from '../summary.ts'
import { crowd } from './stage-topology.ts'

const TITLE = 'The picture, in headless Chromium without a GPU: CPU milliseconds of single threads, the median of the windows'
const WINDOWS = 3
const WINDOW_MS = 2500
const WARM_UP_MS = 2000
const FRAMES_A_SECOND = 60
/** A hand that pans: 10 px a frame. */
const PAN_STEPS = 120

interface Cost {
  readonly mainMs: number
  readonly workerMs: number
  readonly frames: number
}

/** What drawing costs the main thread and the render worker; the floors are those of the drawing path's decision. */
export async function runStage(_options: Options): Promise<PartReport> {
  const found = await inMeasuredBrowser(async browser => {
    const rows: string[][] = []
    const targets: Target[] = []
    const data: Record<string, number> = {}
    const note = (what: string, ms: number, most: number | null): void => {
      data[what] = ms
      rows.push([what, figure(ms)])
      if (most !== null) targets.push(atMost(what, most, ms, 'ms'))
    }
    for (const [tokens, most] of [[1000, null], [5000, 8], [20_000, 20]] as const) {
      const cost = await tokensCost(browser, tokens)
      note(`${tokens} tokens, a frame, main thread`, cost.mainMs / cost.frames, tokens === 5000 ? 0.3 : null)
      note(`${tokens} tokens, a frame, render worker`, cost.workerMs / cost.frames, most)
      rows.push([`${tokens} tokens, frames a second`, figure(cost.frames / (WINDOW_MS / 1000))])
    }
    const app = await appCost(browser)
    note('1,000 nodes: main thread from a link to the picture', app.openMs, 900)
    note('1,000 nodes: a frame of panning, all in view, main thread', app.panAllMs, 6)
    note('1,000 nodes: a frame of panning, close, main thread', app.panCloseMs, 6)
    const many = await liveCost(browser, 2000)
    const few = await liveCost(browser, 1)
    note('2,000 nodes running, panels included, 100 ms, main thread', many, null)
    note('16 nodes running, panels included, 100 ms, main thread', few, null)
    note('2,000 nodes: live figures of one update beyond those of 16 nodes, main thread', Math.max(0, many - few), 1)
    return { rows, targets, data }
  })
  if (typeof found === 'string') return broken(TITLE, found)
  return { title: TITLE, text: table(['', 'ms'], found.rows), data: found.data, targets: found.targets }
}

async function tokensCost(browser: MeasuredBrowser, tokens: number): Promise<Cost> {
  const page = await browser.page()
  await page.goto(`${browser.stage}stage-page.html`)
  await page.evaluate(count => (globalThis as unknown as { stagePage: StagePage }).stagePage.show(count), tokens)
  await pause(WARM_UP_MS + 1000)
  const tally = (): Promise<Tally> => page.evaluate(() => (globalThis as unknown as { stagePage: StagePage }).stagePage.tally())
  const cost = await windows(async () => {
    const before = await tally()
    return async () => (await tally()).frames - before.frames
  }, browser)
  await page.close()
  return cost
}

/** The median window by the render worker's cost. */
async function windows(start: () => Promise<() => Promise<number>>, browser: MeasuredBrowser): Promise<Cost> {
  const costs: Cost[] = []
  for (let n = 0; n < WINDOWS; n += 1) {
    const end = await start()
    const before = browser.times()
    await pause(WINDOW_MS)
    const after = browser.times()
    costs.push({ mainMs: after.mainMs - before.mainMs, workerMs: busiestMs(before, after), frames: await end() })
  }
  return costs.sort((a, b) => a.workerMs / a.frames - b.workerMs / b.frames)[WINDOWS >> 1]!
}

type Relay = Window & { readonly relayground: App }

async function linkOf(browser: MeasuredBrowser, nodes: number): Promise<string> {
  const page = await browser.page()
  await page.goto(`${browser.app}?play=0`)
  await page.waitForFunction(() => 'relayground' in window)
  // As text: what crosses to the page is typed by its own types otherwise, and the document's is recursive.
  const link = await page.evaluate(async text => {
    const { commands } = (window as unknown as Relay).relayground
    commands.open(JSON.parse(text) as Topology)
    return commands.shareLink({ journal: false, viewport: false })
  }, JSON.stringify(crowd(nodes)))
  await page.context().close()
  return `${browser.app}${new URL(link).hash}`
}

async function appCost(browser: MeasuredBrowser): Promise<{ openMs: number; panAllMs: number; panCloseMs: number }> {
  const link = await linkOf(browser, 1000)
  const opened: number[] = []
  let page: Page | null = null
  for (let n = 0; n < WINDOWS; n += 1) {
    await page?.context().close()
    page = await browser.page()
    const before = browser.times()
    await page.goto(link)
    await page.waitForFunction(() => document.querySelector('.react-flow__viewport') !== null)
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
    opened.push(browser.times().mainMs - before.mainMs)
  }
  await page!.evaluate(() => (window as unknown as Relay).relayground.commands.pause())
  await pause(WARM_UP_MS)
  const panAllMs = await panCost(browser, page!)
  const middle = { x: 640, y: 380 }
  await page!.mouse.move(middle.x, middle.y)
  for (let n = 0; n < 12; n += 1) {
    await page!.mouse.wheel(0, -300)
    await pause(60)
  }
  await pause(WARM_UP_MS)
  const panCloseMs = await panCost(browser, page!)
  await page!.context().close()
  return { openMs: median(opened), panAllMs, panCloseMs }
}

/** Main thread by mouse event, as the hand drags the pane to and fro sixty times a second. */
async function panCost(browser: MeasuredBrowser, page: Page): Promise<number> {
  const costs: number[] = []
  for (let n = 0; n < WINDOWS; n += 1) {
    const start = await emptySpot(page)
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    const before = browser.times()
    const beganMs = performance.now()
    for (let step = 1; step <= PAN_STEPS; step += 1) {
      await page.mouse.move(start.x + 100 * Math.sin(step * 0.1), start.y + 60 * (1 - Math.cos(step * 0.1)))
      const waitMs = beganMs + (step * 1000) / FRAMES_A_SECOND - performance.now()
      if (waitMs > 1) await pause(waitMs)
    }
    const after = browser.times()
    await page.mouse.up()
    // A machine that falls behind draws fewer frames than it was told of moves.
    const frames = Math.min(PAN_STEPS, ((performance.now() - beganMs) / 1000) * FRAMES_A_SECOND)
    costs.push((after.mainMs - before.mainMs) / frames)
  }
  return median(costs)
}

/** Where a drag takes hold of the pane. */
async function emptySpot(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    const box = document.querySelector('.react-flow')!.getBoundingClientRect()
    for (let y = box.top + 120; y < box.bottom - 120; y += 17) {
      for (let x = box.left + 120; x < box.right - 120; x += 23) if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane') === true) return { x, y }
    }
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  })
}

/** What running costs the main thread beyond standing still, by update: ten a second. */
async function liveCost(browser: MeasuredBrowser, nodes: number): Promise<number> {
  const page = await browser.page()
  await page.goto(await linkOf(browser, nodes))
  await page.waitForFunction(() => 'relayground' in window)
  const chartsOpen = await page.getByRole('button', { name: 'Charts', exact: true }).getAttribute('aria-expanded')
  if (chartsOpen === 'true') await page.getByRole('button', { name: 'Charts', exact: true }).click()
  await pause(WARM_UP_MS)
  const spent = async (): Promise<number> => {
    const costs: number[] = []
    for (let n = 0; n < WINDOWS; n += 1) {
      const before = browser.times().mainMs
      await pause(WINDOW_MS)
      costs.push((browser.times().mainMs - before) / (WINDOW_MS / 100))
    }
    return median(costs)
  }
  const running = await spent()
  await page.evaluate(() => (window as unknown as Relay).relayground.commands.pause())
  await pause(WARM_UP_MS)
  const still = await spent()
  await page.context().close()
  return running - still
}
