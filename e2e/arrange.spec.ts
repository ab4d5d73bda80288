import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

const WORKERS = ['worker-1', 'worker-2', 'worker-3']

async function corners(relay: RelayPage, ids = WORKERS): Promise<readonly (readonly [number, number])[]> {
  const { nodes } = await relay.topology()
  return ids.map(id => nodes.find(node => node.id === id)!).map(node => [node.at.x, node.at.y] as const)
}

test('a box selects what it touches; what is selected is aligned and distributed, and undone', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers&play=0&motion=reduced')
  await page.evaluate(() => {
    const { commands } = window.relayground
    commands.edit('setting of the scene', [{ edit: 'place', places: [{ id: 'worker-1', at: { x: 640, y: 0 } }, { id: 'worker-2', at: { x: 690, y: 110 } }, { id: 'worker-3', at: { x: 660, y: 300 } }] }])
  })
  const boxes = await Promise.all(WORKERS.map(async id => (await relay.node(id).boundingBox())!))
  const left = Math.min(...boxes.map(box => box.x))
  await page.keyboard.down('Shift')
  await page.mouse.move(left - 15, boxes[0]!.y - 15)
  await page.mouse.down()
  await page.mouse.move(left + 90, boxes[2]!.y + 30, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(page.getByRole('heading', { name: '3 selected' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Align left edges' }).click()
  expect(await corners(relay)).toEqual([[640, 0], [640, 110], [640, 300]])
  await page.getByRole('button', { name: 'Distribute down' }).click()
  expect(await corners(relay)).toEqual([[640, 0], [640, 150], [640, 300]])
  await page.getByRole('button', { name: 'Undo' }).hover()
  await expect(page.getByRole('tooltip').getByText('Undo distribution of 3 nodes').or(page.getByRole('tooltip', { name: 'Undo distribution of 3 nodes' })).first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(await corners(relay)).toEqual([[640, 0], [690, 110], [660, 300]])
})

test('what is dragged snaps to the lines of its neighbours, and shows them', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=competing-consumers&play=0&motion=reduced')
  const places = [{ id: 'worker-1', at: { x: 643, y: 20 } }, { id: 'worker-2', at: { x: 643, y: 160 } }, { id: 'worker-3', at: { x: 700, y: 300 } }]
  await page.evaluate(to => window.relayground.commands.edit('setting of the scene', [{ edit: 'place', places: to }]), places)
  const box = (await relay.node('worker-3').boundingBox())!
  await page.mouse.move(box.x + 30, box.y + 12)
  await page.mouse.down()
  const upright = page.locator('.cv-guides line[x1="643"]')
  for (let by = 4; by < 80 && (await upright.count()) === 0; by += 4) await page.mouse.move(box.x + 30 - by, box.y + 12)
  await expect(upright).toBeAttached()
  await page.mouse.up()
  await expect(page.locator('.cv-guides')).toHaveCount(0)
  expect((await corners(relay, ['worker-3']))[0]![0]).toBe(643)
})

test('everything is laid out as one step, without anything on anything else', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  await page.evaluate(() => window.relayground.commands.edit('setting of the scene', [{ edit: 'place', places: window.relayground.document.getState().topology.nodes.filter(node => node.type.startsWith('app.')).map(node => ({ id: node.id, at: { x: 0, y: 0 } })) }]))
  const before = await relay.topology()
  await page.getByRole('button', { name: 'Lay everything out' }).click()
  await expect.poll(async () => (await relay.topology()) !== before && (await page.evaluate(() => window.relayground.document.getState().past.at(-1)!.title))).toBe('automatic layout')
  const tops = (await relay.topology()).nodes.filter(node => node.within === undefined)
  for (const a of tops) for (const b of tops) if (a.id < b.id) expect(Math.abs(a.at.x - b.at.x) >= 140 || Math.abs(a.at.y - b.at.y) >= 76).toBe(true)
  await page.keyboard.press('Control+z')
  expect(await relay.topology()).toEqual(before)
})

test('the camera goes to what is selected', async ({ page }) => {
  const relay = new RelayPage(page)
  await relay.open('./?starter=topic-routing&play=0')
  const zoom = (): Promise<number> => page.evaluate(() => window.relayground.session.getState().viewport.zoom)
  await relay.node('billing').click()
  const before = await zoom()
  await page.keyboard.press('z')
  await expect.poll(zoom).toBeGreaterThan(before)
  await page.keyboard.press('f')
  await expect.poll(zoom).toBeLessThanOrEqual(before + 0.01)
})
