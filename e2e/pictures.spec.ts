import { test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

/** The pictures of the README: `PICTURES=1 npm run e2e -- pictures`. */
const SIZES = [
  [1440, 900],
  [390, 844],
] as const

for (const theme of ['light', 'dark'] as const) {
  for (const [width, height] of SIZES) {
    test(`${theme} at ${width} × ${height}`, async ({ page }) => {
      await page.setViewportSize({ width, height })
      const relay = new RelayPage(page)
      await relay.open(`./?theme=${theme}`)
      await page.waitForTimeout(9000)
      await page.screenshot({ path: `e2e/shots/${theme}-${width}.png` })
    })
  }
}
