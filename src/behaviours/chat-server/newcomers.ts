import type { Handle } from '../../contract/message.ts'
import type { BehaviourContext, Endpoint } from '../../contract/model.ts'

/**
 * Users that have just come: the history is asked for each, and what comes back is theirs. They are users like all others meanwhile, so what is said
 * before the answer comes may reach them before it, and again in it.
 */
export class Newcomers {
  readonly #context: BehaviourContext
  /** By id of the line: the number of its last question. */
  readonly #asked = new Map<string, number>()
  #count = 0

  constructor(context: BehaviourContext) {
    this.#context = context
  }

  ask(user: Endpoint): void {
    const context = this.#context
    for (const line of context.endpoints) {
      if (!line.canSend || !line.canReceive || line.channel.from !== context.id) continue
      this.#count += 1
      this.#asked.set(user.channel.id, this.#count)
      const question = context.publish({ key: 'history', body: '', type: 'command', properties: { correlationId: `${context.id}:${this.#count}:${user.channel.id}` } })
      if (line.send(question) === 'refused') context.discard(question, 'connection lost')
      return
    }
  }

  /** Who waits for an answer, if it still does. */
  askedBy(answer: Handle): Endpoint | undefined {
    const id = String(this.#context.messages.properties(answer)?.['correlationId'])
    return this.#context.endpoints.find(user => user.isOpen() && id === `${this.#context.id}:${this.#asked.get(user.channel.id)}:${user.channel.id}`)
  }

  forget(user: Endpoint): void {
    this.#asked.delete(user.channel.id)
  }
  clear(): void {
    this.#asked.clear()
  }
}

/** The texts of a history service's answer; none in anything else. */
export function textsIn(body: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(body)
    return Array.isArray(list) ? list.filter(one => typeof one === 'string') : []
  } catch {
    return []
  }
}
