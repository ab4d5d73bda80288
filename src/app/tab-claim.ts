/** Which stored topology this tab may write: one tab each, so that two never overwrite each other. */
export interface TabClaims {
  /** Takes a topology for this tab, and lets go of the one before; false when another tab has it. */
  claim(id: string): Promise<boolean>
  /** Ids that any tab has, this one included. */
  taken(): Promise<ReadonlySet<string>>
  /** False where a claim keeps nobody away: then whoever writes has to look first. */
  readonly exclusive: boolean
}

const PREFIX = 'relayground/'
/** A page that is just being left may hold its lock for a moment longer. */
const PATIENCE_MS = 600

/** By the browser's locks, which end with their tab however it ends. */
export function tabClaims(locks: LockManager | undefined = navigator.locks): TabClaims {
  // Pages without a secure origin have no locks.
  if (!locks) return { claim: () => Promise.resolve(true), taken: () => Promise.resolve(new Set()), exclusive: false }
  let held: { readonly id: string; readonly release: () => void } | undefined
  return {
    exclusive: true,
    claim: id => {
      if (held?.id === id) return Promise.resolve(true)
      return new Promise(resolve => {
        const granted = (): Promise<void> => {
          held?.release()
          resolve(true)
          return new Promise(release => {
            held = { id, release }
          })
        }
        locks.request(PREFIX + id, { signal: AbortSignal.timeout(PATIENCE_MS) }, granted).catch(() => resolve(false))
      })
    },
    taken: async () => {
      const { held: all = [] } = await locks.query()
      return new Set(all.flatMap(lock => (lock.name?.startsWith(PREFIX) ? [lock.name.slice(PREFIX.length)] : [])))
    },
  }
}
