import { useReactFlow } from '@xyflow/react'
import { beginConnection } from './connect-gesture.ts'
import './ConnectHandles.css'

/** Where a channel is pulled from: small to see, big enough to hit. By keyboard it is `c`. */
export function ConnectHandles({ id }: { readonly id: string }) {
  const { screenToFlowPosition } = useReactFlow()
  return (['left', 'right'] as const).map(side => (
    <span
      key={side}
      className="cv-handle nodrag nopan nokey"
      data-handle={side}
      title="Drag to connect"
      onPointerDown={event => {
        if (event.button !== 0) return
        event.stopPropagation()
        beginConnection(id, event.nativeEvent, screenToFlowPosition)
      }}
    />
  ))
}
