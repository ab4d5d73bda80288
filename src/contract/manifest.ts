import type { Config } from '../topology/document.ts'
import type { FieldSpec } from './fields.ts'
import type { LogWords } from './log.ts'

/** Plain data about the kinds of one family. Canvas, inspector, validation, link codec and docs all read it. */
export interface FamilyManifest {
  /** `amqp`, `websocket`, `app`, `chat`: the first part of every kind id of the family. Stable for ever. */
  readonly family: string
  /** What people call it: "RabbitMQ". */
  readonly title: string
  /** Name of the colour token of the family: `--system-<colour>`. */
  readonly colour: 'application' | 'rabbitmq' | 'zeromq' | 'redis' | 'kafka' | 'mqtt' | 'nats' | 'pattern'
  /** What the product calls the neutral terms, for example key → "routing key". */
  readonly terms: { readonly key: string }
  readonly nodes: readonly NodeManifest[]
  readonly channels: readonly ChannelManifest[]
  readonly claims: readonly Claim[]
}

/** How the canvas draws a node. */
export type NodeForm = 'card' | 'hexagon' | 'tube' | 'container' | 'comment' | 'group'

/** What an application node can do; channel kinds say which ability each of their ends needs. */
export type Ability = 'send' | 'receive' | 'converse' | 'serve' | 'request' | 'reply'

export interface NodeManifest {
  /** `family.kind`, stable for ever: it is in people's links. */
  readonly type: string
  readonly title: string
  /** One line for the palette and the inspector. */
  readonly summary: string
  /** Name of a lucide icon in kebab-case. */
  readonly icon: string
  readonly form: NodeForm
  /** Kind of the container this kind must live in. A palette drop outside one creates it. */
  readonly within?: string
  readonly can: readonly Ability[]
  readonly fields: readonly FieldSpec[]
  readonly probes: readonly ProbeSpec[]
  /** Probe ids in the order the node shows them: the first is its headline figure. */
  readonly headline: readonly string[]
  /** A level that a setting bounds: at its bound the node is drawn as full. */
  readonly bound?: { readonly probe: string; readonly field: string }
  /** Where nodes of this kind are logs, always or by their settings. */
  readonly log?: LogWords
  /** One line under the label, from the config: "durable · prefetch 10". Field values stand in braces: `{type}`; `{durable?durable|transient}`. */
  readonly subtitle: string
  /** The rules of this part in a few lines: the inspector's Docs tab. */
  readonly docs: readonly string[]
  /** What an orderly stop leaves that a crash doesn't, in one line; absent where a stop is a crash. */
  readonly stop?: string
  /** True when "send one message by hand" makes sense; the template is the node's config. */
  readonly sends?: boolean
  /** Config keys without a field that are carried from an import, each with what becomes of it. */
  readonly carried?: readonly { readonly field: string; readonly says: string }[]
}

/** One end of a channel kind: node kinds by id, or an ability of application nodes. */
export interface ChannelEnd {
  readonly types?: readonly string[]
  readonly can?: Ability
}

/** What stands at the ends of a line where it meets its nodes: sockets. */
export interface LineEnds {
  /** "PUB" and "SUB". */
  readonly from: string
  readonly to: string
  /** The choice field that says which end has the address: 'from' or 'to'. */
  readonly bound: string
  /** Other sockets at nodes of some kinds. */
  readonly at?: Readonly<Record<string, { readonly from: string; readonly to: string }>>
}

export interface ChannelManifest {
  readonly type: string
  readonly title: string
  readonly summary: string
  readonly form: 'solid' | 'dashed'
  readonly from: ChannelEnd
  readonly to: ChannelEnd
  /** Both ends must live in the same container. */
  readonly sameContainer?: boolean
  /** At most one channel of this kind between the same two ends (with the same config), or any number. */
  readonly parallel: 'one' | 'many'
  /** At most this many channels of this kind may leave/enter a node. */
  readonly atMost?: { readonly from?: number; readonly to?: number }
  /** Messages travel this way; 'both' for conversations. */
  readonly carries: 'forward' | 'backward' | 'both'
  /** Id of the field shown on the line (a binding's key). */
  readonly label?: string
  /** Shown as badges where the line meets its nodes: filled at the end that has the address, hollow at the other. */
  readonly ends?: LineEnds
  readonly fields: readonly FieldSpec[]
  readonly docs: readonly string[]
}

/** A refusal sentence for two kinds that people try to join and must not; tried before the general sentence. */
export interface Refusal {
  readonly from: ChannelEnd
  readonly to: ChannelEnd
  readonly says: string
}

/** A declared figure of a node. Models state facts; windows, means and charts are not their business. */
export interface ProbeSpec {
  readonly id: string
  readonly title: string
  /** counter: events so far · level: a value that holds until changed (its mean is weighted by time) · duration: a histogram. */
  readonly kind: 'counter' | 'level' | 'duration'
  /** 'messages' | 'bytes' | 'ns' | 'share' (0–1) | 'consumers' | 'clients' … */
  readonly unit: string
  readonly help?: string
}

/** One checkable sentence about the real product, where it is documented, and what proves it here. */
export interface Claim {
  readonly id: string
  readonly says: string
  readonly source: string
  readonly proof: 'recording' | 'unit' | 'not-modelled'
}

/** Kinds by id, with a family each; built once at a composition root from the manifests found by glob. */
export interface Catalogue {
  readonly families: readonly FamilyManifest[]
  node(type: string): NodeManifest | undefined
  channel(type: string): ChannelManifest | undefined
  familyOf(type: string): FamilyManifest | undefined
  readonly refusals: readonly Refusal[]
}

/** Several manifests may speak of one family (each application role is a folder of its own): they become one, in the order given. */
export function catalogueOf(manifests: readonly FamilyManifest[], refusals: readonly Refusal[] = []): Catalogue {
  const families = merged(manifests)
  const nodes = new Map(families.flatMap(family => family.nodes.map(node => [node.type, node] as const)))
  const channels = new Map(families.flatMap(family => family.channels.map(channel => [channel.type, channel] as const)))
  const byFamily = new Map(families.map(family => [family.family, family]))
  return {
    families,
    refusals,
    node: type => nodes.get(type),
    channel: type => channels.get(type),
    familyOf: type => byFamily.get(type.slice(0, type.indexOf('.'))),
  }
}

function merged(manifests: readonly FamilyManifest[]): readonly FamilyManifest[] {
  const families = new Map<string, FamilyManifest>()
  for (const one of manifests) {
    const known = families.get(one.family)
    families.set(one.family, known ? { ...known, nodes: [...known.nodes, ...one.nodes], channels: [...known.channels, ...one.channels], claims: [...known.claims, ...one.claims] } : one)
  }
  return [...families.values()]
}

/** The shape of every manifest module: `export const manifest`, and optionally `export const refusals`. */
export interface ManifestModule {
  readonly manifest: FamilyManifest
  readonly refusals?: readonly Refusal[]
}

export type RawConfig = Config
