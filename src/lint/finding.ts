import type { Edit } from '../topology/edit.ts'

/** Something in a topology that is probably not meant, or worth knowing before it surprises. */
export interface Finding {
  /** Stable code of the rule: `queue.unbound`. */
  readonly code: string
  /** 'warning': messages are lost, or pile up. 'info': it may well be meant. */
  readonly severity: 'warning' | 'info'
  /** One sentence for people: what is so, and what comes of it. */
  readonly says: string
  /** Id of the node or channel that it is about. */
  readonly part: string
  readonly fixes: readonly Fix[]
}

/** A way out that can be taken with one press, as one undoable step. */
export interface Fix {
  /** On the button: "Bind it to orders". */
  readonly label: string
  /** Completes "Undo …". */
  readonly title: string
  readonly edits: readonly Edit[]
}
