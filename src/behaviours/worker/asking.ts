import type { Alarm } from '../../contract/context.ts'
import type { BehaviourContext, Endpoint } from '../../contract/model.ts'
import type { Correlation } from '../../messaging/correlation.ts'

const NS_A_MS = 1e6

/** A worker that asks for its tasks: it says that it is free, what it has done, and that it is free again. */
export class Asking {
  readonly #context: BehaviourContext
  readonly #signal: number
  #alarm: Alarm = 0

  /** `signal` is that of the alarm, which the program hands on to `due`. */
  constructor(context: BehaviourContext, signal: number) {
    this.#context = context
    this.#signal = signal
  }

  /** As soon as the program's connections are begun. */
  start(): void {
    this.stop()
    if (this.#asks()) this.#alarm = this.#context.after(0, this.#signal, 0)
  }
  stop(): void {
    if (this.#alarm !== 0) this.#context.cancel(this.#alarm)
    this.#alarm = 0
  }

  /** Time to say that it is free, if it is: what it said before may have been lost. */
  due(room: number): void {
    this.#alarm = 0
    if (!this.#context.isUp() || !this.#asks()) return
    if (room > 0) this.#say('ready', room, null)
    this.#alarm = this.#context.after(Math.round(Number(this.#context.config()['asksEvery']) * NS_A_MS), this.#signal, 0)
  }

  /** A task has ended; `task` is what it belonged to. */
  ended(how: 'done' | 'failed', room: number, task: Correlation | null): void {
    if (this.#asks()) this.#say(how, room, task)
  }

  /** Whether tasks are asked for on a line: results go elsewhere. */
  owns(endpoint: Endpoint): boolean {
    return this.#asks() && endpoint.canReceive && endpoint.channel.from === this.#context.id
  }

  #asks(): boolean {
    return this.#context.config()['takes'] === 'asks'
  }

  #say(key: 'ready' | 'done' | 'failed', room: number, task: Correlation | null): void {
    const context = this.#context
    for (const line of context.endpoints) {
      if (!line.canSend || !this.owns(line)) continue
      const said = context.publish({ key, body: '', type: 'event', ...(task === null ? {} : { properties: task.properties }), headers: { room, ...task?.headers } })
      if (line.send(said) === 'refused') context.discard(said, 'connection lost')
    }
  }
}
