import type { Trouble } from '../contract/context.ts'
import type { Problem } from '../topology/problem.ts'

/** What goes wrong in a run and isn't meant to (a product refuses something): at most one for each part, there until it works. */
export class Troubles {
  /** Grows with every change. */
  version = 0
  readonly #byPart = new Map<string, Problem>()

  tell(part: string, trouble: Trouble | null): void {
    const before = this.#byPart.get(part)
    if (trouble === null ? before === undefined : before?.code === trouble.code && before.says === trouble.says) return
    this.version += 1
    if (trouble === null) this.#byPart.delete(part)
    else this.#byPart.set(part, { ...trouble, severity: 'error', part })
  }

  /** In the order in which they came up. */
  list(): readonly Problem[] {
    return [...this.#byPart.values()]
  }
}
