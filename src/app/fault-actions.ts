import { isNote } from '../contract/notes.ts'
import type { NodeId } from '../topology/document.ts'
import { findChannel, findNode } from '../topology/document.ts'
import type { Action } from './action.ts'
import type { App } from './app.ts'
import { stopOf } from './faults.ts'

/** What can be broken and mended in what is selected. */
export const FAULT_ACTIONS: readonly Action[] = [
  { id: 'send', title: 'Send one message', group: 'Run', keys: [], words: ['publish'], enabled: app => senders(app).length > 0, run: app => senders(app).forEach(node => void app.commands.send(node)) },
  { id: 'restart', title: 'Restart', group: 'Break', keys: ['x'], words: ['heal', 'fault'], name: app => `Restart${brokerName(app)}`, enabled: app => nodesThat(app, 'down').length > 0, run: app => nodesThat(app, 'down').forEach(node => void app.commands.fault({ fault: 'restart', node })) },
  { id: 'crash', title: 'Crash', group: 'Break', keys: ['x'], words: ['kill', 'fault'], name: app => `Crash${brokerName(app)}`, enabled: allUp, run: app => nodesThat(app, 'up').forEach(node => void app.commands.fault({ fault: 'crash', node })) },
  { id: 'stop', title: 'Stop in good order', group: 'Break', keys: ['Shift+x'], words: ['shut down', 'fault'], name: app => `Stop${brokerName(app)}`, says: stopSays, enabled: app => allUp(app) && stopSays(app) !== undefined, run: app => nodesThat(app, 'up').forEach(node => void app.commands.fault({ fault: 'stop', node })) },
  { id: 'cut-channel', title: 'Cut', group: 'Break', keys: [], words: ['partition', 'disconnect', 'fault'], enabled: app => channelsThat(app, false).length > 0, run: app => channelsThat(app, false).forEach(channel => void app.commands.fault({ fault: 'cut', channel })) },
  { id: 'heal-channel', title: 'Heal', group: 'Break', keys: [], words: ['reconnect', 'fault'], enabled: app => channelsThat(app, true).length > 0, run: app => channelsThat(app, true).forEach(channel => void app.commands.fault({ fault: 'heal', channel })) },
]

/** What crashes when this node is meant: what lives in a broker crashes and restarts with it. */
export function wholeOf(app: App, id: NodeId): NodeId {
  const { topology } = app.document.getState()
  return findNode(topology, findNode(topology, id)?.within ?? '')?.id ?? id
}

function senders({ catalogue, document, session }: App): readonly NodeId[] {
  const { topology } = document.getState()
  return session.getState().selection.nodes.filter(id => catalogue.node(findNode(topology, id)?.type ?? '')?.sends === true)
}

function nodesThat(app: App, state: 'up' | 'down'): readonly NodeId[] {
  const { topology } = app.document.getState()
  const simulated = app.session.getState().selection.nodes.filter(id => runs(app, findNode(topology, id)?.type))
  const wholes = [...new Set(simulated.map(id => wholeOf(app, id)))]
  return wholes.filter(id => (app.figures.node(id)?.state === 'down') === (state === 'down'))
}

/** Whether nodes of a kind are simulated. */
export function runs({ catalogue }: App, type: string | undefined): boolean {
  return type !== undefined && !isNote(type) && catalogue.node(type) !== undefined
}

/** What is down comes back first: one key does both. */
function allUp(app: App): boolean {
  return nodesThat(app, 'up').length > 0 && nodesThat(app, 'down').length === 0
}

/** How an orderly stop of what is selected differs from a crash; undefined where it doesn't. */
function stopSays({ catalogue, document, session }: App): string | undefined {
  const { topology } = document.getState()
  return session.getState().selection.nodes.map(id => stopOf(catalogue, topology, id)).find(says => says !== null)
}

function channelsThat(app: App, cut: boolean): readonly string[] {
  const { topology } = app.document.getState()
  return app.session.getState().selection.channels.filter(id => findChannel(topology, id) && (app.figures.channel(id)?.state === 'cut') === cut)
}

/** The broker's name, when what is selected lives in one. */
function brokerName(app: App): string {
  const [only, ...more] = app.session.getState().selection.nodes
  if (only === undefined || more.length > 0) return ''
  const whole = wholeOf(app, only)
  return whole === only ? '' : ` ${findNode(app.document.getState().topology, whole)?.label}`
}
