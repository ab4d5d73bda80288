import * as F from '../contract/figures.ts'
import { ON_WIRE, RETAINED } from '../contract/ledger.ts'
import { LOG_SLOTS } from '../contract/log.ts'
import type { Handle } from '../contract/message.ts'
import { LEDGER_CAME_IN, LEDGER_COPIED, LEDGER_DEAD_LETTERED, LEDGER_PUBLISHED, LEDGER_REDELIVERED, LEDGER_WENT_OUT, type Ledger } from '../stats/ledger.ts'
import { isLog, writeLog } from './log-writer.ts'
import type { NodeRuntime } from './node-runtime.ts'
import type { Run } from './run.ts'

/** Where everything stands in a frame; made anew when parts come or go. */
export function figuresLayout(run: Run, version: number): F.FiguresLayout {
  let offset = F.FIGURES_HEAD
  run.cursorNames.clear()
  const nodes = [...run.parts.nodes.values()].map(node => {
    const start = offset
    offset += F.NODE_PROBES
    const probes = node.manifest.probes.map(probe => {
      const at = offset
      offset += F.PROBE_SLOTS[probe.kind]
      return { id: probe.id, kind: probe.kind, offset: at }
    })
    if (!isLog(run, node)) return { id: node.id, type: node.type, offset: start, probes }
    const log = offset
    offset += LOG_SLOTS
    return { id: node.id, type: node.type, offset: start, probes, log }
  })
  const channels = [...run.parts.channels.values()].map(channel => {
    const start = offset
    offset += F.CHANNEL_SLOTS
    return { id: channel.id, index: channel.index, offset: start }
  })
  const ways = run.parts.ways().map(({ id, index, way }) => ({ id, index, from: way.from.id, to: way.to.id, carries: way.carries }))
  return { version, length: offset, nodes, channels, ways }
}

export interface Pace {
  readonly running: boolean
  readonly speedReached: number
  readonly eventsPerSecond: number
}

const tube: Handle[] = []

/** Fills a frame of the layout's length from the run as it is now; late histograms are cleared for the next one. False when something has become a log, for which the layout has no room. */
export function writeFigures(run: Run, layout: F.FiguresLayout, pace: Pace, out: Float64Array): boolean {
  let fits = true
  writeHead(run, layout, pace, out)
  for (const block of layout.nodes) {
    writeNode(run, block, 0, out)
    clearLate(run, block)
    if (block.log === undefined && isLog(run, run.parts.nodes.get(block.id))) fits = false
  }
  for (const block of layout.channels) writeChannel(run, block, block.offset, out)
  return fits
}

/** Fills a close-up of what is seen; late histograms go on until the next whole frame. */
export function writeCloseUp(run: Run, layout: F.FiguresLayout, { seen, pace }: { readonly seen: F.Seen; readonly pace: Pace }, out: Float64Array): void {
  writeHead(run, layout, pace, out)
  let at = F.FIGURES_HEAD
  for (const place of seen.nodes) {
    const block = layout.nodes[place]!
    writeNode(run, block, at - block.offset, out)
    at += F.nodeNumbers(block)
  }
  for (const place of seen.channels) {
    writeChannel(run, layout.channels[place]!, at, out)
    at += F.CHANNEL_SLOTS
  }
}

function writeHead(run: Run, layout: F.FiguresLayout, pace: Pace, out: Float64Array): void {
  const { core } = run
  out[F.HEAD_LAYOUT_VERSION] = layout.version
  out[F.HEAD_NOW_NS] = core.nowNs
  out[F.HEAD_EVENTS] = core.eventCount
  out[F.HEAD_RUNNING] = pace.running ? 1 : 0
  out[F.HEAD_SPEED_REACHED] = pace.speedReached
  out[F.HEAD_EVENTS_PER_SECOND] = pace.eventsPerSecond
  out[F.HEAD_DIGEST_HIGH] = core.digest.high()
  out[F.HEAD_DIGEST_LOW] = core.digest.low()
  out[F.HEAD_ENDED] = run.end === null ? 0 : run.end === 'clock' ? F.ENDED_CLOCK : F.ENDED_INSTANT
  out[F.HEAD_INPUTS] = run.journal.length
  writeLedger(run.totalLedger(), out, F.HEAD_LEDGER)
}

