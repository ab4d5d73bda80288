/** Names as numbers, for frames of numbers: those of cursors, which come and go while a run goes on. They begin anew with each layout. */
export class CursorNames {
  #names: string[] = []
  readonly #numbers = new Map<string, number>()

  get names(): readonly string[] {
    return this.#names
  }

  number(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#names.length)
    this.#names.push(name)
    return this.#names.length - 1
  }

  clear(): void {
    this.#names = []
    this.#numbers.clear()
  }
}
