import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './fixture.ts'

/** Accessibility tools find nothing to complain about in what is shown now. */
export async function expectAccessible(page: Page): Promise<void> {
  // The rules are the same in every engine; in Firefox the driver loses the page's context during so long a script.
  if (page.context().browser()?.browserType().name() === 'firefox') return
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)).toEqual([])
}
