import type { NodeFigures } from './figures.ts'
import { spokenCursor, type LogFigures } from './log-figures.ts'
import type { NodeManifest } from '../contract/manifest.ts'
import type { Config } from '../topology/document.ts'
import { clockText, countText, durationText, rateText } from '../ui/figure-text.ts'

/** What a node says about itself at a glance, from its figures. Pure, so that its sentences can be tested. */
export interface NodeView {
  readonly tone: 'idle' | 'up' | 'warn' | 'down' | 'absent'
  /** It grows without bound, or is at its bound: drawn with an amber outline. */
  readonly strained: boolean
  /** The headline figure: "120/s", "1 284", "down". */
  readonly headline: string
  /** A plain sentence that takes the place of the subtitle when there is something to say. */
  readonly sentence: string | null
  /** End-to-end latency where it is measured: the 95th percentile, and all three for those who ask. */
  readonly latency: { readonly short: string; readonly full: string } | null
}

export function nodeView(manifest: NodeManifest, config: Config, figures: NodeFigures | undefined, closed: number): NodeView {
  const quiet = { sentence: null, latency: null, strained: false }
  if (!figures) return { ...quiet, tone: 'idle', headline: '' }
  if (figures.state === 'down') return { ...quiet, tone: 'down', headline: 'down', sentence: `down since ${clockText(figures.sinceNs)}` }
  if (figures.state === 'absent') return { ...quiet, tone: 'absent', headline: 'away', sentence: 'away: its owner is not connected' }
  const headline = headlineOf(manifest, figures)
  const latency = latencyOf(figures)
  const strain = strainSentence(manifest, config, figures)
  if (strain !== null) return { tone: 'warn', headline, sentence: strain, latency, strained: true }
  if (closed > 0) return { ...quiet, tone: 'warn', headline, sentence: manifest.form === 'card' ? (closed === 1 ? 'channel not connected' : `${closed} channels not connected`) : null, latency }
  return { ...quiet, tone: 'up', headline, latency }
}

/** Why it is more than it can take; null when it isn't. What is lost now comes before what will be. */
function strainSentence(manifest: NodeManifest, config: Config, figures: NodeFigures): string | null {
  if (figures.overflowRate > 0) return `over its limit: ${rateText(figures.overflowRate)} dropped`
  const probe = figures.probes[manifest.bound?.probe ?? '']
  const bound = config[manifest.bound?.field ?? '']
  if (probe?.kind === 'level' && typeof bound === 'number' && probe.now >= bound && probe.now > 0) return `at its limit of ${countText(bound)}`
  return figures.growing ? growthSentence(figures) : null
}

function latencyOf(figures: NodeFigures): NodeView['latency'] {
  const probe = figures.probes['latency']
  if (probe?.kind !== 'duration' || probe.count === 0) return null
  return { short: `p95 ${durationText(probe.p95Ns)}`, full: `End-to-end latency: p50 ${durationText(probe.p50Ns)}, p95 ${durationText(probe.p95Ns)}, p99 ${durationText(probe.p99Ns)}` }
}

function headlineOf(manifest: NodeManifest, figures: NodeFigures): string {
  const id = manifest.headline[0]
  const probe = id === undefined ? undefined : figures.probes[id]
  if (!probe) return ''
  if (probe.kind === 'counter') return rateText(probe.rate)
  if (probe.kind === 'level') return countText(probe.now)
  return ''
}

function growthSentence(figures: NodeFigures): string {
  if (figures.log) return lagSentence(figures.log)
  const consumers = figures.probes['consumers']
  if (consumers?.kind === 'level' && consumers.now === 0) return 'growing: nobody consumes'
  return `growing: ${rateText(figures.inRate)} in, ${rateText(figures.outRate)} out`
}

/** A log may grow: that a reader doesn't keep up with it is what matters. */
function lagSentence({ cursors }: LogFigures): string {
  const most = Math.max(...cursors.map(one => one.lag ?? 0))
  return `${cursors.find(one => one.lag === most)?.name ?? ''} falls behind: lag ${countText(most)}`
}

/** "queue history, 1,284 ready, no consumers". */
export function nodeName(manifest: NodeManifest | undefined, label: string, figures: NodeFigures | undefined): string {
  if (!manifest) return `${label}, kept, not simulated`
  const kind = manifest.title.toLowerCase()
  // "queue 1" is not read as "queue queue 1".
  const parts = [label.toLowerCase().startsWith(kind) ? label : `${kind} ${label}`]
  if (figures?.state === 'down') parts.push(`down since ${clockText(figures.sinceNs)}`)
  else if (figures?.state === 'absent') parts.push('away')
  else if (figures) {
    for (const id of spokenProbes(manifest)) {
      const probe = figures.probes[id]
      const spec = manifest.probes.find(one => one.id === id)
      if (!probe || !spec) continue
      if (probe.kind === 'counter') parts.push(`${spec.title.toLowerCase()} ${spokenRate(probe.rate)} per second`)
      if (probe.kind === 'level') parts.push(spec.unit === 'share' ? `${Math.round(probe.now * 100)} percent busy` : spokenLevel(probe.now, spec))
    }
    if (figures.log) parts.push(...spokenCursors(figures.log))
    if (figures.growing) parts.push(figures.log ? 'falling behind' : 'growing')
  }
  return parts.join(', ')
}

/** So many are heard; the rest is a number. */
const CURSORS_SPOKEN = 4

function spokenCursors({ cursors, more }: LogFigures): readonly string[] {
  const rest = cursors.length - CURSORS_SPOKEN + more
  return [...cursors.slice(0, CURSORS_SPOKEN).map(spokenCursor), ...(rest > 0 ? [`and ${rest} more`] : [])]
}

/** The headline, and how many consumers there are where that is a figure. */
function spokenProbes(manifest: NodeManifest): readonly string[] {
  const head = manifest.headline[0]
  const also = manifest.probes.filter(probe => probe.unit === 'consumers' && probe.id !== head).map(probe => probe.id)
  return [...(head === undefined ? [] : [head]), ...also]
}

function spokenLevel(value: number, spec: { readonly title: string; readonly unit: string }): string {
  const count = Math.round(value)
  if (spec.unit === 'messages') return `${count.toLocaleString('en')} ${spec.title.toLowerCase()}`
  if (count === 0) return `no ${spec.unit}`
  return `${count.toLocaleString('en')} ${count === 1 ? spec.unit.replace(/s$/, '') : spec.unit}`
}

function spokenRate(rate: number): string {
  return rate >= 10 ? Math.round(rate).toLocaleString('en') : (Math.round(rate * 10) / 10).toString()
}
