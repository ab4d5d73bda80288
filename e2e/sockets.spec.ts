import { AxeBuilder } from '@axe-core/playwright'
import type { Topology } from '../src/topology/document.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const at = (x: number, y: number): { x: number; y: number } => ({ x, y })
const pipeline: Topology = {
  format: 1,
  title: 'Sockets',
  seed: 1,
  nodes: [
    { id: 'v', type: 'app.producer', label: 'ventilator', at: at(0, 100), config: { rate: 50, arrival: 'regular' } },
    { id: 'w', type: 'app.consumer', label: 'worker', at: at(400, 100), config: { serviceTime: { law: 'constant', value: 600_000 } } },
  ],
  channels: [{ id: 'deal', type: 'zeromq.push-pull', from: 'v', to: 'w', config: { sendMark: 3, receiveMark: 2, latency: { law: 'constant', value: 1 } } }],
}

test('sockets are badges on their nodes, filled where they bind, in both themes', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await relay.openTopology(pipeline)
  const badge = (of: string) => page.locator(`.cv-socket[data-of="${of}"]`)
  await expect(badge('v')).toHaveText('PUSH')
  await expect(badge('w')).toHaveText('PULL')
  await expect(badge('v')).toHaveAttribute('data-role', 'binds')
  await expect(badge('w')).toHaveAttribute('data-role', 'connects')
  await expect(page.getByRole('img', { name: /PUSH\/PULL, ventilator binds/ })).toBeAttached()
  for (const theme of ['dark', 'light'] as const) {
    await page.evaluate(theme => window.relayground.commands.setTheme(theme), theme)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  await badge('v').click()
  await page.getByLabel('Binds', { exact: true }).selectOption('to')
  await expect(badge('v')).toHaveAttribute('data-role', 'connects')
  await expect(badge('w')).toHaveAttribute('data-role', 'binds')
})

test('what waits in a socket is listed, and says why it waits', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?play=0')
  await relay.openTopology(pipeline)
  await relay.runUntil(2)
  await page.evaluate(() => {
    window.relayground.commands.select({ nodes: ['v'], channels: [] })
    window.relayground.commands.patchSession({ inspectorTab: 'messages' })
  })
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText('of 3, the head first')).toBeVisible()
  await inspector.getByRole('button', { name: /v#5/ }).click()
  await expect(inspector.getByText(/One message is ahead of it in the send queue of the PUSH, and worker has room for no more/)).toBeVisible()
})
