import { isEnabled, nameOf, type Action, type ActionGroup } from './action.ts'
import type { App } from './app.ts'

/** How well a text answers what was typed: 0 not at all, 1 exactly. */
export type Score = (text: string, search: string, words: string[]) => number

export interface Found {
  readonly action: Action
  readonly name: string
}

/** More lines than this nobody reads: who wants others types on. */
export const FOUND_MAX = 50
/** Below it the letters are merely somewhere: abbreviations that people type are well above. */
const SCORE_LEAST = 0.1
/** What a word is worth that stands in the line about an action, and nowhere in its name. */
const IN_DETAIL = 0.5
/** Words in another order answer a little less than what was typed as it stands. */
const IN_ANY_ORDER = 0.9
/** What people come for first. */
const GROUPS: readonly ActionGroup[] = ['Add a part', 'Go to', 'Break', 'Run', 'Edit', 'Canvas', 'Arrange', 'View', 'File', 'Open', 'Help']
/** Lines shown of each group before anything is typed. */
const GROUP_MAX = 8

/** What the command palette shows: with nothing typed, what was used lately and then some of each group; else the best answers, best first. */
export function findActions(app: App, search: string, options: { readonly score: Score; readonly recent: readonly string[] }): readonly Found[] {
  const all = [...app.actions, ...app.entries()].filter(action => action.family === undefined && action.id !== 'palette' && isEnabled(app, action)).map(action => ({ action, name: nameOf(app, action) }))
  const typed = search.trim()
  if (typed === '') return unasked(all, options.recent)
  const scored = all.map((found, order) => ({ found, order, score: answers(found, typed, options.score) }))
  return scored
    .filter(one => one.score >= SCORE_LEAST)
    .toSorted((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, FOUND_MAX)
    .map(one => one.found)
}

/** Names may be abbreviated, "crp" for "Crash producer"; of the line about it only whole letters count: in so many, any few are somewhere. */
function answers({ action, name }: Found, typed: string, score: Score): number {
  const text = name.replaceAll('×', 'x')
  const words = [...(action.words ?? []), action.group]
  const detail = action.detail?.toLowerCase() ?? ''
  const inAnyOrder = typed.split(/\s+/).map(word => Math.max(score(text, word, words), detail.includes(word.toLowerCase()) ? IN_DETAIL : 0))
  return Math.max(score(text, typed, words), IN_ANY_ORDER * inAnyOrder.reduce((product, one) => product * one, 1))
}

function unasked(all: readonly Found[], recent: readonly string[]): readonly Found[] {
  const lately = recent.flatMap(id => all.filter(one => one.action.id === id))
  const counts = new Map<string, number>()
  const some = all.filter(one => {
    const count = (counts.get(one.action.group) ?? 0) + 1
    counts.set(one.action.group, count)
    return count <= GROUP_MAX && !lately.includes(one)
  })
  return [...lately, ...some.toSorted((a, b) => placeOf(a) - placeOf(b))]
}

function placeOf({ action }: Found): number {
  return GROUPS.indexOf(action.group)
}
