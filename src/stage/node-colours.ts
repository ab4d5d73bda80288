import { app } from '../app/current.ts'
import type { NodeId } from '../topology/document.ts'
import { MIXED } from './painter/protocol.ts'

/** Of each node the colour of what it sends, or of what it gets where it sends nothing; none where that is of several colours. */
export function nodeColours(lanes: Uint8Array): ReadonlyMap<NodeId, number> {
  const { document, run } = app()
  const ends = new Map(document.getState().topology.channels.map(channel => [channel.id, channel]))
  const sent = new Map<NodeId, Set<number>>()
  const got = new Map<NodeId, Set<number>>()
  const note = (at: Map<NodeId, Set<number>>, node: NodeId, colour: number | undefined): void => {
    if (colour !== undefined) at.set(node, (at.get(node) ?? new Set()).add(colour))
  }
  for (const { id, index } of run.getState().layout.channels) {
    const channel = ends.get(id)
    if (!channel) continue
    const [forward, backward] = [lanes[index * 2], lanes[index * 2 + 1]].map(colour => (colour === MIXED ? undefined : colour))
    note(sent, channel.from, forward)
    note(got, channel.to, forward)
    note(sent, channel.to, backward)
    note(got, channel.from, backward)
  }
  const colours = new Map<NodeId, number>()
  for (const [node, own] of [...got, ...sent]) {
    if (own.size === 1) colours.set(node, [...own][0]!)
    else colours.delete(node)
  }
  return colours
}
