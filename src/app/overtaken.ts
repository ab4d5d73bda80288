import type { Library } from './library.ts'

/** Where no lock can keep other tabs away from a topology, whether one has written it since this tab took it or wrote it last. */
export class Overtaken {
  readonly #library: Pick<Library, 'read'>
  readonly #now: () => number
  /** What is stored later than this is not from here. Milliseconds since 1970. */
  #since: number

  constructor(library: Pick<Library, 'read'>, now = Date.now) {
    this.#library = library
    this.#now = now
    this.#since = now()
  }

  /** This tab took a topology as it is stored now. */
  took(): void {
    this.#since = this.#now()
  }

  wrote(savedAt: number): void {
    this.#since = savedAt
  }

  async byAnother(id: string): Promise<boolean> {
    const there = await this.#library.read(id).catch(() => undefined)
    return there !== undefined && there.savedAt > this.#since
  }
}
