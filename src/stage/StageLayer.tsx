import './stage.css'
import { useStoreApi } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import { app } from '../app/current.ts'
import { readQuery } from '../app/query.ts'
import { setTokenUnderPointer } from '../app/view.ts'
import { DISCARD_REASONS } from '../contract/ledger.ts'
import { FONT_FILES } from '../ui/font-files.ts'
import { nodeColours } from './node-colours.ts'
import { followLook } from './follow-look.ts'
import { followMessage } from './follow-message.ts'
import { followPointer } from './follow-pointer.ts'
import { followScene } from './follow-scene.ts'
import type { SeenToken } from './painter/protocol.ts'
import { StageClient } from './stage-client.ts'
import { TokenCard } from './TokenCard.tsx'

/** Moving messages, painted by a worker. React renders only what the pointer stopped; everything else is subscriptions. */
export function StageLayer() {
  const box = useRef<HTMLDivElement>(null)
  const flow = useStoreApi()
  const [token, setToken] = useState<SeenToken | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const { port1, port2 } = new MessageChannel()
    let seen: SeenToken | null = null
    const stage = new StageClient(element, {
      hops: port1,
      reasons: DISCARD_REASONS,
      fonts: FONT_FILES,
      painter: readQuery(location.search).painter,
      onColours: lanes => app().geometry.setState({ colours: nodeColours(lanes) }),
      onToken: found => {
        seen = found
        setTokenUnderPointer(found?.handle ?? null)
        flow.getState().domNode?.toggleAttribute('data-token', found !== null)
        setToken(found)
      },
    })
    app().commands.attachStage(port2)
    // For measurements and tests: the worker alone knows what was drawn.
    Object.assign(element, { tally: () => stage.tally() })
    const sendView = (): void => {
      const { transform, width, height } = flow.getState()
      stage.setView({ x: transform[0], y: transform[1], zoom: transform[2], width, height })
    }
    const pane = flow.getState().domNode
    const stops = [flow.subscribe(sendView), followScene(stage), followLook(stage), followMessage(stage), ...(pane ? [followPointer(stage, { pane, toFlow: toFlowOf(flow, pane), token: () => seen })] : [])]
    sendView()
    return () => {
      for (const stop of stops) stop()
      stage.dispose()
    }
  }, [flow])
  return (
    <div ref={box} className="st-box" aria-hidden="true">
      {token && <TokenCard key={token.handle} token={token} at={toScreen(flow, token)} />}
    </div>
  )
}

type Flow = ReturnType<typeof useStoreApi>

function toFlowOf(flow: Flow, pane: HTMLElement): (event: { readonly clientX: number; readonly clientY: number }) => { x: number; y: number } {
  return ({ clientX, clientY }) => {
    const { left, top } = pane.getBoundingClientRect()
    const [x, y, zoom] = flow.getState().transform
    return { x: (clientX - left - x) / zoom, y: (clientY - top - y) / zoom }
  }
}

function toScreen(flow: Flow, { x, y }: { readonly x: number; readonly y: number }): { x: number; y: number } {
  const { transform, domNode } = flow.getState()
  const { left, top } = domNode?.getBoundingClientRect() ?? { left: 0, top: 0 }
  return { x: x * transform[2] + transform[0] + left, y: y * transform[2] + transform[1] + top }
}
