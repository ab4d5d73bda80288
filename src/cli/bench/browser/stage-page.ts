import { DISCARD_REASONS } from '../../../contract/ledger.ts'
import { StageClient } from '../../../stage/stage-client.ts'
import { CURVE_NUMBERS, type Look, type Tally } from '../../../stage/painter/protocol.ts'
import '../../../stage/stage.css'
import type { StageLoad } from './stage-source.ts'

/**
 * The stage alone, as the app uses it, with a source of hops that costs next to nothing. Lines go across the whole page, as many as keep every
 * token a token: nothing is crowded, so nothing is drawn as a ribbon.
 */
const VIEW = { x: 0, y: 0, zoom: 1, width: 1280, height: 800 } as const
/** So many tokens have room on a line of this length, and some to spare. */
const TOKENS_A_LINE = 60

function curves(lines: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(lines * CURVE_NUMBERS)
  for (let n = 0; n < lines; n += 1) {
    const y = 20 + (n * (VIEW.height - 40)) / Math.max(1, lines - 1)
    const swing = Math.min(y, VIEW.height - y, 80) * Math.sin(n)
    out.set([20, y, 440, y - swing, 840, y + swing, VIEW.width - 20, y], n * CURVE_NUMBERS)
  }
  return out
}

const LOOK: Look = {
  messages: ['#0072b2', '#009e73', '#d55e00', '#b8860b', '#56a5d9', '#cc5f9b', '#5b57c9', '#7a5c3e'],
  dead: '#9b3f90',
  danger: '#d32f2f',
  warn: '#b26b00',
  ok: '#138a46',
  outline: '#ffffff',
  canvas: '#f6f8fb',
  border: '#e3e8f0',
  line: '#8f9bb0',
  text: '#131a2b',
  muted: '#5a6680',
  flow: '#2e5bff',
  systems: {},
}

let stage: StageClient | null = null

function show(tokens: number): void {
  const box = document.createElement('div')
  box.style.cssText = 'position:absolute;top:0;left:0;width:1280px;height:800px'
  document.body.append(box)
  const { port1, port2 } = new MessageChannel()
  const lines = Math.max(1, Math.ceil(tokens / TOKENS_A_LINE))
  stage = new StageClient(box, { hops: port1, reasons: DISCARD_REASONS })
  stage.setLook(LOOK)
  stage.setCurves(curves(lines))
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
