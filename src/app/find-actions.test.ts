import { defaultFilter } from 'cmdk'
import { expect, it } from 'vitest'
import type { Action } from './action.ts'
import type { App } from './app.ts'
import { FOUND_MAX, findActions, type Score } from './find-actions.ts'

const action = (id: string, title: string, group: Action['group'], more: Partial<Action> = {}): Action => ({ id, title, group, keys: [], run: () => undefined, ...more })
const includes: Score = (text, search, words) => (text.toLowerCase().startsWith(search) ? 1 : [text, ...words].join(' ').toLowerCase().includes(search) ? 0.5 : 0)
/** Only what the search looks at. */
const appWith = (actions: readonly Action[], entries: readonly Action[] = []): App => ({ actions, entries: () => entries }) as unknown as App
const names = (app: App, search: string, recent: readonly string[] = []): readonly string[] => findActions(app, search, { score: includes, recent }).map(found => found.name)

it('offers what can be done now, best answers first, found by its other words too', () => {
  const app = appWith(
    [action('a', 'Open a file', 'File', { words: ['load'] }), action('b', 'Load the last', 'File'), action('c', 'Load nothing', 'File', { enabled: () => false }), action('d', 'Walk left', 'Canvas', { family: { keys: 'Arrows', title: 'Walk' } })],
    [action('e', 'Go to loader', 'Go to')],
  )
  expect(names(app, 'load')).toEqual(['Load the last', 'Open a file', 'Go to loader'])
  expect(names(app, 'walk')).toEqual([])
})

it('calls an action as it is called where it stands, and finds the sign for times by an x', () => {
  const app = appWith([action('a', 'Undo', 'Edit', { name: () => 'Undo move of 3 nodes' }), action('b', 'Run at 10×', 'Run')])
  expect(names(app, 'undo move')).toEqual(['Undo move of 3 nodes'])
  expect(names(app, '10x')).toEqual(['Run at 10×'])
})

it('shows what was used lately first, then a few of each group', () => {
  const app = appWith([...Array.from({ length: 20 }, (_, n) => action(`go ${n}`, `Go to ${n}`, 'Go to')), action('u', 'Undo', 'Edit')])
  const shown = names(app, '  ', ['go 15', 'gone'])
  expect([shown[0], shown.length, shown.includes('Undo'), shown.filter(name => name === 'Go to 15').length]).toEqual(['Go to 15', 10, true, 1])
})

it('shows no more than can be read', () => {
  const app = appWith(Array.from({ length: 500 }, (_, n) => action(`x ${n}`, `Part ${n}`, 'Go to')))
  expect(names(app, 'part')).toHaveLength(FOUND_MAX)
})

it('finds words in any order, and takes letters that are merely somewhere in a long line for no answer', () => {
  const app = appWith([action('a', 'Add Pub/Sub channel', 'Add a part', { words: ['Redis'] }), action('b', 'Add ZeroMQ proxy', 'Add a part', { words: ['ZeroMQ'], detail: 'ZeroMQ · Hands on between two sockets: XSUB and XPUB, PULL and PUSH' })])
  const found = (search: string): readonly string[] => findActions(app, search, { score: defaultFilter, recent: [] }).map(one => one.name)
  expect([found('redis channel'), found('between sockets'), found('zmq prox'), found('qqzz')]).toEqual([['Add Pub/Sub channel'], ['Add ZeroMQ proxy'], ['Add ZeroMQ proxy'], []])
})