function writeChannel(run: Run, { id }: F.FiguresLayout['channels'][number], at: number, out: Float64Array): void {
  const channel = run.parts.channels.get(id)
  if (!channel) return
  out[at + F.CHANNEL_STATE] = channel.cut ? F.CHANNEL_CUT : channel.isOpen() ? F.CHANNEL_OPEN : F.CHANNEL_CLOSED
  out[at + F.CHANNEL_SINCE_NS] = channel.sinceNs
  out[at + F.CHANNEL_FORWARD] = channel.carried(0)
  out[at + F.CHANNEL_BACKWARD] = channel.carried(1)
  out[at + F.CHANNEL_IN_FLIGHT] = channel.inFlight()
  out[at + F.CHANNEL_LOST] = channel.lostCount
  out[at + F.CHANNEL_RESENT] = channel.loss?.resent ?? 0
}

/** Writes a node's block, moved by so much from where the layout has it. */
function writeNode(run: Run, block: F.NodeLayout, shift: number, out: Float64Array): void {
  const { core, parts } = run
  const node = parts.nodes.get(block.id)
  if (!node) return
  const at = block.offset + shift
  out[at + F.NODE_STATE] = !node.up ? F.STATE_DOWN : node.there ? F.STATE_UP : F.STATE_ABSENT
  out[at + F.NODE_SINCE_NS] = node.sinceNs
  const ledger = core.ledgers[node.index]!
  writeLedger(ledger, out, at + F.NODE_LEDGER)
  for (let reason = 0; reason < F.REASON_SLOTS; reason += 1) out[at + F.NODE_REASONS + reason] = ledger.reason(reason)
  const model = parts.systemOf.get(node.id)?.model
  const behaviour = parts.applications.get(node.id)?.behaviour
  tube.length = 0
  const count = node.up ? (model ? model.contents(node, tube, 0, F.TUBE_LOOKS) : (behaviour?.contents(tube, 0, F.TUBE_LOOKS) ?? 0)) : 0
  out[at + F.NODE_TUBE_COUNT] = count
  for (let n = 0; n < F.TUBE_LOOKS; n += 1) out[at + F.NODE_TUBE + n] = n < tube.length ? core.messages.look(tube[n]!) : -1
  if (block.log !== undefined) writeLog(run, node, out, block.log + shift)
  block.probes.forEach((probe, slot) => writeProbe(node, slot, { kind: probe.kind, at: probe.offset + shift, nowNs: core.nowNs }, out))
}

function clearLate(run: Run, { id, probes }: F.NodeLayout): void {
  const bank = run.parts.nodes.get(id)?.probes
  probes.forEach(({ kind }, slot) => kind === 'duration' && bank?.late(slot).clear())
}

function writeProbe(node: NodeRuntime, slot: number, { kind, at, nowNs }: { readonly kind: keyof typeof F.PROBE_SLOTS; readonly at: number; readonly nowNs: number }, out: Float64Array): void {
  const bank = node.probes
  switch (kind) {
    case 'counter':
      out[at] = bank.value(slot)
      return
    case 'level':
      out[at + F.LEVEL_NOW] = bank.value(slot)
      out[at + F.LEVEL_MEAN] = bank.levelMean(slot, nowNs)
      out[at + F.LEVEL_HIGHEST] = bank.highest(slot)
      out[at + F.LEVEL_AREA] = bank.levelArea(slot, nowNs)
      return
    case 'duration': {
      const whole = bank.whole(slot)
      const late = bank.late(slot)
      out[at + F.DURATION_COUNT] = whole.count
      out[at + F.DURATION_MEAN] = whole.mean()
      out[at + F.DURATION_P50] = whole.percentile(0.5)
      out[at + F.DURATION_P95] = whole.percentile(0.95)
      out[at + F.DURATION_P99] = whole.percentile(0.99)
      out[at + F.DURATION_LATE_COUNT] = late.count
      out[at + F.DURATION_LATE_P50] = late.percentile(0.5)
      out[at + F.DURATION_LATE_P95] = late.percentile(0.95)
      out[at + F.DURATION_LATE_P99] = late.percentile(0.99)
    }
  }
}

function writeLedger(ledger: Ledger, out: Float64Array, at: number): void {
  out[at] = ledger.total(LEDGER_PUBLISHED)
  out[at + 1] = ledger.total(LEDGER_COPIED)
  out[at + 2] = ledger.total(LEDGER_CAME_IN)
  out[at + 3] = ledger.total(LEDGER_WENT_OUT)
  for (let state = ON_WIRE; state <= RETAINED; state += 1) out[at + 3 + state] = ledger.state(state)
  out[at + 9] = ledger.discarded()
  out[at + 10] = ledger.total(LEDGER_DEAD_LETTERED)
  out[at + 11] = ledger.total(LEDGER_REDELIVERED)
}
