import type { ChannelContext } from '../../../contract/context.ts'
import type { Handle } from '../../../contract/message.ts'
import type { Endpoint, EndpointContext, Outcome } from '../../../contract/model.ts'
import type { Config } from '../../../topology/document.ts'
import { GroupReaderEndpoint } from './group-reader-endpoint.ts'
import { ReaderEndpoint } from './reader-endpoint.ts'

/** A line that reads a stream: by XREAD or XREADGROUP, as its command says. Another command is another program on a connection of its own. */
export class StreamEndpoint implements Endpoint {
  readonly channel: ChannelContext
  readonly canSend = false
  readonly canReceive = true
  readonly #context: EndpointContext
  #program: ReaderEndpoint | GroupReaderEndpoint

  constructor(context: EndpointContext) {
    this.#context = context
    this.channel = context.channel
    this.#program = this.#make()
  }

  isOpen(): boolean {
    return this.#program.isOpen()
  }
  start(): void {
    this.#program.start()
  }
  wake(signal: number): void {
    this.#program.wake(signal)
  }
  crash(): void {
    this.#program.crash()
  }
  send(): 'refused' {
    return 'refused'
  }
  settle(tag: number, outcome: Outcome): void {
    this.#program.settle(tag, outcome)
  }
  receive(channel: ChannelContext, op: number, message: Handle, a: number, b: number): void {
    this.#program.receive(channel, op, message, a, b)
  }

  reconfigured(before: Config): void {
    if (before['command'] === this.channel.config()['command']) return this.#program.reconfigured(before)
    const old = this.#program
    const wasOpen = old.isOpen()
    old.crash()
    this.channel.hangUp(this.#context.end)
    if (wasOpen) this.#context.client.closed(old)
    this.#program = this.#make()
    if (this.#context.node.isUp()) this.#program.start()
  }

  #make(): ReaderEndpoint | GroupReaderEndpoint {
    return this.channel.config()['command'] === 'XREAD' ? new ReaderEndpoint(this.#context) : new GroupReaderEndpoint(this.#context)
  }
}
