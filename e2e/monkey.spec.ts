import { expect, test } from './fixture.ts'
import { Monkey } from './monkey.ts'
import { RelayPage } from './relay-page.ts'

/** How long it plays: a minute in every run of the tests, as long as one likes by hand. */
const MINUTES = Number(process.env['MONKEY_MINUTES'] ?? 1)
const SEED = Number(process.env['MONKEY_SEED'] ?? 1)
/** Far below the number of steps that are kept for undo. */
const ROUND = 60

test('random edits, faults and undo while it runs leave the ledger balanced, and undoing all of it brings back the start', async ({ page }) => {
  test.setTimeout((MINUTES * 2 + 4) * 60_000)
  const relay = new RelayPage(page)
  await relay.open()
  const monkey = new Monkey(relay, SEED)
  const end = Date.now() + MINUTES * 60_000
  const steps = (): Promise<readonly string[]> => page.evaluate(() => window.relayground.document.getState().past.map(step => step.title))
  try {
    const start = await relay.topology()
    while (Date.now() < end) {
      for (let n = 0; n < ROUND && Date.now() < end; n += 1) {
        await monkey.act()
        if (n % 10 === 9) await expect.poll(() => relay.imbalance(), { message: 'the ledger balances' }).toBe(0)
      }
      await monkey.calm()
      await expect.poll(() => relay.imbalance(), { message: 'the ledger balances' }).toBe(0)
      for (let left = await steps(), keys = await relay.focused(); left.length > 0; keys = await relay.focused()) {
        await page.keyboard.press('Control+z')
        const now = await steps()
        if (now.length >= left.length) throw new Error(`nothing was undone: the keyboard was with ${keys}, is with ${await relay.focused()}, and of “${left.slice(-3).join('”, “')}” there are “${now.slice(-3).join('”, “')}”`)
        left = now
      }
      expect(await relay.topology(), 'undoing everything brings back the start').toEqual(start)
      await expect.poll(() => relay.imbalance(), { message: 'the ledger balances' }).toBe(0)
      for (let again = monkey.below(ROUND); again > 0; again -= 1) await page.keyboard.press('Control+y')
    }
    expect(await page.evaluate(() => window.relayground.run.getState().status), 'the simulation goes on').not.toBe('failed')
  } catch (error) {
    throw new Error(`seed ${SEED}, the last of ${monkey.done.length} things done:\n${monkey.done.slice(-40).join('\n')}`, { cause: error })
  }
})
