import { test as base, expect, type Locator, type Page } from '@playwright/test'
import type { App } from '../src/app/app.ts'

declare global {
  interface Window {
    readonly relayground: App
  }
}

/** The driver's own filling of fields is not told to the page by this version of Firefox: there somebody types. */
function typesInstead(page: Page): void {
  const locator = Object.getPrototypeOf(page.locator('body')) as Locator
  locator.fill = async function (this: Locator, text: string) {
    await this.focus()
    await this.press('ControlOrMeta+a')
    await (text === '' ? this.press('Delete') : this.pressSequentially(text))
  }
}

/** Every test fails when the browser's console says anything that is a warning or worse. */
export const test = base.extend<{ quietConsole: void }>({
  quietConsole: [
    async ({ page, browserName }, use) => {
      if (browserName === 'firefox') typesInstead(page)
      const said: string[] = []
      watchConsole(page, said)
      await use()
      expect(said, 'the console is empty').toEqual([])
    },
    { auto: true },
  ],
})

export function watchConsole(page: Page, said: string[]): void {
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text())
  })
  page.on('pageerror', error => said.push(error.stack ?? error.message))
}

export { expect }
