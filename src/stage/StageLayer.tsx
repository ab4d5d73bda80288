import './stage.css'
import { useStoreApi } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import { app } from '../app/current.ts'
import { DISCARD_REASONS } from '../contract/ledger.ts'
import type { Look } from './painter/protocol.ts'
import { pathTable } from './path-table.ts'
import { StageClient } from './stage-client.ts'

/** Moving messages, painted by a worker. React renders this once; everything after is subscriptions. */
export function StageLayer() {
  const box = useRef<HTMLDivElement>(null)
  const flow = useStoreApi()
  useEffect(() => {
    const element = box.current
    if (!element) return
    const { port1, port2 } = new MessageChannel()
    const stage = new StageClient(element, port1, DISCARD_REASONS)
    app().commands.attachStage(port2)
    // For measurements and tests: the worker alone knows what was drawn.
    Object.assign(element, { tally: () => stage.tally() })

    const sendView = (): void => {
      const { transform, width, height } = flow.getState()
      stage.setView({ x: transform[0], y: transform[1], zoom: transform[2], width, height })
    }
    const stops = [flow.subscribe(sendView), followTables(stage), followLook(stage)]
    sendView()
    return () => {
      for (const stop of stops) stop()
      stage.dispose()
    }
  }, [flow])
  return <div ref={box} className="st-box" aria-hidden="true" />
}

/** Paths by channel number, sent when they change: a path is sampled anew only when its text differs. */
function followTables(stage: StageClient): () => void {
  const { geometry, run } = app()
  const sampled = new Map<string, { path: string; table: Float32Array }>()
  let asked = 0
  const send = (): void => {
    asked = 0
    const { paths } = geometry.getState()
    const tables: (Float32Array | null)[] = []
    for (const { id, index } of run.getState().layout.channels) {
      while (tables.length <= index) tables.push(null)
      const path = paths.get(id)
      if (path === undefined) continue
      let known = sampled.get(id)
      if (known?.path !== path) {
        known = { path, table: pathTable(path) }
        sampled.set(id, known)
      }
      tables[index] = known.table
    }
    stage.setTables(tables)
  }
  const ask = (): void => {
    if (asked === 0) asked = requestAnimationFrame(send)
  }
  ask()
  const stops = [geometry.subscribe(ask), run.subscribe((state, before) => state.layout !== before.layout && ask())]
  return () => {
    cancelAnimationFrame(asked)
    for (const stop of stops) stop()
  }
}

function followLook(stage: StageClient): () => void {
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
    messages: Array.from({ length: 8 }, (_, n) => colour(`--message-${n}`)),
    dead: colour('--dead'),
    danger: colour('--danger'),
    outline: colour('--surface'),
    text: colour('--text'),
    flow: colour('--accent'),
  }
}
