import { CHANNEL_SLOTS, closeUpNumbers, FIGURES_HEAD, nodeNumbers, type FiguresLayout, type Seen } from '../contract/figures.ts'
import type { Newest } from './rate-window.ts'

/**
 * The newest figures of what somebody looks at, between two whole frames. Who reads figures looks: what was read since the last pull is what the next
 * one is of.
 */
export class CloseUp {
  readonly #nodes = new Set<number>()
  readonly #channels = new Set<number>()
  #frame: Float64Array<ArrayBuffer> | null = null
  readonly #newestOfNodes = new Map<number, Newest>()
  readonly #newestOfChannels = new Map<number, Newest>()

  /** Figures of a node, or a channel, at this place of the layout are read: where they stand, if they are newer than the whole frame's. */
  node(place: number): Newest | undefined {
    this.#nodes.add(place)
    return this.#newestOfNodes.get(place)
  }
  channel(place: number): Newest | undefined {
    this.#channels.add(place)
    return this.#newestOfChannels.get(place)
  }

  /** Its head, if it is newer than the whole frame's. */
  frame(): Float64Array | null {
    return this.#frame
  }

  /** What was read since this was asked last; undefined when that is nothing, or so much that a whole frame now and then has to do. */
  seen(layout: FiguresLayout, numbersMost: number): Seen | undefined {
    const seen = { nodes: [...this.#nodes], channels: [...this.#channels] }
    this.#nodes.clear()
    this.#channels.clear()
    return seen.nodes.length + seen.channels.length > 0 && closeUpNumbers(layout, seen) <= numbersMost ? seen : undefined
  }

  take(buffer: ArrayBuffer, seen: Seen, layout: FiguresLayout): void {
    this.drop()
    const frame = new Float64Array(buffer, 0, closeUpNumbers(layout, seen))
    this.#frame = frame
    let at = FIGURES_HEAD
    for (const place of seen.nodes) {
      const block = layout.nodes[place]!
      this.#newestOfNodes.set(place, { frame, shift: at - block.offset })
      at += nodeNumbers(block)
    }
    for (const place of seen.channels) {
      this.#newestOfChannels.set(place, { frame, shift: at - layout.channels[place]!.offset })
      at += CHANNEL_SLOTS
    }
  }

  /** A whole frame is newer. */
  drop(): void {
    this.#frame = null
    this.#newestOfNodes.clear()
    this.#newestOfChannels.clear()
  }

  /** Places of another layout mean something else. */
  forget(): void {
    this.drop()
    this.#nodes.clear()
    this.#channels.clear()
  }
}
