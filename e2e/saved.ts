import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

export interface Saved {
  readonly name: string
  readonly text: string
}

/** The file that the page saves when somebody does this. */
export async function savedBy(page: Page, act: () => Promise<void>): Promise<Saved> {
  if (page.context().browser()?.browserType().name() === 'firefox') return savedInFirefox(page, act)
  const download = page.waitForEvent('download')
  await act()
  const file = await download
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
}

/** The driver isn't told of Firefox's downloads: there the link that is clicked says what it would save. */
async function savedInFirefox(page: Page, act: () => Promise<void>): Promise<Saved> {
  const saved = page.evaluate(
    () =>
      new Promise<Saved>(done => {
        HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
          void fetch(this.href).then(async file => done({ name: this.download, text: await file.text() }))
        }
      }),
  )
  await act()
  return saved
}
