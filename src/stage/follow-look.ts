import { app } from '../app/current.ts'
import type { Look } from './painter/protocol.ts'
import type { StageClient } from './stage-client.ts'

const SYSTEMS = ['application', 'rabbitmq', 'zeromq', 'redis', 'kafka', 'mqtt', 'nats', 'pattern'] as const
const MESSAGE_COLOURS = 8

/** Tells the painter the colours of the theme and whether things may move, now and when that changes. */
export function followLook(stage: StageClient): () => void {
  const { session } = app()
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const send = (): void => {
    stage.setLook(readLook())
    stage.setReduced(session.getState().motion === 'reduced')
  }
  send()
  const stop = session.subscribe((state, before) => (state.theme !== before.theme || state.motion !== before.motion) && send())
  system.addEventListener('change', send)
  return () => {
    stop()
    system.removeEventListener('change', send)
  }
}

/** The colours of the theme, as the painter needs them: resolved. */
function readLook(): Look {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    messages: Array.from({ length: MESSAGE_COLOURS }, (_, n) => colour(`--message-${n}`)),
    dead: colour('--dead'),
    danger: colour('--danger'),
    warn: colour('--warn'),
    ok: colour('--ok'),
    outline: colour('--surface'),
    canvas: colour('--canvas'),
    border: colour('--border-strong'),
    line: colour('--channel'),
    text: colour('--text'),
    muted: colour('--text-muted'),
    flow: colour('--accent'),
    systems: Object.fromEntries(SYSTEMS.map(one => [one, { line: colour(`--system-${one}`), soft: colour(`--system-${one}-soft`), text: colour(`--system-${one}-text`) }])),
  }
}
