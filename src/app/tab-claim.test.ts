import { expect, it } from 'vitest'
import { tabClaims } from './tab-claim.ts'

/** A browser's locks, as far as claims use them: exclusive, first come first served, ended by their signal. */
class Locks {
  readonly #held = new Set<string>()
  readonly #waiting: { readonly name: string; readonly start: () => void }[] = []

  async request(name: string, options: { readonly signal: AbortSignal }, granted: () => Promise<void>): Promise<void> {
    if (this.#held.has(name)) {
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push({ name, start: resolve })
        options.signal.addEventListener('abort', () => reject(new Error('aborted')))
      })
    }
    this.#held.add(name)
    await granted()
    this.#held.delete(name)
    const next = this.#waiting.findIndex(one => one.name === name)
    if (next >= 0) this.#waiting.splice(next, 1)[0]!.start()
  }
  query = () => Promise.resolve({ held: [...this.#held].map(name => ({ name })) })
}

it('lets one tab at a time have a topology, and frees it when that tab takes another', async () => {
  const locks = new Locks() as unknown as LockManager
  const [first, second] = [tabClaims(locks), tabClaims(locks)]
  expect([await first.claim('a'), await first.claim('a'), await second.claim('a')]).toEqual([true, true, false])
  expect([await second.claim('b'), [...(await first.taken())].sort()]).toEqual([true, ['a', 'b']])
  expect([await first.claim('c'), await second.claim('a'), [...(await first.taken())].sort()]).toEqual([true, true, ['a', 'c']])
})

it('lets every tab have everything where a browser has no locks', async () => {
  const claims = tabClaims(null as unknown as LockManager)
  expect([await claims.claim('a'), (await claims.taken()).size]).toEqual([true, 0])
})
