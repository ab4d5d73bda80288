import { test as base, expect, type Locator, type Page } from '@playwright/test'
import type { App } from '../src/app/app.ts'

declare global {
  interface Window {
    readonly relayground: App
  }
}

/** The driver's own filling of fields is not told to the page by this version of Firefox: there a field is filled from inside the page. */
function fillsFromInside(page: Page): void {
  const locator = Object.getPrototypeOf(page.locator('body')) as Locator
  locator.fill = function (this: Locator, text: string) {
    return this.evaluate((field, filled) => {
      field.focus()
      const form = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
      Object.getOwnPropertyDescriptor(form, 'value')!.set!.call(field, filled)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }, text)
  }
}

/** Every test fails when the browser's console says anything that is a warning or worse. */
export const test = base.extend<{ quietConsole: void }>({
  quietConsole: [
    async ({ page, browserName }, use) => {
      if (browserName === 'firefox') fillsFromInside(page)
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
