import { NodeResizer } from '@xyflow/react'

/** The corners and edges by which a selected node is resized. */
export function ResizeFrame({ minWidth, minHeight }: { readonly minWidth: number; readonly minHeight: number }) {
  return <NodeResizer minWidth={minWidth} minHeight={minHeight} lineClassName="cv-resize-line" handleClassName="cv-resize-handle" />
}
