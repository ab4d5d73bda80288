import { test as base, expect, type Page } from '@playwright/test'
import type { App } from '../src/app/app.ts'

declare global {
  interface Window {
    readonly relayground: App
  }
}

/** Every test fails when the browser's console says anything that is a warning or worse. */
export const test = base.extend<{ quietConsole: void }>({
  quietConsole: [
    async ({ page }, use) => {
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
