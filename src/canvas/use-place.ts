import { useStore, useStoreApi } from '@xyflow/react'
import type { Box } from '../app/node-sizes.ts'

const WIDTH = 300
const HEIGHT = 280

/** Beside a node, inside the canvas, also when that becomes another size. */
export function usePlaceBeside(box: Box): { readonly left: number; readonly top: number; readonly width: number } {
  const width = useStore(flow => flow.width)
  const height = useStore(flow => flow.height)
  const { transform } = useStoreApi().getState()
  const [x, y, zoom] = transform
  const room = Math.min(WIDTH, width - 16)
  const right = (box.x + box.width) * zoom + x + 12
  const left = right + room < width ? right : box.x * zoom + x - room - 12
  return { left: Math.max(8, Math.min(left, width - room - 8)), top: Math.max(8, Math.min(box.y * zoom + y, height - HEIGHT)), width: room }
}
