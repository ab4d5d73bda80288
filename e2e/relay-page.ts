import { expect, type Locator, type Page } from '@playwright/test'
import type { Topology } from '../src/topology/document.ts'

/** The app as a person meets it, and what it says of its state. */
export class RelayPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  async open(address = './'): Promise<void> {
    await this.page.goto(address)
    await expect(this.canvas()).toBeVisible()
  }

  canvas(): Locator {
    return this.page.getByRole('application', { name: 'Topology' })
  }
  node(id: string): Locator {
    return this.page.locator(`[data-node="${id}"]`)
  }
  handle(id: string, side: 'left' | 'right'): Locator {
    return this.node(id).locator(`[data-handle="${side}"]`)
  }
  menuItem(name: string | RegExp): Locator {
    return this.page.getByRole('menuitem', { name })
  }

  async menu(id: string, item: string | RegExp): Promise<void> {
    await this.node(id).click({ button: 'right', position: { x: 30, y: 12 } })
    await this.menuItem(item).click()
  }

  async startBlank(): Promise<void> {
    await this.page.getByRole('button', { name: 'Starters' }).click()
    await this.menuItem(/^Start blank/).click()
    await expect.poll(() => this.topology().then(topology => topology.nodes.length)).toBe(0)
  }

  /** As text: the type of what may be in a config is deeper than that of what a page takes. */
  async openTopology(topology: Topology): Promise<void> {
    await this.page.evaluate(text => window.relayground.commands.open(JSON.parse(text) as Topology), JSON.stringify(topology))
  }

  /** A topology that stands still at its beginning, with one of its nodes in sight. */
  async openStill(topology: Topology, shown: string, query = ''): Promise<void> {
    await this.open(`./?play=0${query}`)
    await this.page.evaluate(text => window.relayground.commands.open(JSON.parse(text) as Topology, { play: false }), JSON.stringify(topology))
    await expect(this.node(shown)).toBeVisible()
  }

  topology(): Promise<Topology> {
    return this.page.evaluate(() => window.relayground.document.getState().topology)
  }

  /** Where nodes stand on the screen, painted ones included; containers are left out. */
  boxes(): Promise<readonly { readonly id: string; readonly type: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[]> {
    return this.page.evaluate(() => {
      const { catalogue, document: store, geometry } = window.relayground
      const { a: zoom, e: left, f: top } = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform)
      return store.getState().topology.nodes.flatMap(({ id, type }) => {
        const box = geometry.getState().boxes.get(id)
        return !box || catalogue.node(type)?.form === 'container' ? [] : [{ id, type, x: box.x * zoom + left, y: box.y * zoom + top, width: box.width * zoom, height: box.height * zoom }]
      })
    })
  }

  /** A probe's number: total of a counter, present value of a level. */
  probe(node: string, id: string): Promise<number> {
    return this.page.evaluate(
      ([node, id]) => {
        const probe = window.relayground.figures.node(node!)?.probes[id!]
        return probe?.kind === 'counter' ? probe.total : probe?.kind === 'level' ? probe.now : NaN
      },
      [node, id],
    )
  }

  /** What has the focus, in words for whoever reads of a failure. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const has = document.activeElement
      return has === null ? 'nobody' : `${has.tagName.toLowerCase()}.${has.className} ${has.getAttribute('aria-label') ?? has.id}`
    })
  }

  /** What came minus what is accounted for, over the whole topology: 0 at every moment. */
  imbalance(): Promise<number> {
    return this.page.evaluate(() => {
      const ledger = window.relayground.figures.ledger()
      const there = ledger.onWire + ledger.waiting + ledger.unacknowledged + ledger.processed + ledger.retained + ledger.discarded.reduce((sum, count) => sum + count, 0)
      return ledger.published + ledger.copied - there
    })
  }

  async setSpeed(speed: string): Promise<void> {
    await this.page.getByLabel('Speed').selectOption(speed)
  }

  runUntil(seconds: number): Promise<{ nowNs: number; digest: string; events: number }> {
    return this.page.evaluate(ns => window.relayground.commands.runUntil(ns), seconds * 1e9)
  }

  notice(says: string | RegExp): Locator {
    return this.page.getByRole('log', { name: 'Notices' }).getByText(says)
  }

  /** Drags with the mouse from the middle of one thing to the middle of another, as a hand does. */
  async drag(from: Locator, to: Locator | { x: number; y: number }): Promise<void> {
    await standsStill(from)
    // Handles show when the pointer is over their node: a hand passes over it on the way.
    const node = await from.evaluate(element => element.closest('[data-node]')!.getBoundingClientRect().toJSON() as DOMRect)
    await this.page.mouse.move(node.x + node.width / 2, node.y + node.height / 2)
    const start = await middle(from)
    const end = 'x' in to ? to : await middle(to)
    await this.page.mouse.move(start.x, start.y)
    await this.page.mouse.down()
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 })
    await this.page.mouse.move(end.x, end.y, { steps: 5 })
    await this.page.mouse.up()
  }
}

/** The camera may still be moving: nobody grabs what hasn't come to rest. */
async function standsStill(what: Locator): Promise<void> {
  let last = ''
  await expect
    .poll(async () => {
      const now = JSON.stringify(await what.boundingBox())
      const same = now === last
      last = now
      return same
    }, { intervals: [150] })
    .toBe(true)
}

async function middle(of: Locator): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox()
  if (!box) throw new Error('not on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
