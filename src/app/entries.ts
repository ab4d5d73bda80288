import { findNode } from '../topology/document.ts'
import type { Action } from './action.ts'
import type { App } from './app.ts'
import { speedText } from './actions.ts'
import { runs, wholeOf } from './fault-actions.ts'
import { SPEEDS } from './run-commands.ts'

/** Lines of the command palette that depend on what is there: topologies to open, speeds, and each node to break or mend. */
export function appEntries(app: App): readonly Action[] {
  return [...starterEntries(app), ...speedEntries(), ...faultEntries(app)]
}

function starterEntries({ starters }: App): readonly Action[] {
  return starters.map(starter => ({
    id: `starter ${starter.id}`,
    title: `Open ${starter.title}`,
    detail: starter.summary,
    group: 'Open',
    keys: [],
    words: ['starter', 'example', 'template'],
    run: ({ commands }) => commands.open(starter.topology),
  }))
}

function speedEntries(): readonly Action[] {
  return SPEEDS.map(speed => ({
    id: `speed ${speed}`,
    title: speed === 'max' ? 'Run as fast as possible' : `Run at ${speed}×`,
    group: 'Run',
    keys: [],
    words: ['speed', 'slow', 'fast'],
    run: ({ commands }) => {
      commands.setSpeed(speed)
      commands.announce(speedText(speed))
    },
  }))
}

/** One line a node that can crash by itself: up ones crash, down ones restart. */
function faultEntries(app: App): readonly Action[] {
  const { topology } = app.document.getState()
  // "Crash RabbitMQ" is said already by the action for what is selected in it.
  const [only] = app.session.getState().selection.nodes
  const said = only === undefined || wholeOf(app, only) === only ? null : wholeOf(app, only)
  return topology.nodes.flatMap(node => {
    if (node.id === said || !runs(app, node.type) || wholeOf(app, node.id) !== node.id) return []
    const down = app.figures.node(node.id)?.state === 'down'
    const label = findNode(topology, node.id)!.label
    return [{ id: `fault ${node.id}`, title: `${down ? 'Restart' : 'Crash'} ${label}`, group: 'Break', keys: [], words: ['fault', 'kill'], run: ({ commands }: App) => void commands.fault({ fault: down ? 'restart' : 'crash', node: node.id }) } satisfies Action]
  })
}
