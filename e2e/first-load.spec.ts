import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

/** What comes later is not fetched before it is asked for, and then takes its time: nothing is fetched ahead on a page that is never idle. */
async function onSlowLine(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0
  })
  await page.route(/assets\/(Menu|CanvasMenu|FloatingTip|NodeInspector)-.*\.js/, async route => {
    await new Promise(done => setTimeout(done, 400))
    await route.continue()
  })
}

test('a menu whose code is still on its way opens by the press that asked for it', async ({ page }) => {
  await onSlowLine(page)
  const relay = new RelayPage(page)
  await relay.open()
  const starters = page.getByRole('button', { name: 'Starters' })
  await starters.click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expect(page.getByRole('menu')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(starters).toBeFocused()
})

test('from a key, its first item has the keyboard, and the button has it back', async ({ page }) => {
  await onSlowLine(page)
  const relay = new RelayPage(page)
  await relay.open()
  const steps = page.getByRole('button', { name: 'Other steps' })
  await steps.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: /^Step one event/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: /^Step one hop/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(steps).toBeFocused()
})

test('the first menu of the canvas opens where it was asked for, by pointer and by key', async ({ page }) => {
  await onSlowLine(page)
  const relay = new RelayPage(page)
  await relay.open()
  await page.locator('[data-node="alice"]').click({ button: 'right' })
  await expect(page.getByRole('menu', { name: 'alice' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.reload()
  await expect(relay.canvas()).toBeVisible()
  await page.evaluate(() => window.relayground.commands.select({ nodes: ['alice'], channels: [] }))
  await relay.canvas().focus()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menu', { name: 'alice' }).getByRole('menuitem').first()).toBeFocused()
})

test('the first tooltip comes, can be walked to, and goes; texts come with the pane that shows them', async ({ page }) => {
  await onSlowLine(page)
  const relay = new RelayPage(page)
  await relay.open()
  const find = page.getByRole('button', { name: 'Find anything to do' })
  await find.hover()
  const tip = page.getByRole('tooltip')
  await expect(tip).toContainText('Find anything to do')
  await expect(find).toHaveAttribute('aria-describedby', (await tip.getAttribute('id'))!)
  await tip.hover()
  await expect(tip).toBeVisible()
  await page.mouse.move(700, 500)
  await expect(tip).toHaveCount(0)
  await expect(find).not.toHaveAttribute('aria-describedby')
  await page.evaluate(() => window.relayground.commands.select({ nodes: ['history'], channels: [] }))
  await page.getByRole('tab', { name: 'Docs' }).click()
  await expect(page.getByRole('tabpanel', { name: 'Docs' }).getByRole('listitem').first()).not.toBeEmpty()
})

test('from a key, the inspector has the keyboard when its pane has come', async ({ page }) => {
  await onSlowLine(page)
  const relay = new RelayPage(page)
  await relay.open()
  await relay.canvas().focus()
  await page.evaluate(() => window.relayground.commands.select({ nodes: ['history'], channels: [] }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { selected: true })).toBeFocused()
})
