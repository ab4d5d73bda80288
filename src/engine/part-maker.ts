import { parseConfig } from '../contract/fields.ts'
import type { Catalogue, ChannelManifest, NodeManifest } from '../contract/manifest.ts'
import { isNote } from '../contract/notes.ts'
import type { Channel, Config, TopologyNode } from '../topology/document.ts'
import type { Problem } from '../topology/problem.ts'
import { ChannelRuntime } from './channel-runtime.ts'
import type { Core } from './core.ts'
import { NodeRuntime } from './node-runtime.ts'

/** Where a channel comes to stand. */
export interface ChannelPlace {
  readonly index: number
  readonly from: NodeRuntime
  readonly to: NodeRuntime
  /** Inside one broker: no program stands at either end. */
  readonly inner: boolean
}

/** Makes runtimes of what the document says; what can't run is kept and not simulated, and a problem says so. */
export class PartMaker {
  problems: Problem[] = []
  readonly #core: Core
  readonly #catalogue: Catalogue

  constructor(core: Core, catalogue: Catalogue) {
    this.#core = core
    this.#catalogue = catalogue
  }

  node(node: TopologyNode, index: number): NodeRuntime | null {
    // Comments and groups are for people: nothing of them runs.
    if (isNote(node.type)) return null
    const manifest = this.#catalogue.node(node.type)
    if (!manifest) {
      this.problems.push({ code: 'node.unknown', severity: 'warning', part: node.id, says: `"${node.label}" is a ${node.type}, which this version doesn't know: it is kept, not simulated.` })
      return null
    }
    return new NodeRuntime(this.#core, { index, id: node.id, label: node.label, config: this.#parse(manifest, node), manifest })
  }

  channel(channel: Channel, { index, from, to, inner }: ChannelPlace): ChannelRuntime | null {
    const manifest = this.#catalogue.channel(channel.type)
    const fits = manifest && endFits(manifest.from, from) && endFits(manifest.to, to)
    if (!fits) {
      const says = manifest
        ? `A ${manifest.title} can't run from "${from.label()}" to "${to.label()}": it is kept, not simulated.`
        : `The channel from "${from.label()}" to "${to.label()}" is a ${channel.type}, which this version doesn't know: it is kept, not simulated.`
      this.problems.push({ code: 'channel.unknown', severity: 'warning', part: channel.id, says })
      return null
    }
    const config = this.#parse(manifest, channel)
    return new ChannelRuntime(this.#core, { index, id: channel.id, type: channel.type, from, to, config, fields: manifest.fields, inner })
  }

  /** A member of a kind of container that stands in none. */
  homeless(node: NodeRuntime): void {
    this.problems.push({ code: 'node.homeless', severity: 'warning', part: node.id, says: `"${node.label()}" stands outside a broker: drag it into one, or it does nothing.` })
  }

  #parse(manifest: NodeManifest | ChannelManifest, part: TopologyNode | Channel): Config {
    const parsed = parseConfig(manifest.fields, part.config, part.id)
    this.problems.push(...parsed.problems)
    return parsed.config
  }
}

function endFits(end: ChannelManifest['from'], node: NodeRuntime): boolean {
  if (end.types?.includes(node.type)) return true
  return end.can !== undefined && node.manifest.can.includes(end.can)
}
