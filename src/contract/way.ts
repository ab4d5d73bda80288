import type { NodeContext } from './context.ts'

/** A way that messages take within a system without a channel of the document: at once, and by the system's own settings. */
export interface Way {
  readonly from: NodeContext
  readonly to: NodeContext
  readonly carries: 'dead letters'
}
