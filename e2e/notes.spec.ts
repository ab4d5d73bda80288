import { expectAccessible } from './axe.ts'
import { expect, test } from './fixture.ts'
import { RelayPage } from './relay-page.ts'

for (const theme of ['light', 'dark'] as const) {
  test(`groups take what is in them along, comments say something, and neither changes the run (${theme})`, async ({ page }) => {
    const relay = new RelayPage(page)
    await relay.open(`./?starter=competing-consumers&play=0&theme=${theme}&motion=reduced`)
    const plain = await relay.runUntil(20)
    await page.evaluate(() => window.relayground.commands.select({ nodes: ['worker-1', 'worker-2'], channels: [] }))
    await relay.canvas().focus()
    await page.keyboard.press('Control+g')
    const group = page.getByRole('group', { name: 'group group 1' })
    await expect(group).toBeVisible()
    await page.keyboard.press('F2')
    await page.keyboard.type('fast ones')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('group', { name: 'group fast ones' })).toBeVisible()

    const before = await relay.topology()
    const at = (topology: typeof before, id: string) => topology.nodes.find(node => node.id === id)!.at
    await page.keyboard.press('Shift+ArrowDown')
    const moved = await relay.topology()
    for (const id of ['group-1', 'worker-1', 'worker-2']) expect(at(moved, id).y - at(before, id).y, id).toBe(10)
    expect(at(moved, 'worker-3')).toEqual(at(before, 'worker-3'))
    await page.keyboard.press('Control+z')

    const box = (await relay.node('group-1').boundingBox())!
    await page.mouse.move(box.x + 60, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + 60, box.y - 40, { steps: 5 })
    await page.mouse.up()
    const dragged = await relay.topology()
    const by = at(dragged, 'group-1').y - at(before, 'group-1').y
    expect(by).toBeLessThan(0)
    expect(at(dragged, 'worker-2').y - at(before, 'worker-2').y).toBe(by)

    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Find anything to do' })).toBeFocused()
    await page.keyboard.type('add comment')
    await page.keyboard.press('Enter')
    await expect(relay.node('comment-1')).toBeVisible()
    await relay.node('comment-1').dblclick()
    await page.keyboard.type('Each task is done once.')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('group', { name: 'comment: Each task is done once.' })).toBeVisible()
    await expect(page.getByRole('region', { name: /^Inspector of/ }).getByLabel('Text')).toHaveValue('Each task is done once.')
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Back to the start' }).click()
    await expect.poll(() => page.evaluate(() => window.relayground.figures.nowNs())).toBe(0)
    expect((await relay.runUntil(20)).digest).toBe(plain.digest)
    expect(await page.evaluate(() => window.relayground.run.getState().problems)).toEqual([])
    await relay.menu('group-1', /^Delete/)
    expect((await relay.topology()).nodes.some(node => node.id === 'worker-1')).toBe(true)
  })
}
