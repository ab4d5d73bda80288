import { describe, expect, it } from 'vitest'
import { LASTING_KEYS } from '../contract/message.ts'
import { Memory } from '../kernel/memory.ts'
import { CONTENT_KEY, Contents } from './contents.ts'

const ORIGIN = { index: 0, hash: 7, serial: 0 }

describe('contents', () => {
  it('give the numbers of keys back when every message has a key of its own', () => {
    const memory = new Memory()
    const contents = new Contents(memory)
    const made = (key: string): number => contents.make({ key, body: '', type: 'event' }, ORIGIN)
    const numberOf = (content: number): number => memory.i[content * 2 + CONTENT_KEY]!
    const stays = made('stays')
    let highest = 0
    let wrong = 0
    for (let n = 0; n < LASTING_KEYS * 2; n += 1) {
      const content = made(`order.${n}`)
      highest = Math.max(highest, numberOf(content))
      if (contents.text(numberOf(content)) !== `order.${n}`) wrong += 1
      contents.release(content)
    }
    expect([wrong, highest, contents.text(numberOf(stays))]).toEqual([0, LASTING_KEYS, 'stays'])
  })

  it('keep the number of a key until the last message with it is gone', () => {
    const memory = new Memory()
    const contents = new Contents(memory)
    for (let n = 0; n < LASTING_KEYS; n += 1) contents.intern(`text ${n}`)
    const [a, b] = [1, 2].map(() => contents.make({ key: 'late', body: '', type: 'event' }, ORIGIN))
    const number = memory.i[a! * 2 + CONTENT_KEY]!
    expect(memory.i[b! * 2 + CONTENT_KEY]).toBe(number)
    contents.release(a!)
    expect(contents.text(number)).toBe('late')
    contents.release(b!)
    expect(memory.i[contents.make({ key: 'later', body: '', type: 'event' }, ORIGIN) * 2 + CONTENT_KEY]).toBe(number)
  })
})
