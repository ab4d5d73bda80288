import { placeInText, type TextPlace } from '../formats/json/text-places.ts'
import { readRelayJson, writeRelayJson } from '../formats/json/relay-json.ts'
import type { Topology } from '../topology/document.ts'
import { editsBetween } from '../topology/diff.ts'
import type { Edit } from '../topology/edit.ts'

/** What a text says of a topology: the edits that make it so, or what is wrong and where. */
export type TextReading = { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly says: string; readonly place: TextPlace }

/** The topology as people edit it. Where the camera stands is no part of it. */
export function textOfTopology(topology: Topology): string {
  const { viewport: _viewport, ...rest } = topology
  return writeRelayJson(rest)
}

export function readText(topology: Topology, text: string): TextReading {
  const outcome = readRelayJson(text)
  if (outcome.ok) return { ok: true, edits: editsBetween(topology, outcome.value.topology) }
  const problem = outcome.problems[0]!
  return { ok: false, says: problem.says.replace('This file', 'This text'), place: placeInText(text, problem) }
}
