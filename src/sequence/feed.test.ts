import { afterEach, expect, it } from 'vitest'
import type { App } from '../app/app.ts'
import { setApp } from '../app/current.ts'
import type { Sequence } from '../contract/sequence.ts'
import { Feed } from './feed.ts'
import { sequenceStore } from './sequence-store.ts'

const EMPTY = { fromNs: 0, toNs: 1e9 } as Sequence // the rest is handed on unread

let feed: Feed | null = null
afterEach(() => feed?.stop())

it('asks anew of another run, though what was asked of the one before is never answered', async () => {
  const asked: number[] = []
  const answers: ((answer: Sequence | null) => void)[] = []
  let nowNs = 5e9
  let tell = (): void => undefined
  setApp({
    figures: { nowNs: () => nowNs, subscribe: (listener: () => void) => ((tell = listener), () => undefined), channel: () => undefined },
    document: { getState: () => ({ topology: { channels: [] } }) },
    commands: {
      sequence: async (_who: string, { toNs }: { toNs: number }) => {
        asked.push(toNs)
        return new Promise<Sequence | null>(resolve => answers.push(resolve))
      },
      sequenceProgress: async () => 0,
      endSequence: () => undefined,
    },
  } as unknown as App) // of the App only what a feed uses
  feed = new Feed()
  nowNs = 1e9
  tell()
  expect(asked).toEqual([5e9, 1e9])
  answers[1]!(EMPTY)
  await expect.poll(() => sequenceStore.getState().sequence).toBe(EMPTY)
})
