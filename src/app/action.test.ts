import { describe, expect, it } from 'vitest'
import { pressed, type Action } from './action.ts'

const action = (...keys: string[]): Action => ({ id: 'x', title: 'x', group: 'Edit', keys, run: () => undefined })
const press = (key: string, held: readonly ('ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey')[] = []) => ({ key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...Object.fromEntries(held.map(one => [one, true])) })

describe('keys of actions', () => {
  it('takes Ctrl and Cmd for Mod, and nothing else', () => {
    const undo = action('Mod+z')
    expect([press('z', ['ctrlKey']), press('z', ['metaKey']), press('z'), press('z', ['ctrlKey', 'shiftKey']), press('z', ['ctrlKey', 'altKey'])].map(event => pressed(undo, event))).toEqual([true, true, false, false, false])
  })

  it('reads letters in both cases and wants Shift where it is written', () => {
    expect([pressed(action('Mod+Shift+z'), press('Z', ['ctrlKey', 'shiftKey'])), pressed(action('f'), press('F', ['shiftKey'])), pressed(action('Shift+f'), press('F', ['shiftKey']))]).toEqual([true, false, true])
  })

  it('leaves it to the keyboard whether a sign needs Shift', () => {
    expect([press('?'), press('?', ['shiftKey']), press('?', ['ctrlKey'])].map(event => pressed(action('?'), event))).toEqual([true, true, false])
  })

  it('takes the key, not the letter, with Alt: a Mac writes å there', () => {
    expect([{ ...press('å', ['altKey']), code: 'KeyA' }, press('a', ['altKey']), press('a')].map(event => pressed(action('Alt+a'), event))).toEqual([true, true, false])
  })

  it('knows the plus itself, and the space', () => {
    expect([pressed(action('+'), press('+', ['shiftKey'])), pressed(action('Mod++'), press('+', ['ctrlKey'])), pressed(action(' '), press(' '))]).toEqual([true, true, true])
  })
})
