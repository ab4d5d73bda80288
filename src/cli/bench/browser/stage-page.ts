import { DISCARD_REASONS } from '../../../contract/ledger.ts'
import { StageClient } from '../../../stage/stage-client.ts'
import type { Tally } from '../../../stage/painter/protocol.ts'
import type { StageLoad } from './stage-source.ts'

/**
 * The stage alone, as the app uses it, with a source of hops that costs next to nothing. Lines go across the whole page, as many as keep every
 * token a token: nothing is crowded, so nothing is drawn as a ribbon.
 */
const VIEW = { x: 0, y: 0, zoom: 1, width: 1280, height: 800 } as const
const POINTS = 64
/** So many tokens have room on a line of this length, and some to spare. */
const TOKENS_A_LINE = 60

function line(index: number, lines: number): Float32Array {
  const table = new Float32Array(1 + POINTS * 2)
  const top = 20 + (index * (VIEW.height - 40)) / Math.max(1, lines - 1)
  const swing = 60 * Math.sin(index)
  let length = 0
  for (let n = 0; n < POINTS; n += 1) {
    const share = n / (POINTS - 1)
    table[1 + n * 2] = 20 + share * (VIEW.width - 40)
    table[2 + n * 2] = Math.min(VIEW.height - 10, Math.max(10, top + swing * Math.sin(share * Math.PI * 2)))
    if (n > 0) length += Math.hypot(table[1 + n * 2]! - table[n * 2 - 1]!, table[2 + n * 2]! - table[n * 2]!)
  }
  table[0] = length
  return table
}

let stage: StageClient | null = null

function show(tokens: number): void {
  const box = document.createElement('div')
  box.style.cssText = 'position:absolute;top:0;left:0;width:1280px;height:800px'
  document.body.append(box)
  const { port1, port2 } = new MessageChannel()
  const lines = Math.max(1, Math.ceil(tokens / TOKENS_A_LINE))
  stage = new StageClient(box, port1, DISCARD_REASONS)
  stage.setLook({ messages: ['#0072b2', '#009e73', '#d55e00', '#b8860b', '#56a5d9', '#cc5f9b', '#5b57c9', '#7a5c3e'], dead: '#9b3f90', danger: '#d32f2f', outline: '#ffffff', text: '#131a2b', flow: '#2e5bff' })
  stage.setTables(Array.from({ length: lines }, (_, index) => line(index, lines)))
  stage.setView(VIEW)
  const source = new Worker(new URL('./stage-source.ts', import.meta.url), { type: 'module' })
  const load: StageLoad = { tokens, lines, port: port2 }
  source.postMessage(load, [port2])
}

export interface StagePage {
  show(tokens: number): void
  tally(): Promise<Tally>
}

;(globalThis as unknown as { stagePage: StagePage }).stagePage = { show, tally: () => stage!.tally() }
