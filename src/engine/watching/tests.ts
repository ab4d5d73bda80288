import type { Breakpoint, FactCondition, LevelCondition, MessageCondition, PacketCondition } from '../../contract/breakpoint.ts'
import { PACKET_VERBS } from '../../contract/breakpoint.ts'
import { FACT } from '../../contract/fact.ts'
import { DISCARD_REASONS } from '../../contract/ledger.ts'
import { PROBE_VALUE } from '../../stats/probe-bank.ts'
import type { Told } from '../contents.ts'
import type { Core } from '../core.ts'
import type { Parts } from '../parts.ts'
import { FACT_BYTE, FACT_CONTENT, FACT_NODE, FACT_ORIGIN } from '../trace.ts'
import { patternOf } from './pattern.ts'

/** Breakpoints in the numbers of one run. What names a node or a channel that isn't there tests nothing. */

const LOW = 2 ** FACT_BYTE - 1

export interface FactTest {
  readonly breakpoint: Breakpoint
  /** Whether the fact whose record is at this address is meant. */
  readonly fits: (at: number) => boolean
}

export interface PacketTest {
  readonly breakpoint: Breakpoint
  /** Index of PACKET_VERBS; −1 for any. */
  readonly does: number
  readonly tells: (told: Told) => boolean
}

export interface LevelTest {
  readonly breakpoint: Breakpoint
  readonly condition: LevelCondition
  /** Address of the level. */
  readonly at: number
  /** It was there already: it has to go below before it can come to it again. */
  there: boolean
}

export function factTest(core: Core, parts: Parts, breakpoint: Breakpoint, { node, verb, reason, ...message }: FactCondition): readonly FactTest[] {
  const nodes = node === undefined ? null : nodesMeant(parts, node)
  if (nodes?.size === 0) return []
  const number = verb === undefined ? -1 : FACT[verb]
  const why = reason === undefined ? 0 : DISCARD_REASONS.indexOf(reason) + 1
  const { memory, messages } = core
  const tells = asksForMessage(message) ? tellTest(message) : null
  const fits = (at: number): boolean => {
    const { i } = memory
    const stated = i[at * 2 + FACT_NODE]!
    if (number >= 0 && stated >>> FACT_BYTE !== number) return false
    if (nodes !== null && !nodes.has(stated & LOW)) return false
    const origin = i[at * 2 + FACT_ORIGIN]!
    if (why !== 0 && origin >>> FACT_BYTE !== why) return false
    return tells === null || ((origin & LOW) !== 0 && tells(messages.contents.told(i[at * 2 + FACT_CONTENT]!)))
  }
  return [{ breakpoint, fits }]
}

export function packetTest(breakpoint: Breakpoint, { does, ...message }: PacketCondition): PacketTest {
  return { breakpoint, does: does === undefined ? -1 : PACKET_VERBS.indexOf(does), tells: tellTest(message) }
}

export function levelTest(core: Core, parts: Parts, breakpoint: Breakpoint, condition: LevelCondition): readonly LevelTest[] {
  const node = parts.nodes.get(condition.node)
  const slot = node?.probes.specs.findIndex(spec => spec.id === condition.probe && spec.kind === 'level') ?? -1
  if (!node || slot < 0) return []
  const at = node.probes.places[slot]! + PROBE_VALUE
  return [{ breakpoint, condition, at, there: core.memory.f[at]! >= condition.from }]
}

/** A container's own facts are few: what it holds is meant as well. */
function nodesMeant(parts: Parts, id: string): ReadonlySet<number> {
  const node = parts.nodes.get(id)
  const members = [...(parts.systems.get(id)?.members.values() ?? [])]
  return new Set([...(node ? [node] : []), ...members].map(one => one.index))
}

function asksForMessage({ key, type }: MessageCondition): boolean {
  return key !== undefined || type !== undefined
}

function tellTest({ key, type }: MessageCondition): (told: Told) => boolean {
  const fits = key === undefined ? null : patternOf(key)
  return told => (type === undefined || told.type === type) && (fits === null || fits(told.key))
}
