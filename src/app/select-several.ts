import type { Action } from './action.ts'
import type { App } from './app.ts'

/** Choosing several parts one by one, without a key to hold: for fingers, and for whoever can't hold one. */
export const SEVERAL_ACTIONS: readonly Action[] = [
  { id: 'select-several', title: 'Select several', group: 'Edit', keys: [], words: ['multiple', 'touch', 'tap', 'multi-select'], enabled: app => !app.session.getState().several, run: ({ commands }) => {
    commands.patchSession({ several: true, drawer: 'none', view: 'canvas' })
    commands.announce('Press what belongs together; Escape when done')
  } },
  { id: 'select-several-done', title: 'Select no more', group: 'Edit', keys: ['Escape'], enabled: app => app.session.getState().several, run: endSeveral },
]

/** What was selected stays selected. */
export function endSeveral({ commands }: App): void {
  commands.patchSession({ several: false })
}
