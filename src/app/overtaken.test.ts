import { expect, it } from 'vitest'
import { emptyTopology } from '../topology/document.ts'
import type { StoredTopology } from './library.ts'
import { Overtaken } from './overtaken.ts'

it('a topology that another tab has written since is not to be written over', async () => {
  let clock = 100
  let stored: StoredTopology | undefined
  const write = (savedAt: number): void => void (stored = { id: 'a', savedAt, edited: true, topology: emptyTopology(), past: [], future: [] })
  const tab = new Overtaken({ read: async () => stored }, () => clock)
  expect(await tab.byAnother('a')).toBe(false)
  write(50)
  expect(await tab.byAnother('a')).toBe(false)
  write(120)
  expect(await tab.byAnother('a')).toBe(true)
  clock = 130
  tab.took()
  expect(await tab.byAnother('a')).toBe(false)
  write(140)
  tab.wrote(140)
  expect(await tab.byAnother('a')).toBe(false)
  write(141)
  expect(await tab.byAnother('a')).toBe(true)
})

it('a storage that can not be read keeps nobody from trying to write', async () => {
  expect(await new Overtaken({ read: () => Promise.reject(new Error('denied')) }).byAnother('a')).toBe(false)
})
