import { MiniMap, useStore as useFlowStore } from '@xyflow/react'
import type { PartFlowNode } from './part-flow-node.ts'
import type { Scene } from './scene.ts'
import './Overview.css'

/** A map of the whole, while part of it is out of sight: it would only cover what it shows otherwise. */
export function Overview({ scene }: { readonly scene: Scene }) {
  const away = useFlowStore(({ transform: [x, y, zoom], width, height }) => {
    for (const box of scene.boxes.values()) {
      const left = box.x * zoom + x
      const top = box.y * zoom + y
      if (left < -1 || top < -1 || left + box.width * zoom > width + 1 || top + box.height * zoom > height + 1) return true
    }
    return false
  })
  return away ? <MiniMap<PartFlowNode> className="cv-minimap" pannable zoomable ariaLabel="Map of the whole topology" nodeColor={mapColour} nodeBorderRadius={8} nodeStrokeWidth={0} style={MAP_SIZE} /> : null
}

const MAP_SIZE = { width: 170, height: 120 }

function mapColour(node: PartFlowNode): string {
  return `var(--system-${node.data.family?.colour ?? 'application'}${['container', 'group'].includes(node.data.manifest?.form ?? '') ? '-soft' : ''})`
}
