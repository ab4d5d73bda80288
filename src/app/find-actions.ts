import { isEnabled, nameOf, type Action } from './action.ts'
import type { App } from './app.ts'

/** How well a text answers what was typed: 0 not at all, 1 exactly. */
export type Score = (text: string, search: string, words: string[]) => number

export interface Found {
  readonly action: Action
  readonly name: string
}

/** More lines than this nobody reads: who wants others types on. */
export const FOUND_MAX = 50
/** Lines shown of each group before anything is typed. */
const GROUP_MAX = 8

/** What the command palette shows: with nothing typed, what was used lately and then some of each group; else the best answers, best first. */
export function findActions(app: App, search: string, options: { readonly score: Score; readonly recent: readonly string[] }): readonly Found[] {
  const all = [...app.actions, ...app.entries()].filter(action => action.family === undefined && action.id !== 'palette' && isEnabled(app, action)).map(action => ({ action, name: nameOf(app, action) }))
  const typed = search.trim()
  if (typed === '') return unasked(all, options.recent)
  const scored = all.map((found, order) => ({ found, order, score: options.score(found.name.replaceAll('×', 'x'), typed, [...(found.action.words ?? []), found.action.group, found.action.detail ?? '']) }))
  return scored
    .filter(one => one.score > 0)
    .toSorted((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, FOUND_MAX)
    .map(one => one.found)
}

function unasked(all: readonly Found[], recent: readonly string[]): readonly Found[] {
  const lately = recent.flatMap(id => all.filter(one => one.action.id === id))
  const counts = new Map<string, number>()
  const some = all.filter(one => {
    const count = (counts.get(one.action.group) ?? 0) + 1
    counts.set(one.action.group, count)
    return count <= GROUP_MAX && !lately.includes(one)
  })
  return [...lately, ...some]
}
