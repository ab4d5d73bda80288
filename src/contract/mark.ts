/** Things the timeline shows: crash, restart, cut, heal, edit, first loss by reason per node … New ones since the last pull. */
export interface Mark {
  readonly atNs: number
  readonly mark: 'crash' | 'restart' | 'cut' | 'heal' | 'edit' | 'send' | 'loss' | 'dead-letter'
  readonly part: string
  readonly says: string
  /** The message that it happened to: its identity, and the copy. */
  readonly message?: { readonly identity: string; readonly handle: number }
}
