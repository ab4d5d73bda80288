import * as F from '../contract/figures.ts'
import { DISCARD_REASONS, type LedgerFigures } from '../contract/ledger.ts'
import type { ChannelFigures, NodeFigures, ProbeFigures } from './figures.ts'
import { lagAt, readLog } from './log-figures.ts'
import type { Newest, RateWindow } from './rate-window.ts'

const QUEUE_FULL = DISCARD_REASONS.indexOf('queue full')
const NO_LOG = {}

/** Reads nodes and channels out of frames: what they are now from the newest, how fast from the window of those before. */
export class FiguresReader {
  readonly #window: RateWindow
  #nodes: readonly F.NodeLayout[] = []
  /** Where the depth of each queue stands in a frame. */
  #depths: readonly { readonly id: string; readonly at: number }[] = []

  constructor(window: RateWindow) {
    this.#window = window
  }

  relayout({ nodes }: F.FiguresLayout): void {
    this.#nodes = nodes
    this.#depths = nodes.flatMap(node => {
      const at = depthAt(node)
      return at === undefined ? [] : [{ id: node.id, at }]
    })
  }

  /** `names` are those of the readers of logs. */
  node(place: F.NodeLayout, newest: Newest, names: readonly string[]): NodeFigures {
    const { frame, shift } = newest
    const at = place.offset + shift
    const state = frame[at + F.NODE_STATE]
    const tube: number[] = []
    for (let n = 0; n < F.TUBE_LOOKS; n += 1) {
      const look = frame[at + F.NODE_TUBE + n]!
      if (look >= 0) tube.push(look)
    }
    const probes: Record<string, ProbeFigures> = {}
    for (const probe of place.probes) probes[probe.id] = this.#probe(probe, newest)
    const rate = (slot: number): number => this.#window.rate(place.offset + slot, newest)
    const flow = (slot: number): number => rate(F.NODE_LEDGER + slot)
    return {
      state: state === F.STATE_DOWN ? 'down' : state === F.STATE_ABSENT ? 'absent' : 'up',
      sinceNs: frame[at + F.NODE_SINCE_NS]!,
      ledger: readLedger(frame, at + F.NODE_LEDGER, at + F.NODE_REASONS),
      tubeCount: frame[at + F.NODE_TUBE_COUNT]!,
      tube,
      probes,
      inRate: flow(0) + flow(2),
      outRate: flow(3) + flow(7) + flow(9),
      growing: this.#isGrowing(place),
      overflowRate: rate(F.NODE_REASONS + QUEUE_FULL),
      ...(place.log === undefined ? NO_LOG : readLog(frame, place.log + shift, names)),
    }
  }

  channel({ offset }: F.FiguresLayout['channels'][number], newest: Newest): ChannelFigures {
    const { frame, shift } = newest
    const at = offset + shift
    const state = frame[at + F.CHANNEL_STATE]
    return {
      state: state === F.CHANNEL_CUT ? 'cut' : state === F.CHANNEL_CLOSED ? 'closed' : 'open',
      sinceNs: frame[at + F.CHANNEL_SINCE_NS]!,
      rate: this.#window.rate(offset + F.CHANNEL_FORWARD, newest) + this.#window.rate(offset + F.CHANNEL_BACKWARD, newest),
      inFlight: frame[at + F.CHANNEL_IN_FLIGHT]!,
      total: frame[at + F.CHANNEL_FORWARD]! + frame[at + F.CHANNEL_BACKWARD]!,
      lost: frame[at + F.CHANNEL_LOST]!,
      resent: frame[at + F.CHANNEL_RESENT]!,
    }
  }

  /** Nodes whose queue grows and grows, or runs over. */
  growing(): readonly string[] {
    const grown = this.#depths.filter(({ at }) => this.#window.isGrowing(at)).map(({ id }) => id)
    const over = this.#nodes.filter(({ offset }) => this.#window.rate(offset + F.NODE_REASONS + QUEUE_FULL) > 0).map(({ id }) => id)
    return [...new Set([...grown, ...over])]
  }

  #probe(probe: F.NodeLayout['probes'][number], newest: Newest): ProbeFigures {
    const { frame, shift } = newest
    const at = probe.offset + shift
    switch (probe.kind) {
      case 'counter':
        return { kind: 'counter', total: frame[at]!, rate: this.#window.rate(probe.offset, newest) }
      case 'level':
        return { kind: 'level', now: frame[at + F.LEVEL_NOW]!, mean: frame[at + F.LEVEL_MEAN]!, highest: frame[at + F.LEVEL_HIGHEST]!, lately: this.#window.levelMean(probe.offset, newest) }
      case 'duration':
        return {
          kind: 'duration',
          count: frame[at + F.DURATION_COUNT]!,
          meanNs: frame[at + F.DURATION_MEAN]!,
          p50Ns: frame[at + F.DURATION_P50]!,
          p95Ns: frame[at + F.DURATION_P95]!,
          p99Ns: frame[at + F.DURATION_P99]!,
          lateP50Ns: frame[at + F.DURATION_LATE_P50]!,
          lateP95Ns: frame[at + F.DURATION_LATE_P95]!,
          lateP99Ns: frame[at + F.DURATION_LATE_P99]!,
        }
    }
  }

  #isGrowing(place: F.NodeLayout): boolean {
    const at = depthAt(place)
    return at !== undefined && this.#window.isGrowing(at)
  }
}

/** What grows without bound when there is trouble: what waits in a queue; of a log, which may well grow, what its slowest reader has not had. */
function depthAt({ log, probes }: F.NodeLayout): number | undefined {
  return log === undefined ? probes.find(probe => probe.id === 'ready')?.offset : lagAt(log)
}

function readLedger(frame: Float64Array, at: number, reasonsAt: number): LedgerFigures {
  return {
    published: frame[at]!,
    copied: frame[at + 1]!,
    cameIn: frame[at + 2]!,
    wentOut: frame[at + 3]!,
    onWire: frame[at + 4]!,
    waiting: frame[at + 5]!,
    unacknowledged: frame[at + 6]!,
    processed: frame[at + 7]!,
    retained: frame[at + 8]!,
    discarded: DISCARD_REASONS.map((_, reason) => frame[reasonsAt + reason]!),
    deadLettered: frame[at + 10]!,
    redelivered: frame[at + 11]!,
  }
}
