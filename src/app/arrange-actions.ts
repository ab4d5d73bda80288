import type { Action } from './action.ts'
import type { App } from './app.ts'
import type { Arrangement } from './arrange.ts'

const ALIGNMENTS: readonly (readonly [Arrangement, string, string])[] = [
  ['left', 'Align left edges', 'Alt+a'],
  ['centre', 'Align centres', 'Alt+h'],
  ['right', 'Align right edges', 'Alt+d'],
  ['top', 'Align top edges', 'Alt+w'],
  ['middle', 'Align middles', 'Alt+v'],
  ['bottom', 'Align bottom edges', 'Alt+s'],
]
const DISTRIBUTIONS: readonly (readonly [Arrangement, string, string])[] = [
  ['across', 'Distribute across', 'Alt+Shift+h'],
  ['down', 'Distribute down', 'Alt+Shift+v'],
]

/** Putting nodes in order. */
export const ARRANGE_ACTIONS: readonly Action[] = [
  ...ALIGNMENTS.map(entry => arrangement(entry, 2)),
  ...DISTRIBUTIONS.map(entry => arrangement(entry, 3)),
  { id: 'group', title: 'Put a group around it', group: 'Arrange', keys: ['Mod+g'], words: ['frame', 'box'], enabled: app => several(app) > 0, run: ({ commands }) => commands.group() },
  { id: 'lay-out', title: 'Lay everything out', group: 'Arrange', keys: ['Alt+l'], words: ['auto layout', 'tidy', 'arrange'], enabled: app => app.document.getState().topology.nodes.length > 1, run: ({ commands }) => void commands.layOut() },
]

function arrangement([how, title, keys]: readonly [Arrangement, string, string], least: number): Action {
  return { id: `arrange-${how}`, title, group: 'Arrange', keys: [keys], words: ['align', 'order'], enabled: app => several(app) >= least, run: ({ commands }) => commands.arrange(how) }
}

function several(app: App): number {
  return app.session.getState().selection.nodes.length
}
