/** Who is told when every queue has said what it does with a message. */
export interface ConfirmOwner {
  confirmed(number: number, accepted: boolean): void
}

/** Publishes whose copies are on their way to queues: columns by number, 1 and up; what has been told leaves its number to others. */
export class Confirms {
  #owners: (ConfirmOwner | null)[] = [null]
  #numbers: number[] = [0]
  #left: number[] = [0]
  #refused: boolean[] = [false]
  readonly #free: number[] = []

  /** The owner's `number` is told back when so many copies are settled. */
  open(owner: ConfirmOwner, number: number, copies: number): number {
    const confirm = this.#free.pop() ?? this.#owners.push(null) - 1
    this.#owners[confirm] = owner
    this.#numbers[confirm] = number
    this.#left[confirm] = copies
    this.#refused[confirm] = false
    return confirm
  }

  /** A queue took a copy or refused it: one refusal makes a nack (claim amqp.pub.confirm-partial). 0 is a publish that nobody asks about. */
  settle(confirm: number, accepted: boolean): void {
    if (confirm === 0) return
    if (!accepted) this.#refused[confirm] = true
    this.#left[confirm]! -= 1
    if (this.#left[confirm]! > 0) return
    const owner = this.#owners[confirm]!
    this.#owners[confirm] = null
    this.#free.push(confirm)
    owner?.confirmed(this.#numbers[confirm]!, !this.#refused[confirm])
  }
}
