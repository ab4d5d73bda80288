import { CHANNEL_CLOSED, CHANNEL_CUT, CHANNEL_OPEN, STATE_ABSENT, STATE_DOWN, STATE_UP, type FiguresLayout } from '../contract/figures.ts'
import * as G from '../contract/glances.ts'
import type { Handle } from '../contract/message.ts'
import { glanceAtLog } from './log-writer.ts'
import type { NodeRuntime } from './node-runtime.ts'
import type { Run } from './run.ts'

const held: Handle[] = []

/** Numbers that glances of this layout take. */
export function glanceSize(layout: FiguresLayout): number {
  return G.glanceLength(layout.nodes.length, channelNumbers(layout), layout.nodes.reduce((sum, node) => sum + (node.log === undefined ? 0 : 1), 0))
}

/** Fills glances of the run as it is now; `out` is at least `glanceSize` long. */
export function writeGlances(run: Run, layout: FiguresLayout, out: Float64Array): void {
  const { parts } = run
  const channels = channelNumbers(layout)
  out[G.GLANCE_NOW_NS] = run.core.nowNs
  out[G.GLANCE_LAYOUT] = layout.version
  out[G.GLANCE_NODES] = layout.nodes.length
  out[G.GLANCE_CHANNELS] = channels
  let at = G.GLANCE_HEAD
  let logAt = G.glanceLength(layout.nodes.length, channels)
  for (const { id, log } of layout.nodes) {
    const node = parts.nodes.get(id)
    if (node) writeNode(run, node, out, at)
    out[at + G.GLANCE_LOG] = log === undefined ? -1 : logAt
    if (log !== undefined) {
      if (node) glanceAtLog(run, node, out, logAt)
      logAt += G.GLANCE_LOG_SLOTS
    }
    at += G.GLANCE_NODE_SLOTS
  }
  for (let n = 0; n < channels; n += 1) out[at + n * G.GLANCE_CHANNEL_SLOTS + G.GLANCE_CHANNEL_STATE] = -1
  for (const { id, index } of layout.channels) {
    const channel = parts.channels.get(id)
    if (!channel) continue
    const place = at + index * G.GLANCE_CHANNEL_SLOTS
    out[place + G.GLANCE_CHANNEL_STATE] = channel.cut ? CHANNEL_CUT : channel.isOpen() ? CHANNEL_OPEN : CHANNEL_CLOSED
    out[place + G.GLANCE_FORWARD] = channel.carried(0)
    out[place + G.GLANCE_BACKWARD] = channel.carried(1)
    out[place + G.GLANCE_IN_FLIGHT] = channel.inFlight()
  }
}

function writeNode(run: Run, node: NodeRuntime, out: Float64Array, at: number): void {
  out[at + G.GLANCE_STATE] = !node.up ? STATE_DOWN : node.there ? STATE_UP : STATE_ABSENT
  out[at + G.GLANCE_SINCE_NS] = node.sinceNs
  const slot = node.manifest.probes.findIndex(probe => probe.id === node.manifest.headline[0])
  const kind = node.manifest.probes[slot]?.kind
  out[at + G.GLANCE_KIND] = kind === 'counter' ? G.GLANCE_COUNTER : kind === 'level' ? G.GLANCE_LEVEL : G.GLANCE_NONE
  out[at + G.GLANCE_VALUE] = kind === 'counter' || kind === 'level' ? node.probes.value(slot) : 0
  held.length = 0
  const model = run.parts.systemOf.get(node.id)?.model
  out[at + G.GLANCE_HELD] = node.up ? (model ? model.contents(node, held, 0, G.GLANCE_LOOKS_MOST) : (run.parts.applications.get(node.id)?.behaviour.contents(held, 0, G.GLANCE_LOOKS_MOST) ?? 0)) : 0
  for (let n = 0; n < G.GLANCE_LOOKS_MOST; n += 1) out[at + G.GLANCE_LOOKS + n] = n < held.length ? run.core.messages.look(held[n]!) : -1
}

function channelNumbers(layout: FiguresLayout): number {
  let numbers = 0
  for (const { index } of layout.channels) numbers = Math.max(numbers, index + 1)
  return numbers
}
