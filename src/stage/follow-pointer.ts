import { app } from '../app/current.ts'
import type { SeenToken } from './painter/protocol.ts'
import type { StageClient } from './stage-client.ts'

/** Over these the pointer is not over the lines. */
const BESIDE = '.react-flow__node, button, [role="menu"], .cv-overview'

export interface PointerOptions {
  readonly pane: HTMLElement
  /** From a place on the screen to the flow's coordinates. */
  readonly toFlow: (event: { readonly clientX: number; readonly clientY: number }) => { readonly x: number; readonly y: number }
  /** The token that stands still under the pointer. */
  readonly token: () => SeenToken | null
}

/** The token under the pointer stands still; a click on it, or a finger's touch, opens its message. */
export function followPointer(stage: StageClient, { pane, toFlow, token }: PointerOptions): () => void {
  let asked = 0
  let away = true
  const point = (at: { readonly x: number; readonly y: number } | null): void => {
    cancelAnimationFrame(asked)
    if (at === null && away) return
    away = at === null
    asked = requestAnimationFrame(() => stage.point(at))
  }
  const listening = new AbortController()
  const { signal } = listening
  pane.addEventListener('pointermove', event => {
    const beside = event.pointerType === 'touch' || event.buttons !== 0 || (event.target instanceof Element && event.target.closest(BESIDE) !== null)
    point(beside ? null : toFlow(event))
  }, { signal })
  pane.addEventListener('pointerleave', () => point(null), { signal })
  pane.addEventListener('pointerdown', event => event.pointerType === 'touch' && void touch(event), { signal })
  pane.addEventListener('click', event => {
    const seen = token()
    if (!seen || (event.target instanceof Element && event.target.closest(BESIDE))) return
    event.stopPropagation()
    void open(seen.handle)
  }, { signal, capture: true })

  const touch = async (event: PointerEvent): Promise<void> => {
    if (event.target instanceof Element && event.target.closest(BESIDE)) return
    const seen = await stage.pick(toFlow(event))
    if (seen) await open(seen.handle)
  }
  return () => {
    cancelAnimationFrame(asked)
    listening.abort()
  }
}

async function open(handle: number): Promise<void> {
  const { commands } = app()
  const message = await commands.message(handle)
  if (message) commands.openMessage(message)
}
