import { errors, expect, type Locator, type Page } from '@playwright/test'
import { RelayPage } from './relay-page.ts'

/** Actions that leave the page, ask the system for a file, or open another topology: not for somebody who only plays with this one. */
const LEAVES = ['new', 'library', 'save', 'open', 'theme', 'theme-system', 'reset']
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowDown', 'Tab', 'Enter', 'Escape', 'f', 'c', '.']

/** How long it waits for something to be there. */
const PATIENCE_MS = 2000

/** Somebody who tries everything, by mouse and by keys, in an order that a seed decides: the same seed does the same as far as the page answers alike. */
export class Monkey {
  readonly done: string[] = []
  readonly #relay: RelayPage
  readonly #page: Page
  #state: number

  constructor(relay: RelayPage, seed: number) {
    this.#relay = relay
    this.#page = relay.page
    this.#page.setDefaultTimeout(PATIENCE_MS)
    this.#state = seed >>> 0
  }

  /** One thing, whatever comes to mind. */
  async act(): Promise<void> {
    const doings: [number, string, () => Promise<unknown>][] = [
      [6, 'action', () => this.#action()],
      [4, 'key', () => this.#key()],
      [4, 'select', () => this.#click('left')],
      [3, 'menu', () => this.#menu()],
      [3, 'drag', () => this.#drag()],
      [3, 'connect', () => this.#connect()],
      [3, 'add', () => this.#add()],
      [4, 'setting', () => this.#setting()],
      [2, 'undo or redo', () => this.#page.keyboard.press(this.below(3) > 0 ? 'Control+z' : 'Control+y')],
      [2, 'clipboard', () => this.#clipboard()],
      [1, 'speed', () => this.#speed()],
      [1, 'wheel', () => this.#wheel()],
    ]
    let left = this.below(doings.reduce((sum, [weight]) => sum + weight, 0))
    const [, name, act] = doings.find(([weight]) => (left -= weight) < 0)!
    this.done.push(name)
    try {
      await act()
    } catch (error) {
      // What it was about to touch may be gone by then.
      if (!(error instanceof errors.TimeoutError)) throw error
      this.#note('(gone)')
    }
    if (this.below(4) === 0) await this.#page.keyboard.press('Escape')
  }

  /** Whatever is open is closed, and the canvas is there with the focus; a menu that was asked for may still be on its way. */
  async calm(): Promise<void> {
    await expect(async () => {
      for (let n = 0; n < 4; n += 1) await this.#page.keyboard.press('Escape')
      await this.#page.evaluate(() => window.relayground.commands.patchSession({ view: 'canvas', dialog: null, presenting: null }))
      await this.#relay.canvas().focus()
      await this.#page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
      await expect(this.#relay.canvas()).toBeFocused({ timeout: 1 })
      expect(await this.#page.evaluate(whatIsOpen), 'what is open still').toEqual([])
    }).toPass({ timeout: 20_000 })
  }

  /** Any action that can be done now, by its key or by its name in the command palette. */
  async #action(): Promise<void> {
    const able = await this.#page.evaluate(
      leaves => window.relayground.actions.filter(one => !leaves.includes(one.id) && one.family === undefined && (one.enabled?.(window.relayground) ?? true)).map(one => ({ title: one.name?.(window.relayground) ?? one.title, keys: one.keys[0] ?? '' })),
      LEAVES,
    )
    const action = this.#one(able)
    this.#note(action.title)
    if (action.keys !== '' && this.below(2) === 0) {
      await this.#relay.canvas().focus()
      await this.#page.keyboard.press(action.keys.replace('Mod', 'Control').replace(/ $/, 'Space'))
      return
    }
    await this.#page.keyboard.press('Control+k')
    await this.#page.keyboard.type(action.title.slice(0, 24))
    await this.#page.keyboard.press('Enter')
  }

  async #key(): Promise<void> {
    const key = this.#one(KEYS)
    this.#note(key)
    if (this.below(3) > 0) await this.#relay.canvas().focus()
    await this.#page.keyboard.press(key)
  }

  async #click(button: 'left' | 'right', modifiers: ('Shift' | 'Control')[] = this.below(4) === 0 ? ['Shift'] : []): Promise<boolean> {
    const node = await this.#anyNode()
    if (node === null) return false
    this.#note(node.id)
    for (const key of modifiers) await this.#page.keyboard.down(key)
    await this.#page.mouse.click(node.x, node.y, { button })
    for (const key of modifiers) await this.#page.keyboard.up(key)
    return true
  }

  async #menu(): Promise<void> {
    if (!(await this.#click('right', []))) return
    const items = await this.#page.getByRole('menuitem').all()
    const able: Locator[] = []
    for (const item of items) if ((await item.getAttribute('data-disabled')) === null) able.push(item)
    if (able.length === 0) return
    const item = this.#one(able)
    const name = ((await item.textContent()) ?? '').trim()
    this.#note(name)
    await item.click()
  }

  async #drag(): Promise<void> {
    const node = await this.#anyNode()
    if (node === null) return
    this.#note(node.id)
    await this.#page.mouse.move(node.x, node.y)
    await this.#page.mouse.down()
    await this.#page.mouse.move(node.x + this.below(300) - 150, node.y + this.below(200) - 100, { steps: 4 })
    if (this.below(10) === 0) await this.#page.keyboard.press('Escape')
    await this.#page.mouse.up()
  }

  /** A channel from the right handle of one node to another node. */
  async #connect(): Promise<void> {
    const from = await this.#anyNode()
    const to = await this.#anyNode()
    if (from === null || to === null) return
    this.#note(`${from.id} to ${to.id}`)
    const handle = await this.#relay.handle(from.id, this.below(4) === 0 ? 'left' : 'right').boundingBox()
    if (handle === null) return
    await this.#page.mouse.move(from.x, from.y)
    await this.#page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2)
    await this.#page.mouse.down()
    await this.#page.mouse.move(to.x, to.y, { steps: 4 })
    await this.#page.mouse.up()
  }

  /** A part of the palette, by Enter or by dragging it onto the canvas. */
  async #add(): Promise<void> {
    const parts = await this.#page.locator('[data-kind]').all()
    if (parts.length === 0) return
    const part = this.#one(parts)
    this.#note((await part.textContent()) ?? '')
    await part.focus()
    await this.#page.keyboard.press('Enter')
  }

  /** Some setting in the inspector gets some other value. */
  async #setting(): Promise<void> {
    const fields = await this.#page.getByRole('complementary', { name: 'Inspector' }).locator('input:visible, select:visible, textarea:visible, [role=switch]:visible').all()
    if (fields.length === 0) return void (await this.#click('left', []))
    const field = this.#one(fields)
    const { tag, type, name } = await field.evaluate(element => ({ tag: element.tagName, type: element.getAttribute('type') ?? '', name: element.getAttribute('aria-label') ?? element.id }))
    this.#note(name)
    if (tag === 'SELECT') {
      // It may have gone by now.
      const options = await field.locator('option').count()
      if (options > 0) await field.selectOption({ index: this.below(options) })
    } else if (tag === 'BUTTON' || type === 'checkbox' || type === 'radio') await field.click()
    else {
      await field.fill(this.#one(['0', '1', '3', '50', '1000', '-2', 'x.y', '']))
      await this.#page.keyboard.press(this.#one(['Enter', 'Tab']))
    }
  }

  async #clipboard(): Promise<void> {
    const keys = this.#one(['Control+c', 'Control+x', 'Control+v', 'Control+v', 'Control+d', 'Control+a'])
    this.#note(keys)
    await this.#relay.canvas().focus()
    await this.#page.keyboard.press(keys)
  }

  async #speed(): Promise<void> {
    const speeds = this.#page.getByLabel('Speed')
    const options = await speeds.locator('option').count()
    if (options > 0) await speeds.selectOption({ index: this.below(options) })
  }

  async #wheel(): Promise<void> {
    await this.#page.mouse.move(500 + this.below(300), 250 + this.below(200))
    await this.#page.mouse.wheel(0, this.below(600) - 300)
  }

  /** A node that is on the screen, and not under a panel. */
  async #anyNode(): Promise<{ readonly id: string; readonly x: number; readonly y: number } | null> {
    const boxes = await this.#relay.boxes()
    const there = boxes.map(box => ({ id: box.id, x: box.x + box.width / 2, y: box.y + box.height / 2 }))
    const canvas = await this.#relay.canvas().boundingBox()
    if (canvas === null) return null
    const seen = there.map(one => ({ ...one, x: one.x + canvas.x, y: one.y + canvas.y })).filter(({ x, y }) => x > canvas.x + 20 && x < canvas.x + canvas.width - 20 && y > canvas.y + 60 && y < canvas.y + canvas.height - 20)
    return seen.length === 0 ? null : this.#one(seen)
  }

  #note(what: string): void {
    this.done[this.done.length - 1] += ` ${what}`
  }
  #one<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }
  /** A whole number below this one: splitmix32. */
  below(limit: number): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let t = this.#state ^ (this.#state >>> 16)
    t = Math.imul(t, 0x21f0aaad)
    t ^= t >>> 15
    t = Math.imul(t, 0x735a2d97)
    return ((t ^ (t >>> 15)) >>> 0) % limit
  }
}

/** Every menu and dialog by its name and its state, runs in the page; and which of them has the focus. */
function whatIsOpen(): string[] {
  const open = [...document.querySelectorAll<HTMLElement>('[role=menu], [role=dialog]')]
  return open.map(one => `${one.className} “${one.getAttribute('aria-label') ?? one.textContent?.slice(0, 60)}” ${one.dataset['state'] ?? ''}${one.contains(document.activeElement) ? ' with the focus' : ''}`)
}
