import type { ChannelId, Config, NodeId } from '../topology/document.ts'
import type { Edit } from '../topology/edit.ts'

/** What can go wrong on purpose. Node faults on an exchange or queue crash its whole broker. */
export type Fault =
  | { readonly fault: 'crash'; readonly node: NodeId }
  /** An orderly end: a broker writes down what it has before it goes. An application that is stopped is one that crashed. */
  | { readonly fault: 'stop'; readonly node: NodeId }
  | { readonly fault: 'restart'; readonly node: NodeId }
  | { readonly fault: 'cut'; readonly channel: ChannelId }
  | { readonly fault: 'heal'; readonly channel: ChannelId }

/** A live input: everything that reaches a run from outside. */
export type LiveInput =
  | { readonly input: 'edit'; readonly edits: readonly Edit[] }
  | { readonly input: 'fault'; readonly fault: Fault }
  /** One message sent by hand; `template` overrides fields of the node's own template (key, body, headers, messageType, persistent). */
  | { readonly input: 'send'; readonly node: NodeId; readonly template?: Config }

/** A run is a pure function of (topology, seed, journal). Entries are in order of time; equal times keep their order. */
export interface JournalEntry {
  /** Simulated time at which the input takes effect, before every other event of that instant. */
  readonly atNs: number
  readonly live: LiveInput
}
