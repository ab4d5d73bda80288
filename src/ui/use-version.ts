import { useSyncExternalStore } from 'react'

/** Something outside React that counts its changes: the component is drawn again when the count moves. */
export interface Versioned {
  subscribe(listener: () => void): () => void
  version(): number
}

export function useVersion(source: Versioned): number {
  return useSyncExternalStore(
    listener => source.subscribe(listener),
    () => source.version(),
  )
}
